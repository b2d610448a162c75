import type { Catalog } from "../../model/catalog";
import { faultOf, fill, type Missing, missingOf } from "./build-draft";
import type { Draft } from "./draft";
import { NoAnswer, Questions } from "../questions";
import type { Terminal } from "../terminal";
import { columns } from "../columns";

/**
 * Asks for what no variable and no flag says. Where nobody can be asked, it returns one list of all that is missing.
 *
 * @returns a message for what is missing; undefined when nothing is
 */
export async function askMissing(
  drafts: readonly Draft[],
  catalog: Catalog,
  terminal: Terminal,
): Promise<string | undefined> {
  if (drafts.flatMap(missingOf).length === 0) return undefined;
  const questions = new Questions(terminal);
  if (!questions.canAsk) return listMissing(drafts);
  try {
    // One answer can make another one necessary: a domain needs its zone.
    for (const draft of drafts) {
      for (let next = missingOf(draft)[0]; next; next = missingOf(draft)[0]) {
        const { answer, pools } = next;
        const whose =
          pools.length === 0 ? draft.account : pools.map(({ id }) => `${draft.account}/${id}`).join(", ");
        const given = await questions.ask(`${whose}: ${answer.what}`, {
          problemOf: (text) => faultOf(draft, answer, text, catalog),
        });
        fill(draft, answer, given, pools, "your answer");
      }
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return listMissing(drafts);
  } finally {
    questions.close();
  }
}

/** One message for all that is missing; undefined when nothing is. */
export function listMissing(drafts: readonly Draft[]): string | undefined {
  const missing = drafts.flatMap(missingOf);
  const several = drafts.length > 1;
  if (missing.length === 0) return undefined;
  const byFlag = new Map<string, Missing[]>();
  for (const each of missing) byFlag.set(each.answer.flag, [...(byFlag.get(each.answer.flag) ?? []), each]);
  const rows = [...byFlag.values()].map(([first, ...others]) => {
    const { flag, placeholder, what } = first!.answer;
    const accounts = [...new Set([first!, ...others].map(({ draft }) => draft.account))];
    return [`${flag} ${placeholder}`, `${what}${several ? ` (${accounts.join(", ")})` : ""}`];
  });
  const lines = columns(rows, 2).map((line) => `  ${line}\n`);
  const hint = several
    ? 'In a value, {account} stands for the id of each account: --state-bucket "{account}-terraform".\n'
    : "";
  return `The sources do not say all that an account needs. Add:\n\n${lines.join("")}\n${hint}Nothing was written.\n`;
}
