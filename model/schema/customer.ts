import { z } from "zod";
import { DEFAULT_RELEASE, RELEASES } from "../versions";
import { allowedOriginsSchema } from "./allowed-origins";
import { bridgeSchema } from "./bridge";
import { allowDestroysSchema, dnsNameSchema, labelsSchema } from "./fields";
import { imagesSchema } from "./images";
import { jicofoSchema } from "./jicofo";
import { meetingsSchema } from "./meetings";
import { participantRegionSchema } from "./participant-region";

export const serverSchema = z
  .strictObject({
    cloud: z.literal("gcp").describe("Cloud of the app server; gcp is the only one so far. Never inherited."),
    zone: z
      .string()
      .describe(
        "Zone of the server, such as europe-west4-a; its region must be in the account's network. " +
          "A change replaces the server: every call of the customer ends.",
      ),
    machineType: z
      .string()
      .default("n2-standard-4")
      .describe(
        "Machine type of the server (default n2-standard-4). A change stops and starts the server: signalling is " +
          "away for some minutes and every call is re-invited.",
      ),
    bootDiskGb: z
      .number()
      .int()
      .min(10)
      .max(1000)
      .default(20)
      .describe("Size of the boot disk in GB, 10 to 1000 (default 20). A change replaces the server."),
    dataDiskGb: z
      .number()
      .int()
      .min(10)
      .max(10_000)
      .default(50)
      .describe(
        "Size of the data disk in GB, 10 to 10000 (default 50): certificates, metrics, Grafana. " +
          "It grows online; shrinking would replace the disk and is refused by its protection.",
      ),
    dataDiskType: z
      .enum(["pd-balanced", "pd-ssd", "pd-standard"])
      .default("pd-balanced")
      .describe(
        "Type of the data disk (default pd-balanced). A change replaces the disk, which loses its data.",
      ),
  })
  .describe("The app server: web, Prosody, Jicofo and what watches them, on one machine.");

const snapshotsSchema = z
  .strictObject({
    startTimeUtc: z
      .string()
      .regex(/^(?:[01][0-9]|2[0-3]):00$/, "allowed: a full hour in UTC such as 03:00, quoted")
      .default("03:00")
      .describe('Full hour in UTC at which the daily snapshot begins (default "03:00").'),
    retentionDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(14)
      .describe("Days that a snapshot is kept, 1 to 365 (default 14)."),
  })
  .prefault({})
  .describe("Daily snapshots of the data disk.");

/** A customer after merging: what `accounts/<account>/customers/<id>.yaml` and the layers above it say. */
export const customerSchema = z.strictObject({
  hostname: dnsNameSchema
    .optional()
    .describe(
      "Host name that people open (default: <customer id>.<dns.domain of the account>). Never inherited. " +
        "A change makes a new certificate necessary and ends every link that was handed out.",
    ),
  server: serverSchema,
  release: z
    .enum(RELEASES, {
      error: `allowed: ${RELEASES.join(", ")}; another one comes into the project first (docs/operations.md, Upgrade Jitsi)`,
    })
    .default(DEFAULT_RELEASE)
    .describe(
      `Jitsi image tag of the server and of every bridge that serves the customer (default ${DEFAULT_RELEASE}). ` +
        "All customers that share a bridge must name the same one: bridges of two releases never share a call.",
    ),
  acme: z
    .enum(["production", "staging"])
    .optional()
    .describe(
      "Let's Encrypt environment that issues the certificate (default production). staging is for trials: " +
        "browsers warn, and bridges, which verify the certificate, do not join. Not together with certificate.",
    ),
  certificate: z
    .strictObject({
      secret: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,255}$/, "allowed: the name of a secret: letters, digits, _ and -")
        .describe(
          "Name of a secret in Secret Manager of the account's project, which people make and renew (docs/operations.md). " +
            "Its value is PEM: the private key without a password, the certificate of the host name, and the " +
            "intermediate certificates after it.",
        ),
    })
    .optional()
    .describe(
      "The customer's own certificate in place of Let's Encrypt's (default: Let's Encrypt). It must be one that browsers " +
        "and Java know. A change restarts web and cuts no call; bridges stay connected.",
    ),
  bridgeOnServer: z
    .boolean()
    .default(false)
    .describe(
      "true runs one bridge on the server itself and opens UDP 10000 there (default false). For small customers " +
        "without a pool; calls then compete with signalling for the same processors. A change is in place; taking the " +
        "bridge away ends its calls, which are invited anew where the customer has a pool.",
    ),
  serverBridge: bridgeSchema
    .prefault({})
    .describe(
      "Settings of the bridge on the server, with bridgeOnServer: true. A change restarts that bridge: its calls are " +
        "invited anew.",
    ),
  jicofo: jicofoSchema,
  regionGroups: z
    .array(z.array(z.string()).min(1, "allowed: at least one region in a group"))
    .min(1, "allowed: at least one group; leave the field out for groups by continent")
    .optional()
    .describe(
      "Groups of bridge regions that are near each other, over both clouds, such as " +
        "[[gcp-europe-west4, linode-nl-ams], [gcp-us-east1]] (default: one group per continent). A call prefers a " +
        "bridge that it already uses in the group of a new participant. A change restarts Jicofo: every call of the " +
        "customer is invited anew.",
    ),
  language: z
    .string()
    .regex(
      /^[a-z]{2,3}(?:-?[A-Z]{2})?$/,
      "allowed: a language code as in the file names of the page's translations, such as de or fr",
    )
    .optional()
    .describe(
      "Language of the page for whoever has chosen none, such as de (default: English); codes as in the file names of " +
        "the release's translations. One that the release lacks shows English. A change restarts web: pages do not " +
        "load for some seconds, calls go on.",
    ),
  allowedOrigins: allowedOriginsSchema,
  participantRegion: participantRegionSchema.optional(),
  meetings: meetingsSchema,
  images: imagesSchema,
  snapshots: snapshotsSchema,
  secretsVersion: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe(
      "Raise it by one (npx fleet secrets rotate <id>) to draw new passwords for the customer's services (default 1). " +
        "Never lower it, never raise it by more. The server takes them with the deploy, which ends every room for some " +
        "seconds; bridges keep the password that they started with until the rotation after this one.",
    ),
  labels: labelsSchema.default({}),
  allowDestroys: allowDestroysSchema.default(false),
});

export type CustomerSettings = z.output<typeof customerSchema>;
