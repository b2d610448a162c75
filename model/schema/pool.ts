import { z } from "zod";
import { bridgeSchema } from "./bridge";
import { SCALING_DEFAULTS } from "../keeper-defaults";
import { idSchema, labelsSchema, sshPublicKeySchema } from "./fields";
import { imageSchema } from "./images";
import { keeperSchema } from "./keeper";

const servesSchema = z
  .array(idSchema)
  .min(1, "allowed: at least one customer id")
  .refine((ids) => new Set(ids).size === ids.length, "allowed: each customer id once")
  .describe(
    "Customers whose calls the bridges carry, in this or (Linode only) in another account. The first is the pool's " +
      "home: its server watches over the pool. Never inherited.",
  );

const regionSchema = (cloud: string, example: string, ofChange: string) =>
  z.string().describe(`${cloud} region of the bridges, such as ${example}. Never inherited. ${ofChange}`);

export const DEFAULT_DRAIN_DEADLINE_MINUTES = 60;

/** Settings of a pool's bridges, the same on both clouds. */
const bridgeFields = {
  bridge: bridgeSchema
    .prefault({})
    .describe(
      "Settings of the bridges' program. New bridges have a change; running ones take it when they are renewed " +
        "(Google Cloud) or brought their files (Linode).",
    ),
  nextImage: imageSchema
    .omit({ repository: true })
    .optional()
    .describe(
      "Tag, and digest if you pin it, of the bridges' image while a new release is brought in, before the customers' " +
        "own files name it (default: what they name). Such bridges and the others never share a call, but both take " +
        "calls. See docs/operations.md, Upgrade Jitsi. Never inherited.",
    ),
  drainDeadlineMinutes: z
    .number()
    .int()
    .min(0)
    .max(1440)
    .default(DEFAULT_DRAIN_DEADLINE_MINUTES)
    .describe(
      "Minutes that a bridge may go on with its calls before it is renewed, restarted for changed files or removed, " +
        `0 to 1440 (default ${DEFAULT_DRAIN_DEADLINE_MINUTES}). Those who are on it then are moved to another bridge: ` +
        "some seconds without picture and sound. Longer lets more calls end by themselves, and makes every renewal of " +
        "the pool longer. On Google Cloud few of them are moved sooner, see keeper.moveEarlyBelow.",
    ),
};

const burstSchema = z.number().int().min(1).max(100_000).optional();

const scheduleSchema = z
  .strictObject({
    start: z
      .string()
      .regex(
        /^(?:[0-9*,/-]+\s+){2}[0-9*,/-]+\s+[0-9A-Za-z*,/-]+\s+[0-9A-Za-z*,/-]+$/,
        "allowed: a cron expression of five fields such as 45 7 * * MON-FRI",
      )
      .describe("When the schedule begins: cron expression of five fields, such as 45 7 * * MON-FRI."),
    durationMinutes: z.number().int().min(5).max(10_080).describe("How long it lasts, 5 to 10080 minutes."),
    minBridges: z.number().int().min(0).max(1000).describe("Bridges that run at least meanwhile, 0 to 1000."),
    timeZone: z
      .string()
      .regex(/^[A-Za-z_+-]+(?:\/[A-Za-z0-9_+-]+)*$/, "allowed: an IANA time zone such as Europe/Amsterdam")
      .default("UTC")
      .describe("IANA time zone of start (default UTC)."),
    burstJoinsPerMinute: burstSchema.describe(
      "The steepest rise that callers are promised while the schedule runs, in participants who join per minute " +
        "(default: that of scaling). The check says whether minBridges can carry it until a new bridge is up. Bridges of " +
        "a schedule boot from its start on: let it begin some minutes before the rush.",
    ),
  })
  .describe("A lower bound for the number of bridges at known times.");

const scalingSchema = z
  .strictObject({
    targetStress: z
      .number()
      .min(0.1)
      .max(0.75)
      .default(SCALING_DEFAULTS.targetStress)
      .describe(
        "Mean stress level of the bridges at which another one is added, 0.1 to 0.75 (default " +
          `${SCALING_DEFAULTS.targetStress}). Jicofo avoids a bridge from 0.8 on, so the distance to 0.8 is what absorbs ` +
          "joins while a new bridge boots. A keeper packs calls onto fewer bridges only up to keeper.fullStress, so most " +
          "of the time there is more room.",
      ),
    targetCpu: z
      .number()
      .min(0.1)
      .max(0.9)
      .default(SCALING_DEFAULTS.targetCpu)
      .describe(
        "Mean CPU use at which another bridge is added, 0.1 to 0.9 (default " +
          `${SCALING_DEFAULTS.targetCpu}). The second signal: the larger ` +
          "answer wins, so that a silent agent cannot stop the growth.",
      ),
    bootSeconds: z
      .number()
      .int()
      .min(15)
      .max(3600)
      .default(150)
      .describe(
        "Seconds from the creation of a machine to its first call, 15 to 3600 (default 150: stock image with " +
          "Docker and an image pull). The autoscaler ignores the load of a younger bridge. Bridges say what it really " +
          "is: seconds in /run/fleet/boot.json where first_boot is true, without what the cloud needs before the kernel.",
      ),
    schedules: z
      .record(idSchema, scheduleSchema)
      .default({})
      .describe("Lower bounds at known times, by name."),
    burstJoinsPerMinute: burstSchema.describe(
      "The steepest rise that callers are promised at any time, in participants who join per minute (default: not " +
        "checked). The check says whether the bridges at the minimum size can carry it until a new one is up. A rush at " +
        "a known time has its own, in its schedule.",
    ),
  })
  .prefault({})
  .describe("When bridges are added. Removing them is never left to the cloud's autoscaler.");

