import { dirname } from "node:path";
import type { DestroyedWith } from "../../rollout/destroyed-with";
import type { RolloutStack } from "../../rollout/fleet-stacks";
import type { MayHaveCalls, StillNeeded } from "../../rollout/judge-destroy";
import { counted } from "../../model/counted";

/** Flags without which the printed command would not mean the same data and the same clouds. */
interface Where {
  readonly accounts: string;
  readonly rehearse?: true;
}

/** `accounts` of `accounts/acme/account.yaml`. */
const root = (source: string): string => source.split("/")[0]!;

/** What a destroy says, apart from tables. */
export const destroyText = {
  /** @param names names of customers, pools and accounts that were given instead of ids */
  byIds: (names: readonly string[], { stacks, shared }: DestroyedWith, where: Where): string => {
    const flags = [
      ...(where.rehearse ? ["--rehearse"] : []),
      ...(where.accounts === "accounts" ? [] : ["--accounts", where.accounts]),
    ];
    const stays = shared.map(
      ({ pool: { id, source }, without, serves }) =>
        `${id} serves ${serves.join(", ")} too and stays: take ${without.join(", ")} out of serves in ${source}, and ` +
        `deploy it first.`,
    );
    return [
      `${names.join(", ")}: a stack is destroyed by its id, and no other goes with it. All that would have to go:\n`,
      `  ${["npx fleet destroy", ...stacks, ...flags].join(" ")}`,
      ...(stays.length > 0 ? ["", ...stays] : []),
    ].join("\n");
  },

  stillNeeded: (problems: readonly StillNeeded[]): string =>
    problems
      .map(
        ({ stack, by }) =>
          `${stack} is still needed by ${by.join(", ")}; destroy those first, or name them too.`,
      )
      .join("\n"),

  mayHaveCalls: (pools: readonly MayHaveCalls[]): string =>
    `${pools.map(({ stack, reason }) => `${stack} may have calls: ${reason}.`).join("\n")}\n` +
    "Drain its bridges first and wait until nobody is on them (docs/operations.md, Fewer bridges); --cut-calls destroys " +
    "them with the calls that they have.",

  tooMany: (count: number, limit: number): string =>
    `${counted(count, "stack")} would be destroyed, and the limit is ${limit}. Nothing was destroyed. If that is meant, ` +
    `say so with --limit ${count}.`,

  /** @param left stacks whose turn did not come */
  failed: (stacks: readonly string[], left: number, said: string): string =>
    `${said}\n\n${stacks.join(", ")} failed. ${counted(left, "stack")} ${left === 1 ? "was" : "were"} not begun.\n` +
    "Put right what was wrong, then give the same command again: what is gone already is left out.",

  /** The data outlive what they ask for. */
  whatRemains: (stacks: readonly RolloutStack[]): string =>
    stacks
      .filter(({ kind }) => kind !== "retired")
      .map(({ id, kind, account, source }) =>
        kind === "account"
          ? `${source} still asks for ${id}, and the next deploy of it makes it anew: remove ${dirname(source)}/ and ` +
            `synthesized/stacks/${id}/ to be rid of it.`
          : `${source} still asks for ${id}, and the next deploy of it makes it anew: remove that file and name ${id} ` +
            `under retired: in ${root(source)}/${account}/account.yaml to be rid of it.`,
      )
      .join("\n"),
};
