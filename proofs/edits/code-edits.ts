import type { Edit } from "./edit";
import { CONFIGURATION, SERVER } from "./edit-files";

/** Changes of this project's code: what it synthesizes is another text, and no account changed. */
export const CODE_EDITS: readonly Edit[] = [
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
    name: "code: what drains a Linode before it goes",
    callers: "interrupts calls",
    note: "no plan shows it: a machine that goes later, or in the same deploy, may go with its calls",
    edit: () => undefined,
    code: {
      "stacks/bridges-acme-nl-static/cdk.tf.json": (text) =>
        text.replace("${self.output.drain_minutes} leave", "0 leave"),
    },
    plans: { "bridges-acme-nl-static": [] },
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
