import { rmSync } from "node:fs";
import { join } from "node:path";
import { generateAccounts } from "./generate-accounts";
import { measure, median, type Measurement } from "./measure";

/** A customer with its two pools, as `generateAccounts` names them: the same in every repository. */
const FLEET_STACKS = "customer-c0000 bridges-org000-c0000-burst bridges-org000-c0000-base";

/** What is to be reached: wall time in a repository of 100 customers against a repository of one. */
const GOAL = { customers: 100, ratio: 1.5 };

export interface OneCustomerRow {
  readonly customers: number;
  /** One customer and its pools, over the output of the full synth. */
  readonly one: Measurement;
  /** Every stack, into an empty directory; one run. */
  readonly full: Measurement;
  /** Wall time of `one` against the smallest repository, and against the full synth of this one. */
  readonly toSmallest: number;
  readonly toFull: number;
}

/** Synthesis of one customer with its pools in repositories of several sizes, each over a full output, in one run. */
export async function measureOneCustomer(
  sizes: readonly number[],
  runs: number,
  folder: string,
): Promise<OneCustomerRow[]> {
  const environmentOf = (customers: number) => ({
    FLEET_ACCOUNTS: join(folder, `accounts-${customers}`, "accounts"),
    CDKTF_OUTDIR: join(folder, `output-${customers}`),
  });
  const full = new Map<number, Measurement>();
  for (const customers of sizes) {
    const environment = environmentOf(customers);
    generateAccounts(environment.FLEET_ACCOUNTS, customers);
    rmSync(environment.CDKTF_OUTDIR, { recursive: true, force: true });
    full.set(customers, await measure("main.ts", [], environment));
  }
  const one = new Map(sizes.map((customers) => [customers, [] as Measurement[]]));
  // In turns, so that a neighbour's load falls on all of them.
  for (let run = 0; run < runs; run++) {
    for (const [customers, measurements] of one)
      measurements.push(await measure("main.ts", [], { ...environmentOf(customers), FLEET_STACKS }));
  }
  const smallest = median(one.get(Math.min(...sizes))!);
  return [...one].map(([customers, measurements]) => {
    const measured = median(measurements);
    return {
      customers,
      one: measured,
      full: full.get(customers)!,
      toSmallest: measured.wallSeconds / smallest.wallSeconds,
      toFull: measured.wallSeconds / full.get(customers)!.wallSeconds,
    };
  });
}

/** The rows as a table, and the verdict where the size of the goal is among them. */
export function describeOneCustomer(rows: readonly OneCustomerRow[]): readonly string[] {
  const cells = (...texts: readonly string[]) =>
    texts
      .map((text) => text.padEnd(13))
      .join("")
      .trimEnd();
  const judged = rows.find(({ customers }) => customers === GOAL.customers);
  return [
    cells("customers", "one", "processor", "to smallest", "memory", "full synth", "to full"),
    ...rows.map(({ customers, one, full, toSmallest, toFull }) =>
      cells(
        String(customers),
        `${one.wallSeconds.toFixed(2)} s`,
        `${one.cpuSeconds.toFixed(2)} s`,
        toSmallest.toFixed(2),
        `${one.peakMemoryMb.toFixed(0)} MB`,
        `${full.wallSeconds.toFixed(2)} s`,
        toFull.toFixed(3),
      ),
    ),
    ...(judged
      ? [
          "",
          `${judged.toSmallest <= GOAL.ratio ? "reached" : "MISSED "}  one customer of ${GOAL.customers}, wall time ` +
            `against the smallest repository: ${judged.toSmallest.toFixed(2)} (goal: at most ${GOAL.ratio})`,
        ]
      : []),
  ];
}
