import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import type { LocatedProblem } from "../../config/load-fleet";
import { outputOfOthers } from "../../config/output-of-others";
import type { Provenance } from "../../config/provenance";
import { atAccount } from "../../model/rules/entity-ref";
import { fleetLists } from "../list/fleet-lists";
import { loadAccounts } from "../load-accounts";
import { paintFor } from "../paint";
import { allowsDestroys } from "../policy/allows-destroys";
import { listedPolicies, policyReport, type ReportedWaiver } from "../policy/policy-report";
import { findingLines, policyListText, summaryText } from "../policy/policy-text";
import { readFinishedStack } from "../policy/read-finished-stack";
import { printProblems } from "../print-problems";
import { sentence } from "../sentence";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { today } from "../today";

interface PolicyOptions {
  readonly accounts: string;
  readonly list?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  npx fleet policy                                     # what the policies find in synthesized/
  npx fleet policy --list                              # every policy: what holds, why, what to do
  npx fleet policy --json | jq -r '.findings[] | select(.waiver == null) | "\\(.on) \\(.rule)"'

Judges what lies in synthesized/ beside the accounts, which need not be fresh: npm run synth writes it, and does not
write a stack with a finding. What an account lives with for a while is under waivers: in its account.yaml, with a
reason, an owner and an end; a waiver that has ended, or is about nothing, is a problem. Reads files only: no cloud, no
network.

Ends with 0, with 1 when there is a finding without a waiver, a waiver that has ended or is about nothing, or a stack
that is not in synthesized/, with 2 when it was called wrongly.
`;

/** `fleet policy`: which rules the synthesized Terraform must keep, and whether it does. */
export function addPolicyCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("policy")
    .description("Hold the synthesized Terraform against the policies, with the accounts' waivers.")
    .option("--list", "print the policies instead: what holds, why, what to do")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action((options: PolicyOptions) => finish(policy(options, terminal)));
}

function policy({ accounts, list, json }: PolicyOptions, terminal: Terminal): ExitCode {
  if (list) {
    const policies = listedPolicies();
    terminal.out(
      json
        ? `${JSON.stringify({ policies }, null, 2)}\n`
        : policyListText(policies, paintFor(terminal, "out")),
    );
    return EXIT.success;
  }
  const loaded = loadAccounts(terminal, accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const { fleet, provenance } = loaded;
  const foreign = outputOfOthers(accounts);
  if (foreign !== undefined) {
    terminal.err(`${sentence(foreign)}\n`);
    return EXIT.problems;
  }
  const directory = join(accounts, "..", "synthesized", "stacks");
  const listed = fleetLists(fleet, { rootName: basename(resolve(accounts)) }).stacks.map((stack) => ({
    stack,
    finished: readFinishedStack(directory, { id: stack.id, allowDestroys: allowsDestroys(stack, fleet) }),
  }));
  const missing = listed.flatMap(({ stack, finished }) => (finished ? [] : [stack.id]));
  if (missing.length > 0) {
    terminal.err(`Not in synthesized/: ${missing.join(", ")}. Run npm run synth, then this again.\n`);
    return EXIT.problems;
  }
  const report = policyReport(
    listed.map(({ stack, finished }) => ({ account: stack.account, finished: finished! })),
    fleet.accounts,
    today(),
  );
  if (json) {
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    terminal.err(findingLines(report.findings, paintFor(terminal, "err")));
    const problems = waiverProblems(report.waivers, provenance);
    if (problems.length > 0) printProblems(terminal, problems, "");
    terminal.out(summaryText(report));
  }
  return report.ok ? EXIT.success : EXIT.problems;
}

/** Where the waivers are that are not right, or soon not right. */
const waiverProblems = (
  waivers: readonly ReportedWaiver[],
  provenance: Provenance,
): readonly LocatedProblem[] =>
  waivers.flatMap(({ account, index, state, message }) => {
    if (message === null) return [];
    const { file, line, column, field } = provenance.originOf(atAccount({ id: account }), [
      "waivers",
      index,
      state === "unused" ? "on" : "until",
    ])!;
    return [{ file, line, column, field, message, severity: state === "ending" ? "warning" : "error" }];
  });
