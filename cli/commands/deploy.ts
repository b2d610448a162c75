import type { Command } from "commander";
import type { Fleet } from "../../model/fleet";
import { fleetStacks } from "../../rollout/fleet-stacks";
import { planWaves } from "../../rollout/plan-waves";
import {
  contradiction,
  type DeployFlags,
  LIMIT,
  PARALLELISM,
  readRequest,
  WAVE_SIZE,
  wholeNumber,
} from "../deploy/deploy-flags";
import type { DeployResult } from "../deploy/deploy-result";
import { DeployRun } from "../deploy/deploy-stacks";
import { deployText } from "../deploy/deploy-text";
import { CalledWrongly } from "../deploy/deployer";
import { endedWaivers } from "../deploy/ended-waivers";
import { inSession } from "../deploy/in-session";
import type { Rollout, RolloutRequest } from "../deploy/rollout-file";
import { resumedRequest } from "../deploy/resumed-request";
import { selectRequest } from "../deploy/select-request";
import { brokenOff, type Session } from "../deploy/session";
import { unfinished } from "../deploy/unfinished";
import { stackSecrets } from "../secrets/stack-secrets";
import { today } from "../today";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

const EXAMPLES = `
Examples:
  npx fleet deploy abc                                    # customer abc and the pools that serve it, not its account
  npx fleet deploy acme/eu-burst                          # a pool
  npx fleet deploy customer-abc bridges-acme-eu-burst     # exactly these stacks
  npx fleet deploy --account acme                         # an account with its customers and pools
  npx fleet deploy --all --canary abc --limit 60 --soak 10m
  npx fleet deploy --all --rehearse                       # the same on pretended clouds, in .rehearsal/
  npx fleet deploy --resume                               # goes on after a failure

Accounts go first, then customers, then pools whose customers are done. With --canary one customer goes before the
others, with the pools that are its own; the others follow in waves, and a pool goes with the last customer that it
serves. After the canary you are asked whether to go on.

Every stack is planned before any is deployed, and what is applied is the plan that you saw. Nothing is deployed when the
plans change more stacks than --limit says, or take away an object that is there without --allow-destroys. New machine
templates and terraform_data, which hold nothing, are replaced without it. What is deployed is what was reviewed:
synthesized/ must be what the accounts say now. A waiver that has ended is a warning here, and stops the next pull request.

Each stack has a line when it begins and one when it ends, with its outputs. Every line of Terraform is in
.fleet/logs/<stack>.log (.rehearsal/rollout/logs with --rehearse) until the stack is deployed again.

A failure ends the run: what runs is finished, nothing else is begun, and .fleet/rollout.json knows what is done. Ctrl-C
does the same. A stack that is retired is deployed (which destroys what it ran) only when it is named.

Linode pools need passwords, which are fetched from Secret Manager unless \`fleet secrets env\` has put them into the
environment. TERRAFORM_BINARY_NAME names another Terraform. The commands of Terraform run as whoever is logged in.

Ends with 0, with 1 when something was refused or failed, with 2 when it was called wrongly or nobody could be asked, with
130 after Ctrl-C.
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `fleet deploy`: several stacks in the right order. */
export function addDeployCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("deploy [targets...]")
    .description("Deploy customers, pools, accounts or everything, in order, and planned before.")
    .option("--account <account>", "the account, its customers and its pools; can be repeated", collect)
    .option("--all", "everything that is not retired")
    .option("--canary <customer>", "customer that goes first, before you are asked whether to go on")
    .option("--wave-size <customers>", `customers in one wave after the canary (default: ${WAVE_SIZE})`)
    .option("--soak <duration>", "wait so long between two waves, such as 10m or 2h (default: not at all)")
    .option("--limit <stacks>", `refuse when more stacks than that would change (default: ${LIMIT})`)
    .option("--parallelism <stacks>", "stacks that are planned or deployed at a time", String(PARALLELISM))
    .option("--allow-destroys", "let the plans take away objects that are there")
    .option("--plans", "print the plan of each stack; with one stack it is always printed")
    .option("--verbose", "print every line of Terraform")
    .option("--yes", "ask nothing")
    .option("--resume", "go on with the rollout that is unfinished")
    .option("--forget", "forget the rollout that is unfinished; what it has deployed stays")
    .option("--rehearse", "deploy to pretended clouds, in .rehearsal/")
    .option("--json", "print one JSON object for machines; everything else goes to the error output")
    .option("--accounts <directory>", "directory of the accounts; synthesized/ is beside it", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], flags: DeployFlags) => finish(await deploy(names, flags, terminal)));
}

const deploy = (names: readonly string[], flags: DeployFlags, terminal: Terminal): Promise<ExitCode> =>
  inSession(terminal, flags, {
    parallelism: () => {
      const parallelism = wholeNumber("--parallelism", flags.parallelism, PARALLELISM);
      const wrong = contradiction(names, flags) ?? [parallelism, readRequest(names, flags)].find(isText);
      if (wrong !== undefined) throw new CalledWrongly(wrong);
      return parallelism as number;
    },
    run: (session, fleet) => {
      for (const line of endedWaivers(fleet.accounts, today())) session.note(`${line}\n`);
      return deployIn(session, names, flags, fleet, terminal);
    },
    ended: (outcome, reason) => nothingSelected(flags, outcome, reason),
  });

/** The result of a run that ended before stacks were selected. */
const nothingSelected = (
  { rehearse }: DeployFlags,
  outcome: DeployResult["outcome"],
  reason: string | null,
): DeployResult => ({ outcome, rehearsed: rehearse ?? false, reason, stacks: [], leftOut: [] });

async function deployIn(
  session: Session,
  names: readonly string[],
  flags: DeployFlags,
  fleet: Fleet,
  terminal: Terminal,
): Promise<ExitCode> {
  const wasThere = session.file.exists;
  if (flags.forget) session.file.remove(); // unread: it may be damaged
  const earlier = session.file.read();
  if (flags.forget) {
    session.note(wasThere ? "The unfinished rollout is forgotten.\n" : "No rollout is unfinished.\n");
    if (names.length === 0 && !flags.all && !flags.account) {
      const result = nothingSelected(flags, wasThere ? "forgotten" : "unchanged", null);
      if (flags.json) terminal.out(`${JSON.stringify(result, null, 2)}\n`);
      return EXIT.success;
    }
  } else if (flags.resume && !earlier) throw new CalledWrongly("--resume: no rollout is unfinished");
  else if (earlier && !flags.resume) throw new CalledWrongly(unfinished(session, earlier));
  const request = readRequest(names, flags, flags.resume && earlier?.asked);
  if (typeof request === "string") throw new CalledWrongly(request);
  return run(session, { fleet, request, flags, terminal, ...(flags.resume && earlier && { earlier }) });
}

interface RunInput {
  readonly fleet: Fleet;
  readonly request: RolloutRequest;
  readonly earlier?: Rollout;
  readonly flags: DeployFlags;
  readonly terminal: Terminal;
}

async function run(
  session: Session,
  { fleet, request: asked, earlier, flags, terminal }: RunInput,
): Promise<ExitCode> {
  const { request, gone, goneCanary } = earlier
    ? resumedRequest(fleet, asked, earlier, session.options)
    : { request: asked, gone: [], goneCanary: undefined };
  const { stacks, canary, leftOut } = selectRequest(fleet, request);
  if (gone.length > 0 || goneCanary !== undefined) session.say(`${deployText.gone(gone, goneCanary)}\n`);
  if (leftOut.length > 0) session.say(`${deployText.leftOut(leftOut)}\n`);

  const deployRun = new DeployRun(session, {
    request,
    ...(earlier && { earlier }),
    waves: planWaves(stacks, { size: request.waveSize, ...(canary !== undefined && { canary }) }),
    stacks: fleetStacks(fleet),
    secrets: new Map([...stackSecrets(fleet)].map(([id, { secrets }]) => [id, secrets])),
    showPlans: flags.plans ?? false,
    allowDestroys: flags.allowDestroys ?? false,
  });
  const ended = await deployRun
    .run()
    .then((result) => ({ code: codeOf(result.outcome), reason: undefined, ...result }))
    .catch(brokenOff);
  const reason =
    ended.outcome === "interrupted" && session.file.exists
      ? deployText.interrupted(deployRun.result.filter(isLeft).length)
      : ended.reason;
  const result: DeployResult = {
    outcome: ended.outcome,
    rehearsed: session.options.rehearse,
    reason: reason ?? null,
    stacks: deployRun.result,
    leftOut: [...leftOut, ...gone],
  };
  if (reason !== undefined) session.note(`\n${reason}\n`);
  if (reason !== undefined && session.file.exists) session.note(`${deployText.goOn(session.options)}\n`);
  if (reason === undefined) session.say(`\n${summary(result)}\n`);
  if (session.options.json) terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  return ended.code;
}

const isLeft = ({ status }: DeployResult["stacks"][number]): boolean =>
  status === "waiting" || status === "failed";

const codeOf = (outcome: DeployResult["outcome"]): ExitCode =>
  outcome === "deployed" || outcome === "unchanged" ? EXIT.success : EXIT.problems;

function summary({ outcome, stacks, rehearsed }: DeployResult): string {
  if (outcome === "unchanged") return "Nothing to deploy: no plan has changes.";
  const count = (status: string): number => stacks.filter((each) => each.status === status).length;
  const quiet = count("unchanged") + count("done before");
  const rest = quiet > 0 ? `, ${quiet} had nothing to change` : "";
  return `${count("deployed")} deployed${rehearsed ? " to the pretended clouds" : ""}${rest}.`;
}

const isText = (value: unknown): value is string => typeof value === "string";
