/**
 * The whole path with no cloud account:
 *
 *   npm run demo [-- <account>]     check, synthesize, deploy one account (acme), show what exists
 *   npm run demo -- --destroy       remove everything that was deployed
 */
import { join } from "node:path";
import { accountStacks, deployOrder } from "./demo/account-stacks";
import { compareObjects, deployedObjects } from "./demo/deployed-objects";
import { DeployProgress } from "./demo/deploy-progress";
import { LiveLine } from "./demo/live-line";
import { readDemoArguments } from "./demo/demo-arguments";
import { checkData, synthesize } from "./demo/project-steps";
import { renderSummary } from "./demo/summary";
import { count, seconds } from "./demo/table";
import { poolsWithKeeper } from "./keeper-rehearsal/deployed-keeper";
import { startRehearsal } from "./rehearsal";
import { checkNode } from "./workspace/find-tools";
import { Interruption } from "./workspace/interruption";
import { RehearsalProblem } from "./workspace/rehearsal-problem";
import type { Rehearsal } from "./rehearsal";
import type { StackResult } from "./workspace/terraform-line";

const PROJECT = join(__dirname, "..");
const SYNTHESIZED = join(PROJECT, "synthesized");
const DIRECTORY = join(PROJECT, ".rehearsal");
const DEFAULT_ACCOUNT = "acme";
const NAME_WIDTH = 26;

const out = new LiveLine(process.stdout);
const begun = performance.now();
const interruption = new Interruption(() => out.print("\nInterrupted: what runs finishes what it began …"));

async function main(): Promise<void> {
  checkNode(process.versions.node);
  const { destroy, account } = readDemoArguments(process.argv.slice(2), join(PROJECT, "accounts"));
  await withRehearsal((rehearsal) =>
    destroy ? destroyEverything(rehearsal) : deployAccount(rehearsal, account ?? DEFAULT_ACCOUNT),
  );
}

async function deployAccount(rehearsal: Rehearsal, account: string): Promise<void> {
  out.print(
    `Rehearsal of account ${account}: real cdktf and Terraform, pretended clouds. Nothing leaves this machine.\n`,
  );
  await step("check", "reading accounts/", () => checkData(PROJECT));
  await step("synthesize", "writing synthesized/", async () => {
    await synthesize(PROJECT);
    return `${count(deployOrder(SYNTHESIZED).length, "stack")} in synthesized/`;
  });
  await rehearsal.copy(SYNTHESIZED);
  const stacks = accountStacks(SYNTHESIZED, account);
  out.print(`  deploy      cdktf deploy ${stacks.join(" ")}`);
  const assumed = rehearsal.assumed.filter(({ stack }) => stacks.includes(stack)).map(({ object }) => object);
  for (const object of new Set(assumed))
    out.print(`              taken for granted, no stack creates it: ${object}`);
  const results = await runCdktf(rehearsal, "deploy", stacks);
  out.print(`\n${conclusion(results)}\n`);
  for (const stack of rehearsal.leftOver)
    out.print(
      `stack ${stack} is still deployed but no longer synthesized; npm run demo -- --destroy removes it\n`,
    );
  out.print(renderSummary(stacks, deployedObjects(DIRECTORY, stacks)));
  out.print(`\n${whatNext(account, stacks)}`);
}

async function destroyEverything(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.copy(SYNTHESIZED);
  const stacks = deployOrder(DIRECTORY)
    .filter((stack) => rehearsal.isDeployed(stack))
    .reverse();
  if (stacks.length === 0) return out.print("Nothing is deployed: there is nothing to destroy.");
  out.print(`Removing ${count(stacks.length, "stack")} from the pretended clouds.\n`);
  const lifted = { preventDestroy: 0, keptByCloud: 0 };
  for (const stack of stacks) {
    const { preventDestroy, keptByCloud } = await rehearsal.liftProtections(stack);
    lifted.preventDestroy += preventDestroy;
    lifted.keptByCloud += keptByCloud;
  }
  out.print(
    `  protections  ${lifted.preventDestroy} prevent_destroy and ${lifted.keptByCloud} of the cloud lifted, in .rehearsal only`,
  );
  out.print(`  destroy      cdktf destroy ${stacks.join(" ")}`);
  const results = await runCdktf(rehearsal, "destroy", stacks);
  out.print(`\n${conclusion(results)}`);
}

