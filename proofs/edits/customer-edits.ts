import { CUSTOMER_SECRETS } from "../../model/names";
import { drawnBy } from "../../model/turns";
import type { Edit } from "./edit";
import { ABC, all, ANOTHER_REGION, append, replace } from "./edit-files";
import { LABELLED_IN_CUSTOMER, newTemplate, ofPools, ofSecrets, PUSHED_TO_STATIC } from "./planned-objects";

/** The server. */
export const CUSTOMER_EDITS: readonly Edit[] = [
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
    name: "server: `zone` in the same region, after `allowDestroys` was deployed",
    callers: "destroys data",
    note:
      "disk and server are replaced. Google bridges look for the server by its zone: those that run carry no call until they " +
      "are renewed, and the keeper renews none before a first new one takes calls",
    first: append(ABC, "allowDestroys: true"),
    edit: all(append(ABC, "allowDestroys: true"), replace(ABC, "europe-west4-a", "europe-west4-b")),
    plans: {
      "bridges-acme-eu-burst": newTemplate("name", "metadata"),
      "customer-abc": [
        "-/+ google_compute_disk.data (zone)",
        "-/+ google_compute_disk_resource_policy_attachment.data-snapshots-on-disk (zone)",
        "-/+ google_compute_instance.server (zone)",
        "~ google_monitoring_alert_policy.host-down",
      ],
    },
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
    name: "customer: `snapshots.retentionDays` up",
    callers: "none",
    edit: append(ABC, "snapshots: { retentionDays: 30 }"),
    plans: { "customer-abc": ["~ google_compute_resource_policy.data-snapshots"] },
  },
  {
    name: "customer: `snapshots.retentionDays` down",
    callers: "destroys data",
    note: "snapshots that are older go",
    edit: append(ABC, "snapshots: { retentionDays: 3 }"),
    plans: { "customer-abc": ["~ google_compute_resource_policy.data-snapshots"] },
  },
  {
    name: "customer: `acme` to staging",
    callers: "interrupts calls",
    note: "a certificate for trials: browsers do not open the page, and bridges that log in anew stay outside",
    edit: append(ABC, "acme: staging"),
    plans: {
      "customer-abc": [
        "~ google_compute_instance.server",
        "~ google_monitoring_uptime_check_config.grafana-uptime",
        "~ google_monitoring_uptime_check_config.uptime",
      ],
    },
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
];
