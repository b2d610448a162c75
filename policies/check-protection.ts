import type { Policy, Resource } from "./policy";

/** What it takes away when it is destroyed. */
const STATEFUL: Readonly<Record<string, string>> = {
  google_compute_address: "the address that DNS records and bridges know",
  google_compute_disk: "the data on it",
  google_dns_managed_zone: "its name servers, which the domain's registrar knows",
  google_secret_manager_secret: "every version of the secret",
  google_storage_bucket: "everything in it",
};

export const checkProtection: Policy = {
  id: "protection",
  rule: "Nothing that holds state goes unless the data says so.",
  reason: "A slip would destroy addresses, disks, secrets, zones or a server with its calls.",
  fix: "Set prevent_destroy or deletion_protection, and lift it by allowDestroys in the data.",
  check: ({ resources, allowDestroys }) => {
    if (allowDestroys) return [];
    return resources.flatMap((on) => {
      const loss = STATEFUL[on.type];
      if (loss !== undefined && !preventsDestroy(on) && !goesWithItsPool(on)) {
        return [
          {
            on,
            message:
              `lifecycle.prevent_destroy is not set; a slip would destroy ${loss}; ` +
              "set it, and leave lifting it to allowDestroys in the data",
          },
        ];
      }
      if (on.type === "google_compute_instance" && on.attributes["deletion_protection"] !== true) {
        return [
          {
            on,
            message:
              "deletion_protection is not set; a slip would end every call of the customer; " +
              "set it, and leave lifting it to allowDestroys in the data",
          },
        ];
      }
      return [];
    });
  },
};

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
  (attributes["lifecycle"] as { prevent_destroy?: unknown } | undefined)?.prevent_destroy === true;
