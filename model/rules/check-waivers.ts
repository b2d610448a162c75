import type { Problem } from "../problem";
import { waiverEnd } from "../waivers";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/** Waivers have not ended. Only where the day is known: synthesis has no clock, and two of them are equal (ADR 25). */
export const checkWaivers: Rule = ({ accounts, today }) => {
  if (today === undefined) return [];
  return accounts.flatMap((account) =>
    account.waivers.flatMap((waiver, index): Problem[] => {
      const end = waiverEnd(waiver, today);
      return end ? [{ at: atAccount(account), path: ["waivers", index, "until"], ...end }] : [];
    }),
  );
};
