import { App } from "cdktf";
import { formatProblems } from "./config/format-problems";
import { loadFleet } from "./config/load-fleet";
import { buildApp } from "./stacks/build-app";
import { planOutput, removeLeftovers } from "./stacks/output-directory";
import { withoutStackTraces } from "./stacks/without-stack-traces";

const outdir = process.env["CDKTF_OUTDIR"] ?? "synthesized";
const loaded = loadFleet(process.env["FLEET_ACCOUNTS"] ?? "accounts");
if (!loaded.ok) exitWith(formatProblems(loaded.problems));
const output = planOutput(outdir, loaded.fleet);
if (output.refusals.length > 0) exitWith(`${output.refusals.join("\n")}\n\nNothing was written.\n`);

withoutStackTraces(() => {
  const app = new App({ outdir, stackTraces: false });
  buildApp(app, loaded.fleet);
  app.synth();
});
for (const note of removeLeftovers(output)) process.stderr.write(`${note}\n`);
if (loaded.warnings.length > 0) process.stderr.write(formatProblems(loaded.warnings));

function exitWith(message: string): never {
  process.stderr.write(message);
  process.exit(1);
}
