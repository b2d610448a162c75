import type { Waiver } from "./schema/waiver";

/** Warned of so long before it ends. */
const NOTICE_DAYS = 14;
const LONGEST_DAYS = 366;

/** What is asked of a waiver here: also of one that is about another checker's rule. */
type Lasting = Pick<Waiver, "on" | "owner" | "until"> & { readonly rule: string };

/** Whether a waiver is about this finding. The clock is not asked: whoever has one judges ends by `waiverEnd`. */
export function isWaived(
  waiver: Pick<Lasting, "rule" | "on">,
  { rule, place }: { readonly rule: string; readonly place: string },
): boolean {
  if (waiver.rule !== rule) return false;
  const pattern = waiver.on.split("*").map((part) => part.replace(/[.\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join("[^/]*")}$`).test(place);
}

/** What is wrong with the end of a waiver on a day; undefined when nothing is. */
export function waiverEnd(
  { rule, on, owner, until }: Lasting,
  today: string,
): { readonly severity: "error" | "warning"; readonly message: string } | undefined {
  const left = (Date.parse(until) - Date.parse(today)) / 86_400_000;
  if (left < 0) {
    return {
      severity: "error",
      message:
        `the waiver of ${rule} on ${on} ended on ${until}; allowed: today, ${today}, or later; ` +
        `mend the finding and remove the waiver, or let ${owner} say why it goes on and until when`,
    };
  }
  if (left > LONGEST_DAYS) {
    return {
      severity: "error",
      message:
        `${until} is ${left} days ahead; allowed: at most ${LONGEST_DAYS}; ` +
        "name an earlier day: a waiver that nobody looks at again is a rule that nobody has",
    };
  }
  if (left <= NOTICE_DAYS) {
    return {
      severity: "warning",
      message: `the waiver of ${rule} on ${on} ends ${left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days`}; tell ${owner}`,
    };
  }
  return undefined;
}