/** A pool of bridges in a Google managed instance group, after merging. */
export const gcpPoolSchema = z.strictObject({
  cloud: z.literal("gcp").describe("gcp: a managed instance group that grows with load. Never inherited."),
  region: regionSchema("Google Cloud", "europe-west4", "A change replaces every bridge."),
  serves: servesSchema,
  zones: z
    .array(z.string())
    .min(1, "allowed: at least one zone")
    .optional()
    .describe(
      "Zones of the region to spread over (default: Google chooses them). A change replaces the group: all calls on it end.",
    ),
  machineType: z
    .string()
    .default("n2-standard-4")
    .describe(
      "Machine type of a bridge (default n2-standard-4). A change makes a new template, which the keeper brings to the " +
        "bridges that run, each drained first.",
    ),
  bootDiskGb: z
    .number()
    .int()
    .min(10)
    .max(1000)
    .default(20)
    .describe("Boot disk of a bridge in GB, 10 to 1000 (default 20)."),
  size: z
    .strictObject({
      min: z.number().int().min(1).max(1000).describe("Bridges that always run, 1 to 1000."),
      max: z
        .number()
        .int()
        .min(1)
        .max(1000)
        .describe("Bridges that may run at most, 1 to 1000: the ceiling of the bill."),
    })
    .describe("Bounds of the number of bridges."),
  scaling: scalingSchema,
  keeper: keeperSchema,
  ...bridgeFields,
  labels: labelsSchema.default({}),
});

const linodeBridgeSchema = z.strictObject({
  generation: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe(
      "Raise it by one to rebuild this machine: a new operating system, a new address, new host keys (default 1). It is " +
        "drained first. One bridge at a time: deploy, then raise the next one's.",
    ),
  hostKey: sshPublicKeySchema
    .optional()
    .describe(
      "Public host key of the machine: a push to any other is refused (default: any host key is taken). Terraform asks " +
        "for the ECDSA one of the machine's: ssh-keyscan -t ecdsa <address>. A rebuilt machine has a new one, so remove " +
        "it together with a new generation.",
    ),
});

/** A fixed number of Linodes, after merging. */
export const linodePoolSchema = z.strictObject({
  cloud: z.literal("linode").describe("linode: a fixed number of Linodes. Never inherited."),
  region: regionSchema("Linode", "nl-ams", "It stays: another region is another pool."),
  serves: servesSchema,
  type: z
    .string()
    .default("g6-dedicated-4")
    .describe(
      "Linode type of a bridge (default g6-dedicated-4). A change stops all machines at once and moves them to other " +
        "hosts, so it is refused until all of them are draining. Better: a second pool, then drain this one.",
    ),
  size: z
    .number()
    .int()
    .min(1)
    .max(100)
    .describe(
      "Number of bridges, 1 to 100. A smaller number removes the highest-numbered ones, after drainDeadlineMinutes at " +
        "the latest: raise draining first, and nobody is moved.",
    ),
  draining: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      "How many of the highest-numbered bridges take no new calls, 0 to size (default 0); the calls on them go on. To " +
        "shrink without ending calls: raise it, deploy, wait until their calls have ended, then lower size and this " +
        "together. A bridge keeps it over a restart and a reboot.",
    ),
  bridges: z
    .record(
      z.string().regex(/^bridge-[1-9][0-9]*$/, "allowed: bridge-1, bridge-2 and so on"),
      linodeBridgeSchema,
    )
    .default({})
    .describe(
      "What differs for single bridges, by bridge-<number> from bridge-1 (default: nothing). Never inherited.",
    ),
  placement: z
    .enum(["flexible", "strict", "none"])
    .default("flexible")
    .describe(
      "Whether the bridges are kept on different hosts: flexible tries, strict refuses to create one that does not " +
        "fit, none makes no placement group (default flexible). Distributed sites need none. A pool that has groups " +
        "keeps them.",
    ),
  ...bridgeFields,
  labels: labelsSchema.default({}),
});

/** A pool after merging; the fields of a cloud's pools differ, so a wrong one is named. */
export const poolSchema = z.discriminatedUnion("cloud", [gcpPoolSchema, linodePoolSchema]);

export type GcpPoolSettings = z.output<typeof gcpPoolSchema>;
export type LinodePoolSettings = z.output<typeof linodePoolSchema>;
export type PoolSettings = z.output<typeof poolSchema>;
