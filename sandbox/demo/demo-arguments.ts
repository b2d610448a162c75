import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { RehearsalProblem } from "../workspace/rehearsal-problem";

/** What the demo was asked to do. */
export interface DemoArguments {
  readonly destroy: boolean;
  /** Undefined when none was named. */
  readonly account: string | undefined;
}

const USAGE =
  "Usage: npm run demo -- [<account>]     deploys one account\n       npm run demo -- --destroy       removes everything";

/**
 * Reads the demo's command line.
 *
 * @param accounts the directory with a directory for each account
 * @throws RehearsalProblem for what is not understood, and for an account that is not there
 */
export function readDemoArguments(args: readonly string[], accounts: string): DemoArguments {
  const { destroy, names } = parse(args);
  const [account, ...more] = names;
  if (more.length > 0)
    throw new RehearsalProblem(`The demo deploys one account, not ${names.join(" and ")}.\n${USAGE}`);
  if (account === undefined) return { destroy, account };
  if (destroy)
    throw new RehearsalProblem(`--destroy removes everything and takes no account: leave out ${account}.`);
  const known = readdirSync(accounts).filter((name) => existsSync(join(accounts, name, "account.yaml")));
  if (!known.includes(account))
    throw new RehearsalProblem(`There is no account ${account}; there are ${known.join(", ")}.`);
  return { destroy, account };
}

function parse(args: readonly string[]): { readonly destroy: boolean; readonly names: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { destroy: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    return { destroy: values.destroy, names: positionals };
  } catch (error) {
    throw new RehearsalProblem(`${(error as Error).message.split(". ")[0]}.\n${USAGE}`);
  }
}
