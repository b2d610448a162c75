import type { Command } from "commander";
import type { Fleet } from "../../model/fleet";
import { destroyedWith } from "../../rollout/destroyed-with";
import { fleetStacks } from "../../rollout/fleet-stacks";
import { poolsWithCalls, stillNeeded } from "../../rollout/judge-destroy";
import { LIMIT, PARALLELISM, wholeNumber } from "../deploy/deploy-flags";
import { CalledWrongly, DeployProblem } from "../deploy/deployer";
import type { DestroyResult } from "../deploy/destroy-result";
import { DestroyRun } from "../deploy/destroy-stacks";
import { destroyText } from "../deploy/destroy-text";
import { inSession, type SessionFlags } from "../deploy/in-session";
import { brokenOff, type Session } from "../deploy/session";
import { unfinished } from "../deploy/unfinished";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface DestroyFlags extends SessionFlags {
  readonly cutCalls?: true;
  readonly limit?: string;
  readonly parallelism: string;
  readonly plans?: true;
}

const EXAMPLES = `
Examples:
  npx fleet destroy bridges-acme-nl-static
  npx fleet destroy customer-abc bridges-acme-eu-burst bridges-acme-nl-static --cut-calls
  npx fleet destroy bridges-acme-eu-burst --cut-calls --rehearse --yes

Only stacks that are named are destroyed, pools first, then customers, then accounts. The name of a customer or an account
destroys nothing: it prints the command with every stack that would have to go. A stack that another one needs, which
is not named, stays; so does a pool on which calls may be, unless you say --cut-calls. Every stack is planned before any is
destroyed, and you are asked to type the names. What is protected stays: allowDestroys in the data lets it go, deployed
before. When a destroy broke off, give the same command again: what is gone already is left out.

Each stack has a line when it begins and one when it ends. Every line of Terraform is in .fleet/logs/<stack>.log
(.rehearsal/rollout/logs with --rehearse) until the stack is deployed or destroyed again.

To remove a customer or a pool for good, retire it instead (docs/operations.md): then the review shows it.

Ends with 0, with 1 when something was refused or failed, with 2 when it was called wrongly or nobody could be asked, with
130 after Ctrl-C.
`;

/** `fleet destroy`: stacks that are named, in the reverse order. */
export function addDestroyCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("destroy <stacks...>")
    .description("Destroy what the named stacks run, and nothing else, planned and shown before.")
    .option("--cut-calls", "destroy pools on which calls may be")
    .option("--limit <stacks>", `refuse when more stacks than that would go (default: ${LIMIT})`)
    .option("--parallelism <stacks>", "stacks that are planned or destroyed at a time", String(PARALLELISM))
    .option("--plans", "print the plan of each stack; with one stack it is always printed")
    .option("--verbose", "print every line of Terraform")
    .option("--yes", "ask nothing")
    .option("--rehearse", "destroy on pretended clouds, in .rehearsal/")
    .option("--json", "print one JSON object for machines; everything else goes to the error output")
    .option("--accounts <directory>", "directory of the accounts; synthesized/ is beside it", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], flags: DestroyFlags) => finish(await destroy(names, flags, terminal)));
}

const destroy = (names: readonly string[], flags: DestroyFlags, terminal: Terminal): Promise<ExitCode> => {
  const limit = wholeNumber("--limit", flags.limit, LIMIT);
  const parallelism = wholeNumber("--parallelism", flags.parallelism, PARALLELISM);
  return inSession(terminal, flags, {
    parallelism: () => {
      for (const each of [limit, parallelism]) if (typeof each === "string") throw new CalledWrongly(each);
      return parallelism as number;
    },
    refuse: (fleet) => refuse(fleet, names, flags),
    run: (session, fleet) => {
      const earlier = session.file.read();
      if (earlier) throw new CalledWrongly(unfinished(session, earlier));
      return run(session, fleet, names, { limit: limit as number, flags, terminal });
    },
    ended: (outcome, reason): DestroyResult => ({
      outcome,
      rehearsed: flags.rehearse ?? false,
      reason,
      stacks: [],
    }),
  });
};

/** What the data alone say against it. @throws CalledWrongly, DeployProblem */
function refuse(fleet: Fleet, names: readonly string[], flags: DestroyFlags): void {
  const stacks = fleetStacks(fleet);
  if (!names.every((name) => stacks.has(name))) {
    const unknown = names.find((name) => !destroyedWith(stacks, [name]));
    const message =
      unknown === undefined
        ? destroyText.byIds(
            names.filter((name) => !stacks.has(name)),
            destroyedWith(stacks, names)!,
            flags,
          )
        : unknownName("stack", unknown, [...stacks.keys()]);
    throw new CalledWrongly(message.trimEnd());
  }
  const destroyed = new Set(names);
  const needed = stillNeeded(stacks, destroyed);
  if (needed.length > 0) throw new DeployProblem(destroyText.stillNeeded(needed));
  const busy = flags.cutCalls ? [] : poolsWithCalls(fleet, destroyed);
  if (busy.length > 0) throw new DeployProblem(destroyText.mayHaveCalls(busy));
}

async function run(
  session: Session,
  fleet: Fleet,
  names: readonly string[],
  {
    limit,
    flags,
    terminal,
  }: { readonly limit: number; readonly flags: DestroyFlags; readonly terminal: Terminal },
): Promise<ExitCode> {
  const all = fleetStacks(fleet);
  const stacks = [...new Set(names)].map((name) => all.get(name)!);
  const destroyRun = new DestroyRun(session, { stacks, limit, showPlans: flags.plans ?? false });
  const ended = await destroyRun
    .run()
    .then((result) => ({ code: codeOf(result.outcome), reason: undefined, ...result }))
    .catch(brokenOff);
  const result: DestroyResult = {
    outcome: ended.outcome,
    rehearsed: session.options.rehearse,
    reason: ended.reason ?? null,
    stacks: destroyRun.result,
  };
  const gone = result.stacks
    .filter(({ status }) => status === "destroyed")
    .map(({ stack }) => all.get(stack)!);
  if (ended.reason !== undefined) session.note(`\n${ended.reason}\n`);
  else
    session.say(ended.outcome === "unchanged" ? "\nNothing to destroy.\n" : `\n${gone.length} destroyed.\n`);
  if (gone.length > 0) session.say(`${destroyText.whatRemains(gone)}\n`);
  if (flags.json) terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  return ended.code;
}

const codeOf = (outcome: DestroyResult["outcome"]): ExitCode =>
  outcome === "destroyed" || outcome === "unchanged" ? EXIT.success : EXIT.problems;
