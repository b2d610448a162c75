import { parseDuration } from "../keeper/duration";
import type { RolloutRequest } from "./rollout-file";

/** What commander reads of `fleet deploy`. */
export interface DeployFlags {
  readonly account?: readonly string[];
  readonly all?: true;
  readonly canary?: string;
  readonly waveSize?: string;
  readonly soak?: string;
  readonly limit?: string;
  readonly parallelism: string;
  readonly allowDestroys?: true;
  readonly plans?: true;
  readonly verbose?: true;
  readonly yes?: true;
  readonly resume?: true;
  readonly forget?: true;
  readonly rehearse?: true;
  readonly json?: true;
  readonly accounts: string;
}

/** Customers that break at most when the canary did not. */
export const WAVE_SIZE = 5;
/** A customer with its pools, or a handful of them, is below; what a slip in defaults.yaml changes is above. */
export const LIMIT = 10;
export const PARALLELISM = 4;

const LONGEST_SOAK_DAYS = 1;

/** The request of a command line; a sentence when it is none. @param earlier request of a rollout that is resumed */
export function readRequest(
  names: readonly string[],
  flags: DeployFlags,
  earlier?: RolloutRequest,
): RolloutRequest | string {
  const waveSize = wholeNumber("--wave-size", flags.waveSize, earlier?.waveSize ?? WAVE_SIZE);
  const limit = wholeNumber("--limit", flags.limit, earlier?.limit ?? LIMIT);
  const soak =
    flags.soak === undefined
      ? (earlier?.soakSeconds ?? 0)
      : parseDuration(flags.soak, "--soak", LONGEST_SOAK_DAYS);
  for (const problem of [waveSize, limit, soak]) if (typeof problem === "string") return problem;
  const canary = flags.canary ?? earlier?.canary;
  return {
    names: earlier?.names ?? [...names],
    accounts: earlier?.accounts ?? [...(flags.account ?? [])],
    all: earlier?.all ?? flags.all ?? false,
    ...(canary !== undefined && { canary }),
    waveSize: waveSize as number,
    soakSeconds: soak as number,
    limit: limit as number,
  };
}

/** A number from 1; a sentence when it is none. */
export function wholeNumber(option: string, text: string | undefined, otherwise: number): number | string {
  if (text === undefined) return otherwise;
  return /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : `${option} ${text}: allowed: a whole number from 1`;
}

/** What does not go together; a sentence. */
export function contradiction(names: readonly string[], flags: DeployFlags): string | undefined {
  const selects = names.length > 0 || flags.all === true || (flags.account ?? []).length > 0;
  if (flags.resume && flags.forget) return "--resume and --forget: choose one";
  if (flags.resume && selects)
    return "--resume goes on with what an earlier run was asked for: leave out names, --account and --all";
  if (!flags.resume && !flags.forget && !selects)
    return "What is to be deployed? Name customers, pools or stacks, or give --account <account> or --all";
  return undefined;
}
