import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CUSTOMERS_PER_ACCOUNT, generateAccounts } from "./generate-accounts";
import { measure, median, type Measurement } from "./measure";
import { sampleOutput } from "./sample-output";

/**
 * Synthesis of 1, 10, 100 and 1000 customers (each: server, one Google pool, one Linode pool) against a bare cdktf
 * program that creates the same stacks and resources, in one run: only the ratios mean anything on a shared machine.
 *
 * npm run bench [-- --json] [-- --sizes 1,10,100] [-- --runs 3]
 */

interface Row {
  readonly customers: number;
  readonly fleet: Measurement;
  readonly bare: Measurement;
  readonly check: Measurement;
  readonly wallRatio: number;
  readonly memoryRatio: number;
}

const GOAL = { ratio: 1.3, growth: 12, checkSeconds: 3 };

function option(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

async function measureSize(customers: number, runs: number, folder: string): Promise<Row> {
  const accounts = join(folder, `accounts-${customers}`, "accounts");
  generateAccounts(accounts, customers);

  const output = join(folder, `output-${customers}`);
  const fleet = await median(runs, () => {
    rmSync(output, { recursive: true, force: true });
    return measure("main.ts", [], { FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: output });
  });

  const samplePath = join(folder, "sample.json");
  if (customers === 1) writeFileSync(samplePath, JSON.stringify(sampleOutput(output, CUSTOMERS_PER_ACCOUNT)));
  const bareOutput = join(folder, `bare-${customers}`);
  const bare = await median(runs, () => {
    rmSync(bareOutput, { recursive: true, force: true });
    return measure("bench/bare-program.ts", [samplePath, String(customers)], { CDKTF_OUTDIR: bareOutput });
  });

  const check = await median(runs, () => measure("cli/fleet.js", ["check", "--accounts", accounts], {}));
  for (const done of [output, bareOutput]) rmSync(done, { recursive: true, force: true });
  return {
    customers,
    fleet,
    bare,
    check,
    wallRatio: fleet.wallSeconds / bare.wallSeconds,
    memoryRatio: fleet.peakMemoryMb / bare.peakMemoryMb,
  };
}

async function main(): Promise<void> {
  const asJson = process.argv.includes("--json");
  // The smallest size comes first: its output is the sample that the bare program repeats.
  const sizes = option("sizes", "1,10,100,1000").split(",").map(Number);
  if (sizes[0] !== 1)
    throw new Error("--sizes must begin with 1: the bare program repeats the output of one customer");
  const runs = Number(option("runs", "3"));
  const folder = mkdtempSync(join(tmpdir(), "fleet-bench-"));
  try {
    const rows: Row[] = [];
    for (const customers of sizes) {
      const row = await measureSize(customers, runs, folder);
      rows.push(row);
      if (!asJson) print(row, rows.length === 1);
    }
    const at = (customers: number) => rows.find((row) => row.customers === customers);
    const [small, large] = [at(100), at(1000)];
    const growth = small && large ? large.fleet.wallSeconds / small.fleet.wallSeconds : undefined;
    if (asJson) {
      console.log(JSON.stringify({ goal: GOAL, rows, growth }, null, 2));
    } else if (growth !== undefined) {
      console.log(`\n100 to 1000 customers: ${growth.toFixed(1)} times the time (10 is linear).`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(row: Row, withHeader: boolean): void {
  if (withHeader) {
    console.log("customers   synth      bare       ratio   memory     bare       ratio   fleet check");
  }
  const cell = (text: string, width: number) => text.padEnd(width);
  console.log(
    cell(String(row.customers), 12) +
      cell(`${row.fleet.wallSeconds.toFixed(2)} s`, 11) +
      cell(`${row.bare.wallSeconds.toFixed(2)} s`, 11) +
      cell(row.wallRatio.toFixed(2), 8) +
      cell(`${row.fleet.peakMemoryMb.toFixed(0)} MB`, 11) +
      cell(`${row.bare.peakMemoryMb.toFixed(0)} MB`, 11) +
      cell(row.memoryRatio.toFixed(2), 8) +
      `${row.check.wallSeconds.toFixed(2)} s`,
  );
}

void main();
