import { z } from "zod";
import { OVERLOAD_STRESS } from "../capacity";
import { KEEPER_DEFAULTS, KEEPER_TIMES } from "../keeper-defaults";

const D = KEEPER_DEFAULTS;

/** Highest mean stress that a keeper may bring bridges to on purpose: Jicofo avoids one from OVERLOAD_STRESS on. */
const HIGHEST_STRESS = OVERLOAD_STRESS - 0.01;

/** How the keeper on the home's server removes and renews the bridges of a Google pool. */
export const keeperSchema = z
  .strictObject({
    mode: z
      .enum(["act", "observe", "off"])
      .default(D.mode)
      .describe(
        "act: the keeper drains, removes and renews bridges. observe: it decides and says what it would do, and does " +
          `nothing. off: there is none, and only people remove bridges (default ${D.mode}). A change restarts the ` +
          "keeper of the pool's home; no call notices.",
      ),
    drainsAtOnce: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(D.drainsAtOnce)
      .describe(
        `Bridges that may be draining at the same time, 1 to 100 (default ${D.drainsAtOnce}); those that are empty ` +
          "and wait for their removal do not count. More follow a falling load sooner, and make renewals shorter.",
      ),
    fullStress: z
      .number()
      .min(0.1)
      .max(HIGHEST_STRESS)
      .default(D.fullStress)
      .describe(
        "A bridge is drained only while the others would stay at this mean stress or below, 0.1 to " +
          `${HIGHEST_STRESS} (default ${D.fullStress}). Higher runs fewer bridges, and leaves less room for those who ` +
          "join while a bridge comes back.",
      ),
    releaseStress: z
      .number()
      .min(0.1)
      .max(HIGHEST_STRESS)
      .default(D.releaseStress)
      .describe(
        "Mean stress of the bridges that take calls from which on drained ones take calls again, 0.1 to " +
          `${HIGHEST_STRESS}, above fullStress (default ${D.releaseStress}). Too near to fullStress, and bridges go ` +
          "back and forth.",
      ),
    surplusMinutes: z
      .number()
      .min(0)
      .max(240)
      .default(D.surplusMinutes)
      .describe(
        "Minutes for which there must have been one bridge too many before one is drained, 0 to 240 (default " +
          `${D.surplusMinutes}).`,
      ),
    protectMinutes: z
      .number()
      .min(0)
      .max(1440)
      .default(D.protectMinutes)
      .describe(
        `Minutes in which a new bridge is not drained, 0 to 1440 (default ${D.protectMinutes}), counted from the ` +
          "creation of its machine. One that has not answered by then counts as silent, and while one is silent " +
          "nothing is drained: so it must be longer than scaling.bootSeconds.",
      ),
    moveAtDeadline: z
      .boolean()
      .default(D.moveAtDeadline)
      .describe(
        "Whether those who are still on a drained bridge after drainDeadlineMinutes are moved to another one: some " +
          `seconds without picture and sound (default ${String(D.moveAtDeadline)}). false waits for ever, so one ` +
          "endless call keeps a bridge, and no renewal to another release begins by itself.",
      ),
    moveEarlyBelow: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(D.moveEarlyBelow)
      .describe(
        "So few participants are moved before drainDeadlineMinutes are over, 0 to 100 (default " +
          `${D.moveEarlyBelow}): from ${KEEPER_TIMES.moveEarlySeconds / 60} minutes after the drain on, because few of ` +
          "them keep a whole bridge. 0 waits for everybody until the deadline. Not looked at with moveAtDeadline: false.",
      ),
    mixedReleasesMinutes: z
      .number()
      .int()
      .min(0)
      .max(10_080)
      .default(D.mixedReleasesMinutes)
      .describe(
        "Longest time that bridges of two releases may run side by side, 0 to 10080 minutes (default " +
          `${D.mixedReleasesMinutes}): they share no call. A renewal to another release that would take longer does ` +
          "not begin: raise drainsAtOnce, lower drainDeadlineMinutes, or upgrade with a second pool.",
      ),
    lookaheadMinutes: z
      .number()
      .min(0)
      .max(240)
      .default(D.lookaheadMinutes)
      .describe(
        `Minutes before its beginning from which on a schedule's minBridges are kept, 0 to 240 (default ` +
          `${D.lookaheadMinutes}): nothing is removed that is made anew a moment later.`,
      ),
  })
  .prefault({})
  .describe(
    "How bridges are removed and renewed without cutting a call: by a program on the home's server, because the " +
      "cloud's autoscaler would take any bridge. See docs/operations.md, Fewer bridges.",
  );

export type KeeperBlock = z.output<typeof keeperSchema>;
