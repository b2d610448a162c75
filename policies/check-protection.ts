import { blocksOf } from "./blocks";
import { objectsOf } from "./plain-json";
import type { Finding, FinishedStack, Policy, Resource } from "./policy";

/** What it takes away when it is destroyed. */
const STATEFUL: Readonly<Record<string, string>> = {
  google_compute_address: "the address that DNS records and bridges know",
  google_compute_disk: "the data on it",
  google_compute_global_address: "the address that DNS records know",
  google_compute_region_disk: "the data on it",
  google_dns_managed_zone: "its name servers, which the domain's registrar knows",
  google_kms_crypto_key: "whatever it has encrypted",
  google_secret_manager_regional_secret: "every version of the secret",
  google_secret_manager_secret: "every version of the secret",
  google_storage_bucket: "everything in it",
  linode_domain: "every record of it",
  linode_networking_ip: "the address that DNS records and servers know",
  linode_object_storage_bucket: "everything in it",
  linode_volume: "the data on it",
};

const SERVER = /^google_compute_instance(?:_from_template|_from_machine_image)?$/;

export const checkProtection: Policy = {
  id: "protection",
  rule: "Nothing that holds state goes unless the data says so.",
  reason: "A slip would destroy addresses, disks, secrets, zones or a server with its calls.",
  fix: "Set prevent_destroy or deletion_protection, and lift it by allowDestroys in the data.",
  check: (stack) => [
    ...(stack.allowDestroys ? [] : [...stack.resources.flatMap(checkLoss), ...checkRemoved(stack)]),
    ...stack.resources.flatMap(checkService),
  ],
};

const LIFT = "set it, and leave lifting it to allowDestroys in the data";

function checkLoss(on: Resource): Finding[] {
  const loss = STATEFUL[on.type];
  if (loss !== undefined && !preventsDestroy(on) && !goesWithItsPool(on)) {
    return [{ on, message: `lifecycle.prevent_destroy is not set; a slip would destroy ${loss}; ${LIFT}` }];
  }
  if (SERVER.test(on.type) && on.attributes["deletion_protection"] !== true) {
    return [
      { on, message: `deletion_protection is not set; a slip would end every call of the customer; ${LIFT}` },
    ];
  }
  return [];
}

/** Terraform destroys what a removed block names, whatever its lifecycle said, unless it is told to forget it. */
const checkRemoved = ({ terraform }: FinishedStack): Finding[] =>
  objectsOf(terraform["removed"])
    .filter((removed) => !blocksOf(removed, "lifecycle").some(({ destroy }) => destroy === false))
    .map(({ from }) => ({
      message:
        `a removed block destroys ${String(from)}; a slip would destroy what is protected; ` +
        "set lifecycle.destroy to false, or allowDestroys in the data",
    }));

/** Other stacks and people use the interface, too: no data lets it go. */
const checkService = (on: Resource): Finding[] =>
  on.type === "google_project_service" && on.attributes["disable_on_destroy"] !== false
    ? [
        {
          on,
          message:
            "disable_on_destroy is not false; a destroy would switch the interface off for the whole project; set it to false",
        },
      ]
    : [];

/** Passwords of pools, which the next deploy draws anew; the name of no other secret has an underscore. */
const goesWithItsPool = ({ type, attributes }: Resource): boolean => {
  const names = Object.values((attributes["for_each"] ?? {}) as object);
  return (
    type === "google_secret_manager_secret" &&
    names.length > 0 &&
    names.every((name) => /^[a-z0-9-]+-telemetry_/.test(String(name)))
  );
};

const preventsDestroy = ({ attributes }: Resource): boolean =>
  blocksOf(attributes, "lifecycle").some(({ prevent_destroy: prevents }) => prevents === true);
