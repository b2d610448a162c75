import type { PlannedChange } from "../../rollout/judge-plan";
import type { Wave } from "../../rollout/plan-waves";
import { counted } from "../../model/counted";

/** What the plan of a stack takes away. */
export interface WhatGoes {
  readonly stack: string;
  readonly destroys: readonly PlannedChange[];
  readonly routine: readonly PlannedChange[];
}

/** What a printed command must name to mean the same data and the same clouds. */
export interface Where {
  readonly accounts: string;
  /** On pretended clouds. */
  readonly rehearse: boolean;
}

/** What a deploy says, apart from tables. */
export const deployText = {
  waveTitle({ kind, name }: Wave, stacks: number): string {
    const titles = {
      accounts: "Accounts",
      canary: "Canary",
      retired: "Retired stacks",
      customers: `Wave ${name}`,
    };
    return `${titles[kind]}: ${counted(stacks, "stack")}`;
  },

  /** Objects that go, by stack and address; and in one line what is replaced as a matter of course. */
  whatGoes(stacks: readonly WhatGoes[]): string[] {
    const listed = stacks.flatMap(({ stack, destroys }) =>
      destroys.map(({ action, address }) => `  ${stack}  ${action}  ${address}`),
    );
    const routine = stacks.reduce((sum, each) => sum + each.routine.length, 0);
    return [
      ...(listed.length > 0 ? [`These objects go away:\n${listed.join("\n")}`] : []),
      ...(routine > 0
        ? [
            `${counted(routine, "object")} of a kind that holds nothing or stays (machine templates, terraform_data, versions of secrets) ` +
              `${routine === 1 ? "goes or is replaced" : "go or are replaced"}, which is routine.`,
          ]
        : []),
    ];
  },

  leftOut: (retired: readonly string[]): string =>
    `Left out, because their deploy destroys what they ran: ${retired.join(", ")}. Name a retired stack to deploy it.`,

  /** @param stacks of a resumed rollout that are its part no more @param canary when nobody goes first any more */
  gone: (stacks: readonly string[], canary?: string): string =>
    [
      ...(stacks.length > 0
        ? [`Left out, because the data have them no more in this rollout: ${stacks.join(", ")}.`]
        : []),
      ...(canary === undefined
        ? []
        : [`The canary ${canary} is gone, and what is left goes on without one; --canary names another.`]),
    ].join("\n"),

  tooMany: (count: number, limit: number): string =>
    `${counted(count, "stack")} would change, and the limit is ${limit}. Nothing was deployed. If all of them are ` +
    `meant to change, say so with --limit ${count}; else look at what changes them, or name fewer.`,

  destroysNotAllowed: (stacks: readonly string[]): string =>
    `The plans of ${stacks.join(", ")} take away objects that are there, listed above. Nothing was deployed. If that is ` +
    "meant, add --allow-destroys; else put back what the data say no more.",

  /** @param left stacks whose turn did not come */
  failed: (stacks: readonly string[], left: number, said: string): string =>
    `${said}\n\n${stacks.join(", ")} failed. ${counted(left, "stack")} of this rollout ${left === 1 ? "was" : "were"} not begun.`,

  /** @param left stacks whose turn did not come, these among them */
  notBegun: (stacks: readonly { readonly id: string }[], left: number, problem: string): string =>
    `${problem}

${stacks.map(({ id }) => id).join(", ")} ${stacks.length === 1 ? "was" : "were"} not begun; ${waiting(left)}.`,

  stopped: (left: number): string => `Stopped after the canary: ${waiting(left)}.`,

  interrupted: (left: number): string => `Interrupted: ${waiting(left)}.`,

  /** What to do after a rollout has broken off. */
  goOn: (where: Where): string =>
    `Put right what was wrong, then \`${rolloutCommand("--resume", where)}\` plans and deploys what is left; ` +
    "`--forget` forgets it.",

  /** @param left stacks that are not done */
  unfinished: (left: number, path: string, where: Where): string =>
    `A rollout is unfinished: ${counted(left, "stack")} of it ${left === 1 ? "is" : "are"} not done (${path}).\n\n` +
    `  ${rolloutCommand("--resume", where)}    goes on with it\n` +
    `  ${rolloutCommand("--forget", where)}    forgets it; what it has deployed stays as it is\n`,
};

export const rolloutCommand = (flag: string, { rehearse, accounts }: Where): string =>
  [
    `npx fleet deploy ${flag}`,
    ...(rehearse ? ["--rehearse"] : []),
    ...(accounts === "accounts" ? [] : ["--accounts", accounts]),
  ].join(" ");

const waiting = (left: number): string =>
  `${counted(left, "stack")} of this rollout ${left === 1 ? "waits" : "wait"}`;