/** Runs cdktf and prints a line for each stack. @throws RehearsalProblem with Terraform's words when it fails */
async function runCdktf(
  rehearsal: Rehearsal,
  verb: "deploy" | "destroy",
  stacks: readonly string[],
): Promise<StackResult[]> {
  const before = deployedObjects(DIRECTORY, stacks);
  const results: StackResult[] = [];
  const open = [...stacks];
  let started = performance.now();
  const finish = (stack: string): void => {
    const [old, now] = [
      before.filter((object) => object.stack === stack),
      deployedObjects(DIRECTORY, [stack]),
    ];
    const result = progress.results.get(stack) ?? compareObjects(old, now);
    results.push(result);
    out.print(
      `    ${stack.padEnd(NAME_WIDTH)}  ${describe(result).padEnd(34)}  ${seconds(performance.now() - started).padStart(7)}`,
    );
  };
  const progress = new DeployProgress(stacks, {
    began(stack) {
      // cdktf works on one stack after the other, in this order.
      open.splice(0, open.indexOf(stack)).forEach(finish);
      started = performance.now();
    },
    step: (stack, done, total, address) =>
      out.show(`    ${stack.padEnd(NAME_WIDTH)}  ${done}/${total}  ${address}`),
  });
  interruption.check();
  out.show("    starting cdktf");
  const onLine = (line: string): void => progress.read(line);
  const { code } = await (verb === "deploy"
    ? rehearsal.cdktfDeploy(stacks, onLine)
    : rehearsal.cdktfDestroy(stacks, onLine));
  if (code !== 0) {
    const said =
      progress.errorText ||
      `cdktf ended with exit code ${code} and no word; ask Terraform: npm run rehearse -- ${open[0]} plan`;
    throw new RehearsalProblem(
      `cdktf ${verb} failed:\n\n${said}\n\nWhat was done so far is kept in .rehearsal; run the demo again to go on.`,
    );
  }
  open.forEach(finish);
  return results;
}

function describe({ added, changed, destroyed }: StackResult): string {
  const parts = [
    added && `${added} added`,
    changed && `${changed} changed`,
    destroyed && `${destroyed} destroyed`,
  ];
  return parts.filter(Boolean).join(", ") || "no changes";
}

function conclusion(results: readonly StackResult[]): string {
  const total = results.reduce(
    (sum, { added, changed, destroyed }) => ({
      added: sum.added + added,
      changed: sum.changed + changed,
      destroyed: sum.destroyed + destroyed,
    }),
    { added: 0, changed: 0, destroyed: 0 },
  );
  const what = describe(total);
  return `${count(results.length, "stack")} in ${seconds(performance.now() - begun)}: ${what}.`;
}

/** Runs one step and prints what came of it and how long it took. */
async function step(name: string, doing: string, run: () => Promise<string>): Promise<void> {
  const started = performance.now();
  out.show(`  ${name.padEnd(10)}  ${doing}`);
  interruption.check();
  const found = await run();
  out.print(
    `  ${name.padEnd(10)}  ${found.padEnd(NAME_WIDTH + 38)}  ${seconds(performance.now() - started).padStart(7)}`,
  );
}

async function withRehearsal(run: (rehearsal: Rehearsal) => Promise<void>): Promise<void> {
  const rehearsal = await startRehearsal({ directory: DIRECTORY, project: PROJECT });
  try {
    await run(rehearsal);
  } finally {
    await rehearsal.close();
  }
}

function whatNext(account: string, stacks: readonly string[]): string {
  const customer = stacks.find((stack) => stack.startsWith("customer-")) ?? stacks[0]!;
  const lines = [
    ["npm run demo", "again: nothing changes"],
    [`npm run rehearse -- ${customer} plan`, "any Terraform command on one stack"],
    [`edit a file in accounts/${account}/ and run the demo`, "watch what Terraform makes of it"],
    [
      "edit .rehearsal/clouds.json and plan a stack",
      "drift: the objects in the pretended clouds are in this file",
    ],
    ...poolsWithKeeper(DIRECTORY)
      .slice(0, 1)
      .map((pool) => [
        `npm run rehearse:keeper -- ${pool}`,
        "its keeper at work, through a day of 8 minutes",
      ]),
    ["npm run demo -- --destroy", "remove everything"],
  ];
  const width = Math.max(...lines.map(([command]) => command!.length));
  return `Try next\n${lines.map(([command, effect]) => `  ${command!.padEnd(width)}  ${effect!}`).join("\n")}`;
}

// Whoever reads the output may stop, as `head` does: the deploy goes on.
process.stdout.on("error", () => undefined);
main().catch((error: unknown) => {
  out.clear();
  if (interruption.hasHappened) {
    out.print("Stopped. What was done so far is kept in .rehearsal; run the demo again to go on.");
    process.exitCode = 130;
    return;
  }
  const message =
    error instanceof RehearsalProblem ? error.message : error instanceof Error ? error.stack : String(error);
  console.error(`\n${message}`);
  process.exitCode = 1;
});
