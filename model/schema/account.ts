import { z } from "zod";
import { alertsSchema } from "./alerts";
import {
  allowDestroysSchema,
  cidrSchema,
  cloudNameSchema,
  dnsNameSchema,
  emailSchema,
  ipv4CidrSchema,
  labelsSchema,
  sshPublicKeySchema,
} from "./fields";
import { waiverSchema } from "./waiver";

const gcpSchema = z
  .strictObject({
    project: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        "allowed: a project id of 6 to 30 lower-case letters, digits and hyphens",
      )
      .describe("Id of the Google Cloud project, which exists already. One account, one project."),
    network: z
      .strictObject({
        regions: z
          .record(cloudNameSchema, ipv4CidrSchema)
          .describe(
            "Regions in use and the IPv4 range of each one's subnet, such as europe-west4: 10.20.0.0/20. A range " +
              "may grow in place; shrinking replaces the subnet and all that is in it.",
          ),
      })
      .describe("The account's one network: a subnet per region."),
  })
  .describe("The Google Cloud side of the account.");

const linodeSchema = z
  .strictObject({})
  .describe(
    "The Linode side of the account: write {}. The token comes from LINODE_TOKEN, never from a file.",
  );

const stateSchema = z
  .strictObject({
    bucket: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9_.-]{1,61}[a-z0-9]$/,
        "allowed: a bucket name of 3 to 63 lower-case letters, digits, hyphens, underscores and dots",
      )
      .describe(
        "Google Cloud Storage bucket for Terraform's state, one prefix per stack. It exists already, with " +
          "versioning on, and no other account uses it.",
      ),
  })
  .describe("Where Terraform keeps its state.");

const dnsSchema = z
  .strictObject({
    managedZone: z
      .string()
      .regex(
        /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
        "allowed: a zone name of 1 to 63 lower-case letters, digits and hyphens",
      )
      .describe("Name of the Cloud DNS zone, in the account's project, that the records go to."),
    domain: dnsNameSchema.describe(
      "Domain of the zone, without a dot at the end. Customers get <id>.<domain>, Linode bridges " +
        "<pool>-<number>.bridges.<domain>.",
    ),
    createZone: z
      .boolean()
      .default(false)
      .describe("true creates the zone in the account's stack (default false: it exists already)."),
  })
  .describe(
    "Where host names are published. Left out: customers name their hostname and publish it themselves.",
  );

const bastionSchema = z
  .strictObject({
    host: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.:-]*$/, "allowed: a host name or an address")
      .describe("Its host name or address, as seen by the people who deploy."),
    port: z.number().int().min(1).max(65_535).default(22).describe("Its SSH port (default 22)."),
    user: z
      .string()
      .regex(/^[a-z_][a-z0-9_-]*$/, "allowed: a user name in lower case")
      .default("root")
      .describe("User to log in as (default root)."),
    hostKey: sshPublicKeySchema
      .optional()
      .describe(
        "Its public host key, the ECDSA one where it has several. Held only where a bridge has a hostKey, too (default: " +
          "any host key is taken).",
      ),
  })
  .describe(
    "Machine by way of which a deploy reaches Linode machines over SSH; its network is in sshFrom (default: directly). " +
      "One person can name another: TF_VAR_ssh_bastion_host and so on.",
  );

const operatorsSchema = z
  .strictObject({
    email: emailSchema.describe("Mail address for alerts and for Let's Encrypt."),
    iap: z
      .array(
        z
          .string()
          .regex(
            /^(?:user|group|serviceAccount|domain):\S+$/,
            "allowed: user:, group:, serviceAccount: or domain: and an address",
          ),
      )
      .default([])
      .describe(
        "Who may open SSH to Google machines through Identity-Aware Proxy, such as group:ops@acme.example.",
      ),
    sshFrom: z
      .array(cidrSchema)
      .default([])
      .describe(
        "Networks that may open SSH to Linode machines, such as 203.0.113.0/24 (default: none). An account with Linode " +
          "pools needs one: their files and passwords come over SSH.",
      ),
    sshKeys: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]*$/, "allowed: lower-case letters, digits and hyphens"),
        sshPublicKeySchema,
      )
      .default({})
      .describe(
        "Public SSH keys for Linode machines, by person. Linode takes them when a machine is created; a later " +
          "change reaches new machines only.",
      ),
    bastion: bastionSchema.optional(),
    alerts: alertsSchema.optional(),
  })
  .describe("The people who run the account.");

/** An account after merging; the fields that no layer may carry are all but labels. */
export const accountSchema = z.strictObject({
  gcp: gcpSchema.optional(),
  linode: linodeSchema.optional(),
  state: stateSchema,
  dns: dnsSchema.optional(),
  operators: operatorsSchema,
  labels: labelsSchema.default({}),
  rehearsal: z
    .boolean()
    .default(false)
    .describe(
      "true is for trials and load tests with certificates that nobody knows (acme: staging, a private authority): " +
        "bridges and Jicofo of the account then log in to whoever answers (default false). The account's state bucket " +
        "must say so: its name ends in -rehearsal. A change restarts Jicofo and renews bridges.",
    ),
  allowDestroys: allowDestroysSchema.default(false),
  retired: z
    .array(
      z
        .string()
        .regex(
          /^(?:customer|bridges)-[a-z0-9-]+$/,
          "allowed: the id of a stack, such as customer-abc or bridges-acme-eu-burst",
        ),
    )
    .default([])
    .describe(
      "Stacks whose file was removed on purpose. Such a stack is kept, empty, so that its next deploy destroys what " +
        "it ran and the review shows it. Remove the entry afterwards (default: none).",
    ),
  waivers: z
    .array(waiverSchema)
    .default([])
    .describe(
      "Findings of policies that the account lives with for a while, each with a reason, an owner and an end (default: none).",
    ),
});

export type AccountSettings = z.output<typeof accountSchema>;
