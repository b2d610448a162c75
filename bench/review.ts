import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ReviewResult } from "../cli/review/review-result";
import { generateAccounts } from "./generate-accounts";
import { measure } from "./measure";

/**
 * `fleet review` of one change in a repository of 100 customers (each: server, one Google pool, one Linode pool).
 *
 * npm run bench:review [-- --json] [-- --customers 100]
 */

/** Seconds on two cores. */
const GOAL = 30;

/** What changes, the stacks that it may touch, and the class that is said. */
const CHANGES = [
  {
    name: "a setting of one customer's Jicofo",
    file: "org000/customers/c0042.yaml",
    lines: "jicofo: { maxParticipantsPerBridge: 40 }\n",
    stacks: ["customer-c0042"],
    notice: "moves calls",
  },
  {
    name: "one bridge of a Linode pool that drains, on top",
    file: "org000/pools/c0007-base.yaml",
    lines: "draining: 1\n",
    stacks: ["customer-c0042", "customer-c0007", "bridges-org000-c0007-base"],
    notice: "moves calls",
  },
] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: "boolean", default: false }, customers: { type: "string", default: "100" } },
  });
  const customers = Number(values.customers);
  if (!Number.isInteger(customers) || customers < 43)
    throw new Error("--customers takes a whole number from 43 on");
  const root = mkdtempSync(join(tmpdir(), "fleet-bench-review-"));
  try {
    const accounts = join(root, "accounts");
    const environment = { FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: join(root, "synthesized") };
    generateAccounts(accounts, customers);
    await measure("main.ts", [], environment);
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@acme.example", ...args], {
        cwd: root,
      });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "base");
    const rows = [];
    for (const { name, file, lines, stacks, notice } of CHANGES) {
      appendFileSync(join(accounts, file), lines);
      await measure("main.ts", [], environment);
      const { seconds, result } = review(accounts);
      const touched = result.stacks.map(({ stack }) => stack).sort();
      if (touched.join(" ") !== [...stacks].sort().join(" "))
        throw new Error(`${name}: planned were ${touched.join(", ")}, not ${stacks.join(", ")} alone`);
      if (result.notice !== notice) throw new Error(`${name}: classed as ${result.notice}, not ${notice}`);
      rows.push({ name, seconds, planned: touched.length, untouched: result.untouched, notice });
    }
    const reached = rows.every(({ seconds }) => seconds <= GOAL);
    if (values.json)
      console.log(JSON.stringify({ goal: { customers, seconds: GOAL }, rows, reached }, null, 2));
    else
      for (const { name, seconds, planned, untouched, notice } of rows)
        console.log(
          `${seconds <= GOAL ? "reached" : "MISSED "}  ${seconds.toFixed(1)} s (goal: ${GOAL} s)  ${name}: ${planned} of ` +
            `${planned + untouched} stacks planned, ${notice}`,
        );
    if (!reached) process.exitCode = 1;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function review(accounts: string): { readonly seconds: number; readonly result: ReviewResult } {
  const begin = performance.now();
  const args = [
    "cli/fleet.js",
    "review",
    "--base",
    "HEAD",
    "--json",
    "--allow",
    "destroys data",
    "--accounts",
    accounts,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`fleet review ended with ${String(status)}:\n${stderr}${stdout}`);
  return { seconds, result: JSON.parse(stdout) as ReviewResult };
}

void main();
