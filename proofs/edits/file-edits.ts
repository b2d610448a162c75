import { CUSTOMER_SECRETS } from "../../model/names";
import type { Edit } from "./edit";
import { ABC, ACME, all, append, BURST, move, NEW_POOL, replace, STATIC } from "./edit-files";
import {
  BURST_STACK,
  customerStack,
  newTemplate,
  NO_KEEPER_IN_ACCOUNT,
  ofPools,
  PUSHED_TO_STATIC,
  storage,
} from "./planned-objects";

const NEW_CUSTOMER = `# yaml-language-server: $schema=../../../schemas/customer.schema.json
server:
  cloud: gcp
  zone: europe-west4-b
bridgeOnServer: true
`;

/** Files that come and go. */
export const FILE_EDITS: readonly Edit[] = [
  {
    name: "a new customer",
    callers: "new calls only",
    edit: (files) => files.set("acme/customers/def.yaml", NEW_CUSTOMER),
    plans: {
      "customer-def": [
        "+ google_compute_address.address",
        "+ google_compute_disk.data",
        "+ google_compute_disk_resource_policy_attachment.data-snapshots-on-disk",
        "+ google_compute_firewall.media-on-server",
        "+ google_compute_firewall.web",
        "+ google_compute_instance.server",
        "+ google_compute_resource_policy.data-snapshots",
        "+ google_dns_record_set.address-record",
        "+ google_monitoring_alert_policy.grafana-unreachable",
        "+ google_monitoring_alert_policy.host-down",
        "+ google_monitoring_alert_policy.unreachable",
        "+ google_monitoring_notification_channel.operators-mail",
        "+ google_monitoring_uptime_check_config.grafana-uptime",
        "+ google_monitoring_uptime_check_config.uptime",
        "+ google_project_iam_member.log-writer",
        "+ google_project_iam_member.metric-writer",
        ...storage("+", "", CUSTOMER_SECRETS),
        "+ google_service_account.identity",
        '+ google_service_account_iam_member.operators["group:ops@acme.example"]',
      ],
    },
  },
  {
    name: "a new pool",
    callers: "new calls only",
    note:
      "deploy the customer's stack first: the server gets accounts that the pool writes measurements with, and no call " +
      "notices. Jicofo knows every region already",
    edit: (files) => files.set("acme/pools/de-static.yaml", NEW_POOL),
    plans: {
      "bridges-acme-de-static": [
        "+ google_compute_firewall.brewery-abc",
        "+ google_dns_record_set.bridge-1-record",
        "+ linode_firewall.firewall",
        "+ linode_instance.bridge-1",
        "+ linode_placement_group.bridges-1",
        "+ linode_rdns.bridge-1-name",
        '+ terraform_data.drain["bridge-1"]',
        "+ terraform_data.generation-1",
        "+ terraform_data.push-1",
      ],
      "customer-abc": [
        "~ google_compute_instance.server",
        ...storage("+", "telemetry-", ofPools("de-static")),
      ],
    },
  },
  {
    name: "a pool's file is renamed",
    edit: move(BURST, "acme/pools/eu-peak.yaml"),
    refusedBy: "synth",
    says: /bridges-acme-eu-burst.*under retired: in accounts\/acme\/account\.yaml/,
  },
  {
    name: "a pool's file is renamed, and the old stack named under `retired:`",
    callers: "interrupts calls",
    note: "deploy the customer's stack, then the new pool, and let calls move to it: the calls on the old one end with it",
    edit: all(move(BURST, "acme/pools/eu-peak.yaml"), append(ACME, "retired: [bridges-acme-eu-burst]")),
    plans: {
      "bridges-acme-eu-burst": BURST_STACK.map((address) => `- ${address}`),
      "bridges-acme-eu-peak": BURST_STACK.map((address) => `+ ${address}`),
      "customer-abc": [
        "~ google_compute_instance.server",
        ...[
          ...storage("-", "telemetry-", ofPools("eu-burst")),
          ...storage("+", "telemetry-", ofPools("eu-peak")),
        ].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)),
        '- google_storage_bucket_iam_member.keeper-store["acme-eu-burst"]',
        '+ google_storage_bucket_iam_member.keeper-store["acme-eu-peak"]',
      ],
    },
  },
  {
    name: "a pool's file is removed, and its stack named under `retired:`",
    callers: "interrupts calls",
    note: "all bridges of the pool go: drain each of them first ([fewer bridges](operations.md#fewer-bridges))",
    edit: all((files) => void files.delete(BURST), append(ACME, "retired: [bridges-acme-eu-burst]")),
    plans: {
      "account-acme": NO_KEEPER_IN_ACCOUNT,
      "bridges-acme-eu-burst": BURST_STACK.map((address) => `- ${address}`),
      "customer-abc": [
        "~ google_compute_instance.server",
        "- google_project_iam_member.keeper",
        ...storage("-", "telemetry-", ofPools("eu-burst")),
        "- google_storage_bucket_iam_member.keeper-program-reader",
        '- google_storage_bucket_iam_member.keeper-store["acme-eu-burst"]',
      ],
    },
  },
  {
    name: "a pool's file is removed",
    edit: (files) => void files.delete(STATIC),
    refusedBy: "synth",
    says: /bridges-acme-nl-static.*under retired: in accounts\/acme\/account\.yaml/,
  },
  {
    name: "a customer's file is renamed",
    edit: all(
      move(ABC, "acme/customers/abd.yaml"),
      replace(BURST, "serves: [abc]", "serves: [abd]"),
      replace(STATIC, "serves: [abc]", "serves: [abd]"),
    ),
    refusedBy: "synth",
    says: /customer-abc.*under retired: in accounts\/acme\/account\.yaml/,
  },
  {
    name: "a customer's file is renamed, and the old stack named under `retired:`, after `allowDestroys` was deployed",
    callers: "destroys data",
    note: "another customer to every cloud: address, disk, certificate, passwords and measurements begin anew; its host name can follow when the old record is gone",
    first: append(ABC, "allowDestroys: true"),
    edit: all(
      move(ABC, "acme/customers/abd.yaml"),
      replace(BURST, "serves: [abc]", "serves: [abd]"),
      replace(STATIC, "serves: [abc]", "serves: [abd]"),
      append(ACME, "retired: [customer-abc]"),
    ),
    plans: {
      "bridges-acme-eu-burst": [
        "- google_compute_firewall.brewery-abc",
        "+ google_compute_firewall.brewery-abd",
        "~ google_compute_firewall.control",
        ...newTemplate("name", "metadata"),
        ...["even-password", "even-telemetry", "password", "telemetry"].flatMap((what) => [
          `- google_secret_manager_secret_iam_member.${what}-abc`,
          `+ google_secret_manager_secret_iam_member.${what}-abd`,
        ]),
      ],
      "bridges-acme-nl-static": [
        "- google_compute_firewall.brewery-abc",
        "+ google_compute_firewall.brewery-abd",
        ...PUSHED_TO_STATIC,
      ],
      "customer-abc": customerStack("-"),
      "customer-abd": customerStack("+"),
    },
  },
  {
    name: "a customer is removed and named under `retired:` while it is protected",
    edit: all(
      (files) => [ABC, BURST, STATIC].forEach((path) => files.delete(path)),
      append(ACME, "retired: [customer-abc, bridges-acme-eu-burst, bridges-acme-nl-static]"),
    ),
    refusedBy: "synth",
    says: /customer-abc: it is retired, but still protects/,
  },
];
