import { readFileSync } from "node:fs";
import { z } from "zod";
import type { MeasuredUse } from "../../estimate/bridge-use";
import { quoted } from "../../model/quoted";

/** What is read of `fleet usage --json`; the rest of the report may be anything. */
const reportSchema = z.object({
  customer: z.string(),
  month: z.string(),
  participantMinutes: z.number().min(0).nullable(),
  pools: z.array(
    z.object({
      pool: z.string(),
      reported: z.boolean(),
      bridgeHours: z.number().min(0),
      relayEgressGb: z.number().min(0),
      totalEgressGb: z.number().min(0),
    }),
  ),
  coverage: z.object({
    hours: z.number().min(0),
    withoutServer: z.array(z.tuple([z.iso.datetime(), z.iso.datetime()])),
  }),
});

export interface ReadUsage extends MeasuredUse {
  /** `2026-10` */
  readonly month: string;
}

export type ReadUsageResult =
  | { readonly ok: true; readonly usage: ReadUsage }
  /** `isUsage`: the command was called wrongly; else the file is not as it must be. Ends with its line break. */
  | { readonly ok: false; readonly isUsage: boolean; readonly message: string };

/** A report of one customer and month. Hours in which the server stored nothing do not count. */
export function readUsage(file: string): ReadUsageResult {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = "unknown reason" } = error as NodeJS.ErrnoException;
    return { ok: false, isUsage: true, message: `${quoted(file)} cannot be read (${code}).\n` };
  }
  const wrong = (what: string): ReadUsageResult => ({
    ok: false,
    isUsage: false,
    message: `${file}: ${what}; write it with fleet usage <customer> --month <year-month> --json.\n`,
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong("this is not JSON");
  }
  const parsed = reportSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return wrong(`${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`);
  }
  const { customer, month, participantMinutes, pools, coverage } = parsed.data;
  const missing = coverage.withoutServer.reduce(
    (hours, [from, to]) => hours + (Date.parse(to) - Date.parse(from)) / 3_600_000,
    0,
  );
  const hours = coverage.hours - missing;
  if (hours <= 0) return wrong("the report has no hour in which anything was stored");
  return {
    ok: true,
    usage: { customer, month, hours, participantMinutes, pools: pools.filter(({ reported }) => reported) },
  };
}
