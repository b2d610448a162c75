import { z } from "zod";
import { CPU_LOAD_THRESHOLD, PACKETS_PER_SECOND_PER_VCPU } from "../capacity";

/** How a bridge measures its load: the field that says where stress 1 is depends on the measurement. */
const loadSchema = z
  .strictObject({
    measurement: z
      .enum(["cpu", "packet-rate"])
      .default("cpu")
      .describe(
        "What the stress of a bridge is made of (default cpu). cpu counts everything on the machine, also what " +
          "neighbours steal. packet-rate counts media packets in and out and wants a threshold that was measured on " +
          "the machine type. All bridges of a customer must measure alike, because Jicofo compares their stress; so a " +
          "change is for all pools at once, and until every bridge has it calls are spread badly.",
      ),
    cpuThreshold: z
      .number()
      .min(0.3)
      .max(1)
      .optional()
      .describe(
        `Processor use at which stress is 1, with measurement cpu, 0.3 to 1 (default ${CPU_LOAD_THRESHOLD}). A lower ` +
          "one keeps processors free for what shares the machine, and makes every bridge carry fewer people.",
      ),
    packetsPerSecond: z
      .number()
      .int()
      .min(1_000)
      .max(1_000_000)
      .optional()
      .describe(
        "Packets a second at which stress is 1, with measurement packet-rate, 1000 to 1000000 (default " +
          `${PACKETS_PER_SECOND_PER_VCPU} for each processor of the machine type, a guess: measure yours). Too high, ` +
          "and bridges are overloaded before anybody notices; too low, and they are paid for and idle.",
      ),
  })
  .prefault({})
  .describe("How a bridge measures its load. Jicofo avoids a bridge from stress 0.8 on.");

/** Settings of bridge programs: of a pool's, or of the one on a server. */
export const bridgeSchema = z.strictObject({
  lastN: z
    .number()
    .int()
    .min(1)
    .max(500)
    .default(25)
    .describe(
      "Videos that a participant is sent at most, those of the latest speakers, 1 to 500 (default 25). More cost " +
        "the network of callers and bridges in large calls; a participant may ask for fewer, never for more.",
    ),
  load: loadSchema,
});

export type BridgeSettings = z.output<typeof bridgeSchema>;
