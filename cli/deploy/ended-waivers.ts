import type { Account } from "../../model/fleet";
import { waiverEnd } from "../../model/waivers";

/**
 * A line for each waiver that has ended. A deploy goes on all the same: it may be the repair of something worse, and what it
 * applies was reviewed (ADR 25).
 *
 * @param today such as 2026-11-30
 */
export const endedWaivers = (accounts: readonly Pick<Account, "id" | "waivers">[], today: string): string[] =>
  accounts.flatMap(({ id, waivers }) =>
    waivers.flatMap((waiver) => {
      const end = waiverEnd(waiver, today);
      return end?.severity === "error" ? [`warning: account ${id}: ${end.message}`] : [];
    }),
  );
