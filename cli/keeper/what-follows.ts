import { isInForce, type OrdersFile } from "../../keeper/orders";
import { ageText, timeText } from "./duration";
import type { KeptPool } from "./find-kept-pool";
import type { ReadState } from "./keeper-store";
import { silence } from "./silence";

/** When an order is followed, and what stands in its way: sentences for whoever gave it. @param now Unix time in seconds */
export function whatFollows(kept: KeptPool, read: ReadState, { paused }: OrdersFile, now: number): string[] {
  const silent = silence(read, kept);
  if (silent !== undefined) return [`${silent} It follows the order when it is back.`];
  const { intervalSeconds, mode } = read.state!;
  const lines = [`The keeper reads this within ${ageText(intervalSeconds)}.`];
  if (mode === "observe") lines.push("It only observes, and will say what it would do instead of doing it.");
  if (isInForce(paused, now))
    lines.push(
      paused.until === null
        ? `It is paused until somebody resumes it: npx fleet keeper resume ${kept.name}.`
        : `It is paused until ${timeText(paused.until)}, and follows the order then.`,
    );
  return lines;
}
