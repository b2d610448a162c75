import { z } from "zod";

const RESTART = "A change restarts Jicofo: every call of the customer is invited anew.";

const iceFailureDetectionSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        "true avoids a bridge for 10 minutes when many of its participants fail to connect (default true). Calls on " +
          `it stay. ${RESTART}`,
      ),
    intervalSeconds: z
      .number()
      .int()
      .min(10)
      .max(3600)
      .default(60)
      .describe(`Seconds over which failures are counted, 10 to 3600 (default 60). ${RESTART}`),
    minEndpoints: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(40)
      .describe(
        "Participants that a bridge must have for its failures to count, 1 to 1000 (default 40). A few callers " +
          `behind one bad network say nothing about a bridge. ${RESTART}`,
      ),
    threshold: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.1)
      .describe(`Share of them that must fail, 0.01 to 1 (default 0.1). ${RESTART}`),
  })
  .prefault({})
  .describe("When a bridge that callers cannot connect to is avoided.");

/** How Jicofo puts participants on bridges. */
export const jicofoSchema = z
  .strictObject({
    selectionStrategy: z
      .enum(["RegionBased", "IntraRegion", "SingleBridge"])
      .default("RegionBased")
      .describe(
        "Which bridge a participant gets (default RegionBased). RegionBased: one that the call uses already in the " +
          "participant's region or region group, else another one there; low latency. IntraRegion: all on bridges of " +
          "the first participant's region, a second bridge when the first is full, never another region; less " +
          "traffic between regions, more latency for those far away. SingleBridge: a call never has a second bridge, " +
          `whatever its load; regions count for the first participant only. ${RESTART}`,
      ),
    maxParticipantsPerBridge: z
      .number()
      .int()
      .min(2)
      .max(1000)
      .default(80)
      .describe(
        "Participants of one call on one bridge, 2 to 1000 (default 80); more of them go to another bridge. A smaller " +
          "number spreads large calls wider, with traffic between each two of their bridges. SingleBridge does not " +
          `spread. ${RESTART}`,
      ),
    iceFailureDetection: iceFailureDetectionSchema,
  })
  .prefault({})
  .describe("How Jicofo puts participants on bridges.");
