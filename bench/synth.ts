import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CUSTOMERS_PER_ACCOUNT, generateAccounts } from "./generate-accounts";
import { describeOneCustomer, measureOneCustomer } from "./one-customer";
import { measure, median, type Measurement } from "./measure";
import { countResources, sampleOutput } from "./sample-output";

/**
 * Synthesis of 1, 10, 100 and 1000 customers (each: server, one Google pool, one Linode pool) against a bare cdktf
 * program that creates the same stacks and resources, in one run: only the ratios mean anything on a shared machine.
 *
 * npm run bench [-- --json] [-- --sizes 1,10,100] [-- --runs 3]
 *
 * With --one: one customer alone, synthesized with its pools (FLEET_STACKS) and deployed, in repositories of 1, 100 and 1000 customers.
 */

interface Row {
  readonly customers: number;
  readonly fleet: Measurement;
  readonly bare: Measurement;
  readonly check: Measurement;
  readonly wallRatio: number;
  readonly memoryRatio: number;
}

/**
 * What is to be reached: the ratio of wall time and of peak memory at each size, the time and memory of 1000 customers
 * against 100 (10 is linear; start-up makes it less), and the seconds of `fleet check` for 1000.
 */
const GOAL = { ratio: 1.3, growth: 11, checkSeconds: 3 };

/** The generated customers differ in the size of their Linode pool, in turn from 1 to 3. */
const SAMPLED_CUSTOMERS = 3;

async function writeSample(path: string, folder: string): Promise<void> {
  const [accounts, output] = [join(folder, "sampled", "accounts"), join(folder, "sampled", "output")];
  generateAccounts(accounts, SAMPLED_CUSTOMERS);
  await measure("main.ts", [], { FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: output });
  writeFileSync(path, JSON.stringify(sampleOutput(output, CUSTOMERS_PER_ACCOUNT)));
}

async function measureSize(
  customers: number,
  runs: number,
  folder: string,
  samplePath: string,
): Promise<Row> {
  const accounts = join(folder, `accounts-${customers}`, "accounts");
  generateAccounts(accounts, customers);

  const output = join(folder, `output-${customers}`);
  const bareOutput = join(folder, `bare-${customers}`);
  const all = { fleet: [] as Measurement[], bare: [] as Measurement[], check: [] as Measurement[] };
  // In turns, so that a neighbour's load falls on all of them.
  for (let run = 0; run < runs; run++) {
    for (const directory of [output, bareOutput]) rmSync(directory, { recursive: true, force: true });
    all.fleet.push(await measure("main.ts", [], { FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: output }));
    all.bare.push(
      await measure("bench/bare-program.ts", [samplePath, String(customers)], { CDKTF_OUTDIR: bareOutput }),
    );
    const [ours, theirs] = [output, bareOutput].map(countResources);
    if (ours !== theirs) throw new Error(`${ours} resources against ${theirs}: that would compare nothing`);
    all.check.push(await measure("cli/fleet.js", ["check", "--accounts", accounts], {}));
  }
  for (const directory of [output, bareOutput]) rmSync(directory, { recursive: true, force: true });
  const [fleet, bare, check] = [median(all.fleet), median(all.bare), median(all.check)];
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
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      one: { type: "boolean", default: false },
      sizes: { type: "string" },
      runs: { type: "string", default: "3" },
    },
  });
  const asJson = values.json;
  const sizes = (values.sizes ?? (values.one ? "1,100,1000" : "1,10,100,1000")).split(",").map(Number);
  const runs = Number(values.runs);
  if (![...sizes, runs].every((number) => Number.isInteger(number) && number > 0))
    throw new Error("--sizes takes whole numbers with commas between, --runs one of them");
  const folder = mkdtempSync(join(tmpdir(), "fleet-bench-"));
  try {
    if (values.one) {
      const rows = await measureOneCustomer(sizes, runs, folder);
      console.log(asJson ? JSON.stringify({ rows }, null, 2) : describeOneCustomer(rows).join("\n"));
      return;
    }
    const samplePath = join(folder, "sample.json");
    await writeSample(samplePath, folder);
    const rows: Row[] = [];
    for (const customers of sizes) {
      const row = await measureSize(customers, runs, folder, samplePath);
      rows.push(row);
      if (!asJson) print(row, rows.length === 1);
    }
    const verdict = judge(rows);
    if (asJson) console.log(JSON.stringify({ goal: GOAL, rows, ...verdict }, null, 2));
    else console.log(`\n${verdict.lines.join("\n")}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Holds the figures against the goal, in words and for machines. */
function judge(rows: readonly Row[]): { readonly reached: boolean; readonly lines: readonly string[] } {
  const checks: { readonly what: string; readonly figure: number; readonly goal: number }[] = [
    {
      what: "largest ratio of wall time",
      figure: Math.max(...rows.map((row) => row.wallRatio)),
      goal: GOAL.ratio,
    },
    {
      what: "largest ratio of peak memory",
      figure: Math.max(...rows.map((row) => row.memoryRatio)),
      goal: GOAL.ratio,
    },
  ];
  const at = (customers: number) => rows.find((row) => row.customers === customers);
  const [small, large] = [at(100), at(1000)];
  if (small && large) {
    const growth = (figure: (of: Measurement) => number) => figure(large.fleet) / figure(small.fleet);
    checks.push(
      { what: "wall time, 1000 customers to 100", figure: growth((of) => of.wallSeconds), goal: GOAL.growth },
      {
        what: "peak memory, 1000 customers to 100",
        figure: growth((of) => of.peakMemoryMb),
        goal: GOAL.growth,
      },
      { what: "seconds of fleet check for 1000", figure: large.check.wallSeconds, goal: GOAL.checkSeconds },
    );
  }
  return {
    reached: checks.every(({ figure, goal }) => figure <= goal),
    lines: checks.map(
      ({ what, figure, goal }) =>
        `${figure <= goal ? "reached" : "MISSED "}  ${what}: ${figure.toFixed(2)} (goal: at most ${goal})`,
    ),
  };
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
