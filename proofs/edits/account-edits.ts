import type { Edit } from "./edit";
import { ACME, ANOTHER_REGION, append, replace } from "./edit-files";
import { LABELLED_IN_CUSTOMER, LABELLED_IN_STATIC, NEW_LABELS_OF_BURST } from "./planned-objects";

/** The account. */
export const ACCOUNT_EDITS: readonly Edit[] = [
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
];
