import { App } from "cdktf";
import { formatProblems } from "./config/format-problems";
import { loadFleet } from "./config/load-fleet";
import { outputOfOthers } from "./config/output-of-others";
import { buildApp } from "./stacks/build-app";
import { chooseStacks } from "./stacks/choose-stacks";
import { keepOtherStacks } from "./stacks/other-stacks";
import { planOutput, removeLeftovers } from "./stacks/output-directory";
import { planStacks } from "./stacks/planned-stack";
import { synthApp } from "./stacks/synth-app";
import { withoutStackTraces } from "./stacks/without-stack-traces";

const accounts = process.env["FLEET_ACCOUNTS"] ?? "accounts";
const outdir = process.env["CDKTF_OUTDIR"] ?? "synthesized";
const loaded = loadFleet(accounts);
if (!loaded.ok) exitWith(formatProblems(loaded.problems));
const foreign = outputOfOthers(accounts, outdir);
if (foreign !== undefined) exitWith(`${foreign}\n\nNothing was written.\n`);

withoutStackTraces(() => {
  const choice = chooseStacks(planStacks(loaded.fleet), process.env["FLEET_STACKS"]);
  if (!choice.ok) exitWith(`${choice.problem}\n\nNothing was written.\n`);
  const app = new App({ outdir, stackTraces: false });
  buildApp(app, loaded.fleet, choice.stacks);
  const plan = planOutput(app, loaded.fleet, choice.partial);
  if (plan.refusals.length > 0) exitWith(`${plan.refusals.join("\n")}\n\nNothing was written.\n`);
  keepOtherStacks(app, plan.others);
  const broken = synthApp(app);
  if (broken !== undefined) exitWith(broken);
  for (const note of removeLeftovers(plan)) process.stderr.write(`${note}\n`);
});
if (loaded.warnings.length > 0) process.stderr.write(formatProblems(loaded.warnings));

function exitWith(message: string): never {
  process.stderr.write(message);
  process.exit(1);
}
