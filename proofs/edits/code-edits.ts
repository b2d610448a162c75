import type { Edit } from "./edit";
import { CONFIGURATION, SERVER } from "./edit-files";
import { newTemplate } from "./planned-objects";

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
    name: "code: another place for InfluxDB's data",
    callers: "destroys data",
    note: "it begins with an empty database: the old one stays on the disk, and nobody reads it",
    edit: () => undefined,
    code: {
      [`${SERVER}/compose.yaml`]: (text) => text.replace("/var/lib/fleet/influxdb:", "/srv/influxdb:"),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: a shorter time for measurements",
    callers: "destroys data",
    note: "InfluxDB removes what is older",
    edit: () => undefined,
    code: {
      [`${SERVER}/influxdb-setup.env`]: (text) =>
        text.replace(/^HOURLY_RETENTION=.*$/m, "HOURLY_RETENTION=24h0m0s"),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: another mount point of the data disk",
    callers: "destroys data",
    note: "the server stays as it is; its next machine would begin with empty directories, and no plan would say so",
    edit: () => undefined,
    code: {
      "stacks/customer-abc/files/cloud-init.yaml": (text) =>
        text.replace("\n    - /var/lib/fleet\n", "\n    - /data\n"),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: a service of the server that nobody knows",
    callers: "interrupts calls",
    note: "not known, so not harmless",
    edit: () => undefined,
    code: {
      [`${SERVER}/compose.yaml`]: (text) =>
        text.replace(
          "\n  influxdb:\n",
          "\n  strange: { image: strange:1, network_mode: host }\n\n  influxdb:\n",
        ),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: another port of the server's web",
    callers: "interrupts calls",
    note: "web starts anew, and nobody finds it",
    edit: () => undefined,
    code: { [`${SERVER}/compose.yaml`]: (text) => text.replace("443:8443", "8443:8443") },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: another program of the keeper",
    callers: "drains bridges",
    note: "which bridges it drains, and when, may be otherwise",
    edit: () => undefined,
    code: {
      [`${SERVER}/compose.yaml`]: (text) => text.replace(/--sha256=\w+/, `--sha256=${"0".repeat(64)}`),
    },
    plans: { "customer-abc": ["~ google_compute_instance.server"] },
  },
  {
    name: "code: Google bridges that may be taken away (SPOT)",
    callers: "interrupts calls",
    note: "Google stops such machines when it likes, with the calls on them",
    edit: () => undefined,
    code: {
      "stacks/bridges-acme-eu-burst/cdk.tf.json": (text) =>
        text
          .replace('"provisioning_model": "STANDARD"', '"provisioning_model": "SPOT"')
          .replace(/"name": "acme-eu-burst-[0-9a-f]{8}"/, '"name": "acme-eu-burst-spot"'),
    },
    plans: { "bridges-acme-eu-burst": newTemplate("name", "scheduling.0.provisioning_model") },
  },
  {
    name: "code: what a push to a Linode runs",
    callers: "interrupts calls",
    note: "no plan shows it: it runs at the next push",
    edit: () => undefined,
    code: {
      "stacks/bridges-acme-nl-static/cdk.tf.json": (text) =>
        text.replaceAll("python3 fleet-push.py", "docker restart fleet-jvb-1; python3 fleet-push.py"),
    },
    plans: { "bridges-acme-nl-static": [] },
  },
  {
    name: "code: a file of the machine that gets the text of another one",
    callers: "interrupts calls",
    note: "the file beside cdk.tf.json shows another text than the machine gets",
    edit: () => undefined,
    code: {
      [`${SERVER}/web.env`]: (text) => `# A comment.\n${text}`,
      [CONFIGURATION]: (text) =>
        text.replace(
          '{file(\\"files/server/etc/fleet/web.env\\")}',
          '{file(\\"files/server/etc/fleet/prosody.env\\")}',
        ),
    },
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
