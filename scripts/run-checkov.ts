import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { today } from "../cli/today";
import { formatProblems } from "../config/format-problems";
import { isCalendarDay } from "../model/is-calendar-day";
import { quoted } from "../model/quoted";
import { checkovFiles } from "./checkov/checkov-files";
import { CHECKOV_MODULE, CHECKOV_VERSION, installCheckov } from "./checkov/install-checkov";
import { type CheckovReport, judgeCheckov } from "./checkov/judge-checkov";
import { type CheckovWaiver, readCheckovWaivers, WAIVERS_FILE } from "./checkov/read-waivers";

/**
 * `npm run checkov [-- <directory of stacks>] [--today <day>]`: Checkov over the synthesized output. Ends with 1 when there is a
 * finding without a waiver, a waiver that has ended, or one without a finding; with 2 when it was called wrongly.
 */
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { today: { type: "string", default: today() } },
});
if (!isCalendarDay(given.today)) {
  console.error(
    `--today: ${quoted(given.today)} is no day; allowed: one such as 2027-01-31; leave it out for today`,
  );
  process.exitCode = 2;
} else {
  const { waivers, problems } = readCheckovWaivers(
    readFileSync(join(__dirname, "..", WAIVERS_FILE)),
    given.today,
  );
  if (problems.length > 0) console.error(formatProblems(problems, undefined, " Checkov was not asked."));
  if (problems.some(({ severity }) => severity === "error")) process.exitCode = 1;
  else hold(resolve(positionals[0] ?? "synthesized/stacks"), waivers);
}

function hold(stacks: string, waivers: readonly CheckovWaiver[]): void {
  const python = installCheckov();
  const addresses: string[] = [];
  const input = mkdtempSync(join(tmpdir(), "fleet-checkov-"));
  try {
    for (const stack of readdirSync(stacks)) {
      const text = readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8");
      mkdirSync(join(input, stack));
      for (const [file, content] of checkovFiles(JSON.parse(text) as Record<string, unknown>)) {
        addresses.push(file.replace(/\.tf\.json$/, ""));
        writeFileSync(join(input, stack, file), content);
      }
    }
    const { open, waived, passed, outdated, unused } = judgeCheckov(run(python, input), waivers, addresses);
    for (const finding of open) console.error(finding);
    for (const { rule, on } of outdated)
      console.error(`${on}  ${rule}: Checkov does not find it any more; take the waiver away`);
    for (const { rule, on } of unused)
      console.error(`note: the waiver of ${rule} on ${on} is about nothing here`);
    if (open.length > 0 || outdated.length > 0) {
      console.error(
        `\nMend what is right; the rest gets a waiver in ${WAIVERS_FILE}, with its reason (npm run docs).`,
      );
      process.exitCode = 1;
    }
    console.log(
      `Checkov ${CHECKOV_VERSION}: ${passed} checks passed, ${waived} findings waived, ${open.length} open`,
    );
  } finally {
    rmSync(input, { recursive: true });
  }
}

function run(python: string, directory: string): CheckovReport {
  const { stdout, stderr, error } = spawnSync(
    python,
    // --skip-download: it asks nobody. It ends with 1 for any finding, so its code says nothing.
    [
      ...CHECKOV_MODULE,
      "--directory",
      directory,
      "--framework",
      "terraform_json",
      "--skip-download",
      "--compact",
      "--quiet",
      "--output",
      "json",
    ],
    { encoding: "utf8", maxBuffer: 1e9 },
  );
  if (error) throw error;
  try {
    return JSON.parse(stdout) as CheckovReport;
  } catch {
    throw new Error(`Checkov gave no report:\n${stderr.slice(-2000)}`);
  }
}
