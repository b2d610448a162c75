import { CUSTOMER_SECRETS } from "../model/names";
import { drawnBy } from "../model/turns";
import type { Notice } from "../review/notice";
/**
 * What edits of the example accounts do, as Terraform must plan them. `edits.test.ts` runs each through the real
 * Terraform against the offline providers; `docs/what-an-edit-does.md` is written from this table.
 *
 * `+` create, `~` change in place, `-` destroy, `-/+` replace, `+/-` replace after the new one is there; `(…)` names the argument that asks for a replacement.
 */

/** The files under `accounts/`: path -> text. */
export type AccountFiles = Map<string, string>;

interface EditBase {
  /** What an operator would call it. */
  readonly name: string;
  /** What callers or operators should know about it. */
  readonly note?: string;
  readonly edit: (files: AccountFiles) => void;
  /** What was edited and deployed before. @default nothing */
  readonly first?: (files: AccountFiles) => void;
  /**
   * A change of this project's own code, as an edit of what it synthesizes: path below the output -> its new text.
   * @default none
   */
  readonly code?: Readonly<Record<string, (text: string) => string>>;
}

/** The plan of every stack whose files change; a stack that is not named must not change. */
export interface PlannedEdit extends EditBase {
  /** What `fleet review` must say that callers notice. */
  readonly callers: Notice;
  readonly plans: Readonly<Record<string, readonly string[]>>;
  /** Why the clouds refuse the first apply; without it, the apply succeeds and a second plan is empty. */
  readonly refusedByCloud?: RegExp;
  /** What is left to do after a refused apply. */
  readonly left?: readonly string[];
}

/** An edit that synthesis refuses: nothing is written, so nothing can be reviewed. */
export interface UnwrittenEdit extends EditBase {
  readonly refusedBy: "synth";
  readonly says: RegExp;
}

/** An edit that Terraform's plan refuses. */
export interface UnplannedEdit extends EditBase {
  readonly refusedBy: "plan";
  readonly says: RegExp;
  /** What callers would notice if it did not. */
  readonly callers: Notice;
}

export type Edit = PlannedEdit | UnwrittenEdit | UnplannedEdit;

const ABC = "acme/customers/abc.yaml";
const ACME = "acme/account.yaml";
const BURST = "acme/pools/eu-burst.yaml";
const STATIC = "acme/pools/nl-static.yaml";

/** Files of the server of customer abc, in the output. */
const SERVER = "stacks/customer-abc/files/server/etc/fleet";

/** Its Terraform. */
const CONFIGURATION = "stacks/customer-abc/cdk.tf.json";

/** Replaces the one place where `from` stands; an edit that finds nothing is a mistake in this table. */
function replace(path: string, from: string, to: string): (files: AccountFiles) => void {
  return (files) => {
    const text = files.get(path) ?? "";
    if (text.split(from).length !== 2)
      throw new Error(`${path}: ${JSON.stringify(from)} must stand there once`);
    files.set(path, text.replace(from, to));
  };
}

const append = (path: string, lines: string): ((files: AccountFiles) => void) => {
  return (files) => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} does not exist`);
    files.set(path, `${text}${lines}\n`);
  };
};

const all =
  (...edits: readonly ((files: AccountFiles) => void)[]) =>
  (files: AccountFiles) =>
    edits.forEach((edit) => edit(files));

const move = (from: string, to: string) => (files: AccountFiles) => {
  files.set(to, files.get(from)!);
  files.delete(from);
};

const ANOTHER_REGION = replace(
  ACME,
  "europe-west4: 10.20.0.0/20",
  "europe-west4: 10.20.0.0/20\n      us-east1: 10.20.16.0/20",
);

const NEW_CUSTOMER = `# yaml-language-server: $schema=../../../schemas/customer.schema.json
server:
  cloud: gcp
  zone: europe-west4-b
