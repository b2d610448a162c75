import type { Edit } from "./edit";
import { all, ANOTHER_REGION, append, BURST, GLOBEX_BURST, NEW_POOL, replace } from "./edit-files";
import {
  KNOWN_TO_KEEPER,
  NEW_LABELS_OF_BURST,
  newTemplate,
  NO_KEEPER_IN_ACCOUNT,
  SHOWN_BY_GRAFANA,
  storage,
} from "./planned-objects";

/** A pool that grows, on Google Cloud. */
export const GOOGLE_POOL_EDITS: readonly Edit[] = [
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
    name: "Google pool: `keeper.fullStress` down",
    callers: "none",
    note: "the keeper starts anew; no call notices",
    edit: append(BURST, "keeper: { fullStress: 0.4 }"),
    plans: { "customer-abc": KNOWN_TO_KEEPER },
  },
  {
    name: "Google pool: `keeper.fullStress` up",
    callers: "drains bridges",
    note: "the keeper lets fewer bridges carry the calls from then on, if there are too many",
    edit: append(BURST, "keeper: { fullStress: 0.49 }"),
    plans: { "customer-abc": KNOWN_TO_KEEPER },
  },
  {
    name: "Google pool: a customer is taken off, whom another pool serves",
    callers: "moves calls",
    note:
      "its calls on these bridges are invited anew to its other bridges, because the rule that lets these in at its server " +
      "goes first",
    edit: replace(GLOBEX_BURST, "serves: [xyz-europe, xyz]", "serves: [xyz-europe]"),
    plans: {
      "bridges-globex-eu-burst": [
        "- google_compute_firewall.brewery-xyz",
        ...newTemplate("name", "metadata"),
        ...["even-password", "even-telemetry", "password", "telemetry"].map(
          (what) => `- google_secret_manager_secret_iam_member.${what}-xyz`,
        ),
      ],
      "customer-xyz": [
        "~ google_compute_instance.server",
        ...storage("-", "telemetry-", ["telemetry_globex_eu-burst", "telemetry_globex_eu-burst_even"]),
      ],
      "customer-xyz-europe": SHOWN_BY_GRAFANA,
    },
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
    name: "Google pool: `keeper.mode` from observe to act",
    callers: "drains bridges",
    note: "the keeper drains what is too many or of an older template, if there is something",
    first: append(BURST, "keeper: { mode: observe }"),
    edit: () => undefined,
    plans: { "customer-abc": KNOWN_TO_KEEPER },
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
];
