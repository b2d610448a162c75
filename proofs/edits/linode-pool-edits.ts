import type { Edit } from "./edit";
import { ACME, append, GLOBEX_STATIC, replace, STATIC } from "./edit-files";
import {
  BRIDGE_3_GOES,
  each,
  LABELLED_IN_STATIC,
  PUSHED_TO_STATIC,
  SHOWN_BY_GRAFANA,
  storage,
} from "./planned-objects";

const SHARED = replace(GLOBEX_STATIC, "serves: [xyz]", "serves: [xyz, xyz-europe]");

/** A fixed pool on Linode. */
export const LINODE_POOL_EDITS: readonly Edit[] = [
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
      "bridges-acme-nl-static": BRIDGE_3_GOES,
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
      "bridges-acme-nl-static": BRIDGE_3_GOES,
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
    name: "Linode pool: `drainDeadlineMinutes` to 0, and `bridge.lastN`",
    callers: "moves calls",
    note: "each bridge in turn is restarted at once: whoever is on it is moved to another one",
    edit: append(STATIC, "drainDeadlineMinutes: 0\nbridge: { lastN: 16 }"),
    plans: {
      "bridges-acme-nl-static": [
        ...each([1, 2, 3], (number) => `~ terraform_data.drain["bridge-${number}"]`),
        ...PUSHED_TO_STATIC,
      ],
    },
  },
  {
    name: "Linode pool: a customer is taken off a shared one, whom another pool serves",
    callers: "moves calls",
    note:
      "its calls on these bridges are invited anew to its other bridges; then each bridge is drained, for the others too, and " +
      "restarted without it",
    first: SHARED,
    edit: () => undefined,
    plans: {
      "bridges-globex-us-static": [
        "- google_compute_firewall.brewery-xyz-europe",
        ...each([1, 2], (number) => `-/+ terraform_data.push-${number} (triggers_replace)`),
      ],
      "customer-xyz-europe": [
        "~ google_compute_instance.server",
        ...storage("-", "telemetry-", ["telemetry_globex_us-static", "telemetry_globex_us-static_even"]),
      ],
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
];