bridgeOnServer: true
`;

const NEW_POOL = `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: linode
region: de-fra-2
serves: [abc]
size: 1
`;

const each = (numbers: readonly number[], line: (number: number) => string): string[] => numbers.map(line);

/** Instances of a resource that a stack has for each secret, in Terraform's order. */
const ofSecrets = (change: string, address: string, secrets: readonly string[], why = ""): string[] =>
  secrets.map((secret) => `${change} google_${address}["${secret}"]${why}`);

/** The passwords that pools write measurements with, at customer abc. */
const ofPools = (...pools: readonly string[]): string[] =>
  pools.flatMap((pool) => [`telemetry_acme_${pool}`, `telemetry_acme_${pool}_even`]);

/** All that is kept for passwords, of the customer (`""`) or of pools (`telemetry-`). */
const storage = (change: string, prefix: "" | "telemetry-", secrets: readonly string[]): string[] => [
  ...ofSecrets(change, `secret_manager_secret.${prefix}secrets`, secrets),
  ...ofSecrets(change, `secret_manager_secret_iam_member.${prefix}secret-readers`, secrets),
  ...ofSecrets(change, `secret_manager_secret_version.${prefix}secret-versions`, secrets),
];

/** What carries the labels of a customer; all of it is changed in place. */
const LABELLED_IN_CUSTOMER = [
  "~ google_compute_address.address",
  "~ google_compute_disk.data",
  "~ google_compute_instance.server",
  "~ google_compute_resource_policy.data-snapshots",
  "~ google_monitoring_alert_policy.grafana-unreachable",
  "~ google_monitoring_alert_policy.host-down",
  "~ google_monitoring_alert_policy.unreachable",
  "~ google_monitoring_notification_channel.operators-mail",
  "~ google_monitoring_uptime_check_config.grafana-uptime",
  "~ google_monitoring_uptime_check_config.uptime",
  ...ofSecrets("~", "secret_manager_secret.secrets", CUSTOMER_SECRETS),
  ...ofSecrets("~", "secret_manager_secret.telemetry-secrets", ofPools("eu-burst", "nl-static")),
];

const LABELLED_IN_STATIC = [
  "~ linode_firewall.firewall",
  ...each([1, 2, 3], (number) => `~ linode_instance.bridge-${number}`),
];

const newTemplate = (...arguments_: readonly string[]): string[] => [
  "~ google_compute_region_instance_group_manager.group",
  `+/- google_compute_region_instance_template.template (${arguments_.join(", ")})`,
];

const NEW_LABELS_OF_BURST = [
  ...newTemplate("disk.0.labels", "effective_labels", "name"),
  "~ google_monitoring_alert_policy.group-at-maximum",
  "~ google_monitoring_alert_policy.no-google-bridge",
  "~ google_monitoring_notification_channel.operators-mail",
];

/** The files of the server that its Grafana shows and watches pools with; nothing else starts anew. */
const SHOWN_BY_GRAFANA = ["~ google_compute_instance.server"];

/** The file of the server that its keeper reads; nothing else starts anew. */
const KNOWN_TO_KEEPER = ["~ google_compute_instance.server"];

/** What the account has for keepers, when the last one ends. */
const NO_KEEPER_IN_ACCOUNT = [
  "- google_project_iam_custom_role.keeper-role",
  "~ google_storage_bucket.artifacts",
  '- google_storage_bucket_iam_member.keeper-operators["group:ops@acme.example"]',
  "- google_storage_bucket_object.keeper-program",
];

/** Everything in the stack of pool eu-burst. */
const BURST_STACK = [
  "google_compute_firewall.brewery-abc",
  "google_compute_firewall.control",
  "google_compute_firewall.health-probes",
  "google_compute_firewall.media",
  "google_compute_health_check.health",
  "google_compute_region_autoscaler.autoscaler",
  "google_compute_region_instance_group_manager.group",
  "google_compute_region_instance_template.template",
  "google_monitoring_alert_policy.group-at-maximum",
  "google_monitoring_alert_policy.no-google-bridge",
  "google_monitoring_notification_channel.operators-mail",
  "google_project_iam_member.log-writer",
  "google_project_iam_member.metric-writer",
  "google_secret_manager_secret_iam_member.even-password-abc",
  "google_secret_manager_secret_iam_member.even-telemetry-abc",
  "google_secret_manager_secret_iam_member.password-abc",
  "google_secret_manager_secret_iam_member.telemetry-abc",
  "google_service_account.identity",
  'google_service_account_iam_member.operators["group:ops@acme.example"]',
];

/** What the files of every bridge of pool nl-static, or a secret, go to the machines with. */
const PUSHED_TO_STATIC = each([1, 2, 3], (number) => `-/+ terraform_data.push-${number} (triggers_replace)`);

export const EDITS: readonly Edit[] = [
  // Nothing, or nothing that Terraform could notice.
  { name: "nothing", callers: "none", edit: () => undefined, plans: {} },
  {
    name: "a setting moves from a pool to the account's `defaults:`",
    callers: "none",
    edit: all(
      replace(BURST, "machineType: n2-standard-4\n", ""),
      append(ACME, "defaults: { gcpPools: { machineType: n2-standard-4 } }"),
    ),
    plans: {},
  },

  // A fixed pool on Linode.
  {
    name: "Linode pool: `size` 3 to 4",
    callers: "new calls only",
    edit: replace(STATIC, "size: 3", "size: 4"),
    plans: {
      "bridges-acme-nl-static": [
        "~ google_compute_firewall.brewery-abc",
        "+ google_dns_record_set.bridge-4-record",
        "+ linode_instance.bridge-4",
        "+ linode_rdns.bridge-4-name",
        '+ terraform_data.drain["bridge-4"]',
        "+ terraform_data.generation-4",
        "+ terraform_data.push-4",
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Linode pool: `size` 3 to 6",
    callers: "new calls only",
    note: "a placement group takes five machines, so a second one begins",
    edit: replace(STATIC, "size: 3", "size: 6"),
    plans: {
      "bridges-acme-nl-static": [
        "~ google_compute_firewall.brewery-abc",
        ...each([4, 5, 6], (number) => `+ google_dns_record_set.bridge-${number}-record`),
        ...each([4, 5, 6], (number) => `+ linode_instance.bridge-${number}`),
        "+ linode_placement_group.bridges-2",
        ...each([4, 5, 6], (number) => `+ linode_rdns.bridge-${number}-name`),
        ...each([4, 5, 6], (number) => `+ terraform_data.drain["bridge-${number}"]`),
        ...each([4, 5, 6], (number) => `+ terraform_data.generation-${number}`),
        ...each([4, 5, 6], (number) => `+ terraform_data.push-${number}`),
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Linode pool: `size` 3 to 2",
    callers: "drains bridges",
    note: "the highest-numbered bridge is drained before its machine goes; whoever is left on it at the deadline is moved",
    edit: replace(STATIC, "size: 3", "size: 2"),
    plans: {
      "bridges-acme-nl-static": [
        "~ google_compute_firewall.brewery-abc",
        "- google_dns_record_set.bridge-3-record",
        "- linode_instance.bridge-3",
        "- linode_rdns.bridge-3-name",
        '- terraform_data.drain["bridge-3"]',
        "- terraform_data.generation-3",
        "- terraform_data.push-3",
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Linode pool: `draining` 0 to 1",
    callers: "drains bridges",
    note: "the highest-numbered bridge takes no new calls; those on it go on",
    edit: append(STATIC, "draining: 1"),
    plans: {
      "bridges-acme-nl-static": ["-/+ terraform_data.push-3 (triggers_replace)"],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Linode pool: `size` 3 to 2, after `draining: 1` was deployed",
    callers: "new calls only",
    note: "the bridge has taken no new calls since then; whoever is still on it at the deadline is moved",
    first: append(STATIC, "draining: 1"),
    edit: replace(STATIC, "size: 3", "size: 2"),
    plans: {
      "bridges-acme-nl-static": [
        "~ google_compute_firewall.brewery-abc",
        "- google_dns_record_set.bridge-3-record",
        "- linode_instance.bridge-3",
        "- linode_rdns.bridge-3-name",
        '- terraform_data.drain["bridge-3"]',
        "- terraform_data.generation-3",
        "- terraform_data.push-3",
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Linode pool: `drainDeadlineMinutes`",
    callers: "none",
    note: "no machine is touched",
    edit: append(STATIC, "drainDeadlineMinutes: 30"),
    plans: {
      "bridges-acme-nl-static": each([1, 2, 3], (number) => `~ terraform_data.drain["bridge-${number}"]`),
    },
  },
  {
    name: "Linode pool: `type`",
    edit: replace(STATIC, "g6-dedicated-4", "g6-dedicated-8"),
    refusedBy: "synth",
    says: /bridges-acme-nl-static: .*asks for another type, and Terraform would stop bridge-1, bridge-2, bridge-3 at once/,
  },
  {
    name: "Linode pool: a new `generation` of one bridge",
    callers: "drains bridges",
    note: "it is drained, rebuilt with a new address, and gets calls when it is healthy; whoever is left on it at the deadline is moved",
    edit: append(STATIC, "bridges: { bridge-1: { generation: 2 } }"),
    plans: {
      "bridges-acme-nl-static": [
        "~ google_compute_firewall.brewery-abc",
        "~ google_dns_record_set.bridge-1-record",
        "-/+ linode_instance.bridge-1",
        "-/+ linode_rdns.bridge-1-name (address)",
        '-/+ terraform_data.drain["bridge-1"] (triggers_replace)',
        "-/+ terraform_data.generation-1 (triggers_replace)",
        "-/+ terraform_data.push-1 (triggers_replace)",
      ],
    },
  },
  {
    name: "Linode pool: new generations of two bridges at once",
    edit: append(STATIC, "bridges: { bridge-1: { generation: 2 }, bridge-3: { generation: 2 } }"),
    refusedBy: "synth",
    says: /bridges-acme-nl-static: .*asks for new generations of bridge-1, bridge-3/,
  },
  {
    name: "Linode pool: `region`",
    edit: replace(STATIC, "nl-ams", "de-fra-2"),
    refusedBy: "synth",
    says: /bridges-acme-nl-static: its machines are in nl-ams, and .* now says de-fra-2/,
  },
  {
    name: "Linode pool: `placement` to none",
    edit: append(STATIC, "placement: none"),
    refusedBy: "synth",
    says: /bridges-acme-nl-static: its machines are in placement groups, which Linode does not delete/,
  },
  {
    name: "Linode pool: `nextImage`",
    callers: "drains bridges",
    note: "drained and restarted one after the other ([how to upgrade](operations.md#upgrade-jitsi))",
    edit: append(STATIC, "nextImage: { tag: stable-12000 }"),
    plans: { "bridges-acme-nl-static": PUSHED_TO_STATIC },
  },
  {
    name: "Linode pool: `nextImage` and a label",
    callers: "drains bridges",
    edit: append(STATIC, "nextImage: { tag: stable-12000 }\nlabels: { tier: base }"),
    plans: { "bridges-acme-nl-static": [...LABELLED_IN_STATIC, ...PUSHED_TO_STATIC] },
  },
  {
    name: "Linode pool: a label",
    callers: "none",
    edit: append(STATIC, "labels: { tier: base }"),
    plans: { "bridges-acme-nl-static": LABELLED_IN_STATIC },
  },
  {
    name: "account: `operators.sshFrom`",
    callers: "none",
    edit: replace(ACME, "203.0.113.0/24", "203.0.113.0/24, 198.51.100.7/32"),
    plans: { "bridges-acme-nl-static": ["~ linode_firewall.firewall"] },
  },

  {
    name: "account: `operators.sshKeys`",
    callers: "none",
    note: "reaches new machines only, or one by one with `generation`; until then the old keys log in to the old machines",
    edit: replace(
      ACME,
      "  sshKeys:\n",
      `  sshKeys:\n    second: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${"B".repeat(44)}\n`,
    ),
    plans: { "bridges-acme-nl-static": [] },
  },

  // A pool that grows, on Google Cloud.
  {
    name: "Google pool: `machineType`",
    callers: "drains bridges",
    note: "a new template, which the keeper [brings to the bridges](operations.md#renewals), each drained first",
    edit: replace(BURST, "n2-standard-4", "n2-standard-8"),
    plans: {
      "bridges-acme-eu-burst": newTemplate("machine_type", "name", "metadata"),
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Google pool: `nextImage`",
    callers: "drains bridges",
    note: "a new template, which the keeper brings to the bridges, each drained first ([how to upgrade](operations.md#upgrade-jitsi))",
    edit: append(BURST, "nextImage: { tag: stable-12000 }"),
    plans: { "bridges-acme-eu-burst": newTemplate("effective_labels", "name", "metadata") },
  },
  {
    name: "Google pool: `bridge.lastN`",
    callers: "drains bridges",
    note: "a new template, which the keeper [brings to the bridges](operations.md#renewals), each drained first",
    edit: append(BURST, "bridge: { lastN: 16 }"),
    plans: { "bridges-acme-eu-burst": newTemplate("name", "metadata") },
  },
  {
    name: "Google pool: `bridge.load.measurement`, but not that of the customer's other pool",
    edit: append(BURST, "bridge: { load: { measurement: packet-rate } }"),
    refusedBy: "synth",
    says: /bridge\.load\.measurement: "cpu" is not how pool acme\/eu-burst measures/,
  },
  {
    name: "Google pool: `bootDiskGb`",
    callers: "drains bridges",
    note: "a new template, which the keeper [brings to the bridges](operations.md#renewals), each drained first",
    edit: append(BURST, "bootDiskGb: 30"),
    plans: { "bridges-acme-eu-burst": newTemplate("disk.0.disk_size_gb", "name") },
  },
  {
    name: "Google pool: a label",
    callers: "drains bridges",
    note: "a new template, which the keeper [brings to the bridges](operations.md#renewals), each drained first",
    edit: append(BURST, "labels: { tier: burst }"),
    plans: { "bridges-acme-eu-burst": NEW_LABELS_OF_BURST },
  },
  {
    name: "Google pool: `size.max`",
    callers: "new calls only",
    edit: replace(BURST, "max: 8", "max: 12"),
    plans: {
      "bridges-acme-eu-burst": [
        "~ google_compute_region_autoscaler.autoscaler",
        "~ google_monitoring_alert_policy.group-at-maximum",
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Google pool: `size.min` down",
    callers: "drains bridges",
    note: "no call ends: the keeper drains what is too many from then on, if there is something",
    edit: replace(BURST, "min: 2", "min: 1"),
    plans: {
      "bridges-acme-eu-burst": ["~ google_compute_region_autoscaler.autoscaler"],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Google pool: `scaling.targetStress`",
    callers: "new calls only",
    edit: replace(BURST, "scaling:\n", "scaling:\n  targetStress: 0.4\n"),
    plans: {
      "bridges-acme-eu-burst": ["~ google_compute_region_autoscaler.autoscaler"],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Google pool: a schedule",
    callers: "new calls only",
    edit: replace(BURST, "minBridges: 3", "minBridges: 4"),
    plans: {
      "bridges-acme-eu-burst": ["~ google_compute_region_autoscaler.autoscaler"],
      "customer-abc": KNOWN_TO_KEEPER,
    },
  },
  {
    name: "Google pool: `drainDeadlineMinutes`",
    callers: "drains bridges",
    note: "the keeper starts anew and waits as long from then on; and a new template, because bridges know it too",
    edit: append(BURST, "drainDeadlineMinutes: 45"),
    plans: {
      "bridges-acme-eu-burst": newTemplate("name", "metadata"),
      "customer-abc": KNOWN_TO_KEEPER,
    },
  },
  {
    name: "Google pool: `keeper.fullStress`",
    callers: "none",
    note: "the keeper starts anew; no call notices",
    edit: append(BURST, "keeper: { fullStress: 0.4 }"),
    plans: { "customer-abc": KNOWN_TO_KEEPER },
  },
  {
    name: "Google pool: `keeper.mode` to off, the last one of the account",
    callers: "none",
    note:
      "the keeper ends, and drained bridges stay drained until somebody [takes it back](operations.md#without-a-keeper); " +
      "no call notices. Deploy the customer first: a keeper without its role would complain",
    edit: append(BURST, "keeper: { mode: off }"),
    plans: {
      "account-acme": NO_KEEPER_IN_ACCOUNT,
      "customer-abc": [
        "~ google_compute_instance.server",
        "- google_project_iam_member.keeper",
        "- google_storage_bucket_iam_member.keeper-program-reader",
        '- google_storage_bucket_iam_member.keeper-store["acme-eu-burst"]',
      ],
    },
  },
  {
    name: "Google pool: `size.max` down",
    callers: "drains bridges",
    note: "no call ends: the keeper drains what is above the new maximum, if there is something",
    edit: replace(BURST, "max: 8", "max: 6"),
    plans: {
      "bridges-acme-eu-burst": [
        "~ google_compute_region_autoscaler.autoscaler",
        "~ google_monitoring_alert_policy.group-at-maximum",
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "Google pool: `zones`",
    callers: "interrupts calls",
    note: "the group is replaced: every call on the pool ends; better a second pool",
    edit: append(BURST, "zones: [europe-west4-a, europe-west4-b]"),
    plans: {
      "bridges-acme-eu-burst": [
        "-/+ google_compute_region_autoscaler.autoscaler",
        "-/+ google_compute_region_instance_group_manager.group (distribution_policy_zones)",
      ],
    },
  },

  {
    name: "Google pool: `region`",
    callers: "interrupts calls",
    note: "everything of the pool is replaced: every call on it ends; better a second pool",
    first: ANOTHER_REGION,
    edit: all(ANOTHER_REGION, replace(BURST, "europe-west4", "us-east1")),
    plans: {
      "bridges-acme-eu-burst": [
        "-/+ google_compute_region_autoscaler.autoscaler (region)",
        "-/+ google_compute_region_instance_group_manager.group (region)",
        "+/- google_compute_region_instance_template.template (name, region, network_interface.0.subnetwork, metadata)",
      ],
      "customer-abc": SHOWN_BY_GRAFANA,
    },
  },
  {
    name: "the catalogue learns another zone of a pool's region",
    callers: "none",
    note: "the pool stays where it is",
    edit: append(
      "defaults.yaml",
      "catalog:\n  extra:\n    gcpRegions:\n      europe-west4:\n        continent: europe\n" +
        "        zones: [europe-west4-a, europe-west4-b, europe-west4-c, europe-west4-d]",
    ),
    plans: { "bridges-acme-eu-burst": ["~ google_compute_region_instance_group_manager.group"] },
  },
  {
    name: "Google pool: `cloud` to linode, under the same name",
    edit: (files) => files.set(BURST, NEW_POOL),
    refusedBy: "synth",
    says: /bridges-acme-eu-burst: it runs google_compute_region_instance_group_manager, and .* now asks for another cloud/,
  },

  // The server.
  {
    name: "server: `machineType`",
    callers: "interrupts calls",
    note: "in place, but the machine stops and starts: signalling is away for some minutes",
    edit: replace(ABC, "n2-standard-4", "n2-standard-8"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "server: `dataDiskGb` up",
    callers: "none",
    edit: append(ABC, "  dataDiskGb: 80"),
    plans: { "customer-abc": ["~ google_compute_disk.data"] },
  },
  {
    name: "server: `dataDiskGb` down",
    callers: "destroys data",
    edit: append(ABC, "  dataDiskGb: 20"),
    refusedBy: "plan",
    says: /google_compute_disk\.data has lifecycle\.prevent_destroy set/,
  },
  {
    name: "server: `zone`",
    callers: "destroys data",
    edit: replace(ABC, "europe-west4-a", "europe-west4-b"),
    refusedBy: "plan",
    says: /google_compute_disk\.data has lifecycle\.prevent_destroy set/,
  },
  {
    name: "server: `zone` in another region, after `allowDestroys` was deployed",
    callers: "destroys data",
    note: "address, disk and server are replaced: bring the data along by a snapshot",
    first: all(ANOTHER_REGION, append(ABC, "allowDestroys: true")),
    edit: all(
      ANOTHER_REGION,
      append(ABC, "allowDestroys: true"),
      replace(ABC, "europe-west4-a", "us-east1-b"),
    ),
    plans: {
      "bridges-acme-eu-burst": newTemplate("name", "metadata"),
      "customer-abc": [
        "-/+ google_compute_address.address (region)",
        "-/+ google_compute_disk.data (zone)",
        "-/+ google_compute_disk_resource_policy_attachment.data-snapshots-on-disk (zone)",
        "-/+ google_compute_instance.server (zone)",
        "-/+ google_compute_resource_policy.data-snapshots (region)",
        "~ google_dns_record_set.address-record",
        "~ google_monitoring_alert_policy.host-down",
      ],
    },
  },
  {
    name: "server: `bootDiskGb`",
    callers: "interrupts calls",
    note: "the machine would be replaced; while the server is protected, the apply is refused before anything is lost",
    edit: append(ABC, "  bootDiskGb: 30"),
    refusedByCloud: /instance Deletion Protection is enabled/,
    left: [
      "customer-abc: -/+ google_compute_instance.server (boot_disk.0.initialize_params.0.size)",
      "customer-abc: ~ google_monitoring_alert_policy.host-down",
    ],
    plans: {
      "customer-abc": [
        "-/+ google_compute_instance.server (boot_disk.0.initialize_params.0.size)",
        "~ google_monitoring_alert_policy.host-down",
      ],
    },
  },
  {
    name: "customer: `hostname`",
    callers: "interrupts calls",
    note: "bridges on Google Cloud get a new template; those on Linode are drained and restarted one after the other",
    edit: append(ABC, "hostname: calls.meet.acme.example"),
    plans: {
      "bridges-acme-eu-burst": newTemplate("name", "metadata"),
      "bridges-acme-nl-static": PUSHED_TO_STATIC,
      "customer-abc": [
        "~ google_compute_instance.server",
        "-/+ google_dns_record_set.address-record (name)",
        "~ google_monitoring_alert_policy.grafana-unreachable",
        "~ google_monitoring_alert_policy.unreachable",
        "+/- google_monitoring_uptime_check_config.grafana-uptime (monitored_resource.0.labels)",
        "+/- google_monitoring_uptime_check_config.uptime (monitored_resource.0.labels)",
      ],
    },
  },
  {
    name: "customer: `certificate`",
    callers: "new calls only",
    note:
      "in place; web restarts, no call is cut; the server goes on with the certificate that it has until it has " +
      "[fetched the new one](operations.md#certificates). People make the secret: while there is none, the apply is " +
      "refused before the server is changed",
    edit: append(ABC, "certificate: { secret: abc-certificate }"),
    refusedByCloud: /'projects\/acme-meet-prod\/secrets\/abc-certificate' was not found/,
    left: [
      "customer-abc: ~ google_compute_instance.server",
      "customer-abc: + google_secret_manager_secret_iam_member.certificate-reader",
    ],
    plans: {
      "customer-abc": [
        "~ google_compute_instance.server",
        "+ google_secret_manager_secret_iam_member.certificate-reader",
      ],
    },
  },
  {
    name: "customer: `secretsVersion` 1 to 2",
    callers: "interrupts calls",
    note:
      "new passwords; the server starts its services anew at once, which ends every room for some seconds; bridges keep " +
      "their password until they are renewed: [what to do](operations.md#rotate-the-secrets-of-a-customer)",
    edit: append(ABC, "secretsVersion: 2"),
    plans: {
      "bridges-acme-eu-burst": newTemplate("name", "metadata"),
      "bridges-acme-nl-static": PUSHED_TO_STATIC,
      "customer-abc": [
        "~ google_compute_instance.server",
        ...ofSecrets(
          "+/-",
          "secret_manager_secret_version.secret-versions",
          CUSTOMER_SECRETS.filter((secret) => drawnBy({ secretsVersion: 2 }, secret) === 2),
          " (secret_data_wo_version)",
        ),
        ...ofSecrets(
          "+/-",
          "secret_manager_secret_version.telemetry-secret-versions",
          ofPools("eu-burst", "nl-static").filter((secret) => secret.endsWith("_even")),
          " (secret_data_wo_version)",
        ),
      ],
    },
  },
  {
    name: "customer: `bridgeOnServer`",
    callers: "none",
    note: "in place; the bridge starts, and nothing else",
    edit: append(ABC, "bridgeOnServer: true"),
    plans: {
      "customer-abc": ["+ google_compute_firewall.media-on-server", "~ google_compute_instance.server"],
    },
  },
  {
    name: "customer: `jicofo.maxParticipantsPerBridge`",
    callers: "moves calls",
    note: "in place; Jicofo restarts, and every call of the customer is invited anew",
    edit: append(ABC, "jicofo: { maxParticipantsPerBridge: 40 }"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: `regionGroups`",
    callers: "moves calls",
    note: "in place; Jicofo restarts, and every call of the customer is invited anew",
    edit: append(ABC, "regionGroups: [[gcp-europe-west4, linode-nl-ams]]"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: `allowedOrigins`",
    callers: "new calls only",
    note: "in place; web restarts: pages do not load for some seconds, calls go on and connect again",
    edit: append(ABC, "allowedOrigins: [https://app.example]"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: a file of its page, `abc/web/config.js`",
    callers: "new calls only",
    note: "in place; web restarts: pages do not load for some seconds, calls go on and connect again",
    edit: (files) => files.set("acme/customers/abc/web/config.js", "config.disableDeepLinking = true;\n"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: `meetings.lobby`",
    callers: "interrupts calls",
    note: "in place; Prosody restarts: every call of the customer ends",
    edit: append(ABC, "meetings: { lobby: false }"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: `images.jvb`",
    callers: "drains bridges",
    note:
      "bridges on Google Cloud get a new template, those on Linode are drained and restarted one after the other; two " +
      "images of different versions never share a call: roll it out like a release",
    edit: append(ABC, "images: { jvb: { repository: registry.acme.example/jvb } }"),
    plans: {
      "bridges-acme-eu-burst": newTemplate("name", "metadata"),
      "bridges-acme-nl-static": PUSHED_TO_STATIC,
    },
  },
  {
    name: "customer: `images.pullSecret`",
    callers: "new calls only",
    note: "people make the secret first: without it the apply is refused. The server fetches it before it uses an image from there",
    edit: append(
      ABC,
      "images: { web: { repository: registry.acme.example/web }, pullSecret: acme-registry }",
    ),
    plans: {
      "customer-abc": [
        "~ google_compute_instance.server",
        "+ google_secret_manager_secret_iam_member.pull-secret-reader",
      ],
    },
    refusedByCloud: /acme-registry' was not found/,
    left: [
      "customer-abc: ~ google_compute_instance.server",
      "customer-abc: + google_secret_manager_secret_iam_member.pull-secret-reader",
    ],
  },
  {
    name: "customer: the tag of web's image",
    callers: "new calls only",
    note: "in place; web restarts: pages do not load for some seconds, calls go on and connect again",
    edit: append(ABC, "images: { web: { tag: stable-12000 } }"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: the tag of Prosody's image",
    callers: "interrupts calls",
    note: "in place; both Prosodys restart: every room of the customer ends",
    edit: append(ABC, "images: { prosody: { tag: stable-12000 } }"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "customer: `snapshots.retentionDays`",
    callers: "none",
    edit: append(ABC, "snapshots: { retentionDays: 30 }"),
    plans: { "customer-abc": ["~ google_compute_resource_policy.data-snapshots"] },
  },
  {
    name: "customer: a label",
    callers: "none",
    edit: append(ABC, "labels: { tier: gold }"),
    plans: { "customer-abc": LABELLED_IN_CUSTOMER },
  },
  {
    name: "customer: `allowDestroys`",
    callers: "none",
    edit: append(ABC, "allowDestroys: true"),
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },

  // The account.
  {
    name: "account: a label",
    callers: "drains bridges",
    edit: replace(ACME, "labels: { owner: acme }", "labels: { owner: acme, env: prod }"),
    plans: {
      "account-acme": ["~ google_dns_managed_zone.zone", "~ google_storage_bucket.artifacts"],
      "bridges-acme-eu-burst": NEW_LABELS_OF_BURST,
      "bridges-acme-nl-static": LABELLED_IN_STATIC,
      "customer-abc": LABELLED_IN_CUSTOMER,
    },
  },
  {
    name: "account: `rehearsal`, among real customers",
    note: "in an account whose state bucket says that it is one, nobody verifies certificates",
    edit: append(ACME, "rehearsal: true"),
    refusedBy: "synth",
    says: /rehearsal: the state of acme is in "acme-meet-prod-terraform", as that of real customers is/,
  },
  {
    name: "account: another region in `network.regions`",
    callers: "none",
    edit: ANOTHER_REGION,
    plans: { "account-acme": ["+ google_compute_subnetwork.subnet-us-east1"] },
  },
  {
    name: "account: a subnet grows",
    callers: "none",
    edit: replace(ACME, "10.20.0.0/20", "10.20.0.0/19"),
    plans: { "account-acme": ["~ google_compute_subnetwork.subnet-europe-west4"] },
  },
  {
    name: "account: a subnet shrinks or moves",
    edit: replace(ACME, "10.20.0.0/20", "10.20.0.0/24"),
    refusedBy: "synth",
    says: /subnet-europe-west4 is 10\.20\.0\.0\/20, and 10\.20\.0\.0\/24 does not contain it/,
  },
  {
    name: "account: `dns.domain`",
    edit: replace(ACME, "domain: meet.acme.example", "domain: calls.acme.example"),
    refusedBy: "synth",
    says: /google_dns_managed_zone\.zone is in zone meet\.acme\.example\., but the account now names calls\.acme\.example\./,
  },
  {
    name: "account: `operators.email`",
    callers: "new calls only",
    note: "alerts go to the new address at once; for Let's Encrypt the web container starts anew: callers reconnect",
    edit: replace(ACME, "email: ops@acme.example", "email: video@acme.example"),
    plans: {
      "bridges-acme-eu-burst": ["~ google_monitoring_notification_channel.operators-mail"],
      "customer-abc": [
        "~ google_compute_instance.server",
        "~ google_monitoring_notification_channel.operators-mail",
      ],
    },
  },

  {
    name: "account: `gcp.project`",
    edit: replace(ACME, "project: acme-meet-prod", "project: acme-meet-next"),
    refusedBy: "synth",
    says: /its resources are in project acme-meet-prod, but the account now names acme-meet-next/,
  },

  // Files that come and go.
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
    name: "a customer is removed and named under `retired:` while it is protected",
    edit: all(
      (files) => [ABC, BURST, STATIC].forEach((path) => files.delete(path)),
      append(ACME, "retired: [customer-abc, bridges-acme-eu-burst, bridges-acme-nl-static]"),
    ),
    refusedBy: "synth",
    says: /customer-abc: it is retired, but still protects/,
  },

  // Changes of this project's code: what it synthesizes is another text, and no account changed.
  {
    name: "code: a panel of a Grafana dashboard",
    callers: "none",
    note: "in place; Grafana starts anew, nothing else",
    edit: () => undefined,
    code: {
      [`${SERVER}/grafana/dashboards/fleet-customer.json`]: (text) => text.replace("Participants", "People"),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: a comment in a server's compose file",
    callers: "none",
    note: "in place; no service starts anew",
    edit: () => undefined,
    code: { [`${SERVER}/compose.yaml`]: (text) => text.replace("# A", "# Of this project: a") },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: a setting of a server's Jicofo",
    callers: "moves calls",
    note: "in place; Jicofo restarts, and every call of the customer is invited anew",
    edit: () => undefined,
    code: {
      [`${SERVER}/jicofo/custom-jicofo.conf`]: (text) =>
        `${text}jicofo.conference.enable-auto-owner = false\n`,
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: a file of the machine that nobody is known to read",
    callers: "interrupts calls",
    note: "not known, so not harmless",
    edit: () => undefined,
    code: {
      [`${SERVER}/strange.conf`]: () => "x = 1\n",
      [CONFIGURATION]: (text) =>
        text.replace(
          /"\/etc\/fleet\/web\.env": ("[^\n]*"),?\n/,
          (line) => `${line.replace(/,?\n$/, ",\n")}"/etc/fleet/strange.conf": "x = 1\\n",\n`,
        ),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: another cloud-init file",
    callers: "none",
    note: "in place; a machine reads it at its first boot",
    edit: () => undefined,
    code: { "stacks/customer-abc/files/cloud-init.yaml": (text) => `${text}# Another line.\n` },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: another place for the state",
    callers: "interrupts calls",
    note: "no plan shows it: Terraform would find nothing there, and create everything beside what runs",
    edit: () => undefined,
    code: {
      [CONFIGURATION]: (text) => text.replace('"prefix": "customer-abc"', '"prefix": "abc"'),
    },
    plans: { "customer-abc": [] },
  },
  {
    name: "code: a `removed` block, by which Terraform forgets a firewall",
    callers: "interrupts calls",
    note: "the firewall stays, and no deploy looks after it any more",
    edit: () => undefined,
    code: {
      [CONFIGURATION]: (text) => {
        const { resource, ...rest } = JSON.parse(text) as { readonly resource: Record<string, unknown> };
        const { google_compute_firewall: _, ...others } = resource;
        const removed = [{ from: "google_compute_firewall.web", lifecycle: { destroy: false } }];
        return JSON.stringify({ ...rest, resource: others, removed });
      },
    },
    plans: { "customer-abc": ["- google_compute_firewall.web"] },
  },
];
