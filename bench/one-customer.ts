import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startRehearsal } from "../sandbox/rehearsal";
import { generateAccounts } from "./generate-accounts";
import { measure, median, type Measurement } from "./measure";

/** A customer with its two pools, as `generateAccounts` names them: the same in every repository. */
const FLEET_STACKS = "customer-c0000 bridges-org000-c0000-burst bridges-org000-c0000-base";

/** Deployed by `fleet deploy`, one after the other: the account first, because a customer needs its network. */
const ACCOUNT = "account-org000";
const CUSTOMER = "customer-c0000";

/** What is to be reached: wall time in a repository of 100 and of 1000 customers against the smallest one. */
const GOAL = { customers: [100, 1000], ratio: 1.5 };

export interface OneCustomerRow {
  readonly customers: number;
  /** One customer and its pools, over the output of the full synth. */
  readonly one: Measurement;
  /** Every stack, into an empty directory; one run. */
  readonly full: Measurement;
  /** `fleet deploy customer-c0000` by the real Terraform and cdktf, with offline providers: check, synth, plan, apply. */
  readonly deploy: Measurement;
  /** Wall time of `one` against the smallest repository, and against the full synth of this one. */
  readonly toSmallest: number;
  readonly toFull: number;
  /** Wall time of `deploy` against the smallest repository. */
  readonly deployToSmallest: number;
}

/** One customer, synthesized with its pools and deployed, in repositories of several sizes with a full output, in one run. */
export async function measureOneCustomer(
  sizes: readonly number[],
  runs: number,
  folder: string,
): Promise<OneCustomerRow[]> {
  const environmentOf = (customers: number) => ({
    FLEET_ACCOUNTS: join(folder, `accounts-${customers}`, "accounts"),
    CDKTF_OUTDIR: join(folder, `accounts-${customers}`, "synthesized"),
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
  const deploys = await measureDeploys(sizes, runs, folder, environmentOf);
  const least = Math.min(...sizes);
  const [smallest, smallestDeploy] = [median(one.get(least)!), median(deploys.get(least)!)];
  return [...one].map(([customers, measurements]) => {
    const measured = median(measurements);
    const deploy = median(deploys.get(customers)!);
    return {
      customers,
      one: measured,
      full: full.get(customers)!,
      deploy,
      deployToSmallest: deploy.wallSeconds / smallestDeploy.wallSeconds,
      toSmallest: measured.wallSeconds / smallest.wallSeconds,
      toFull: measured.wallSeconds / full.get(customers)!.wallSeconds,
    };
  });
}

/** First deploys, each into clouds and a state of its own. */
async function measureDeploys(
  sizes: readonly number[],
  runs: number,
  folder: string,
  environmentOf: (customers: number) => { readonly FLEET_ACCOUNTS: string; readonly CDKTF_OUTDIR: string },
): Promise<ReadonlyMap<number, Measurement[]>> {
  const all = new Map(sizes.map((customers) => [customers, [] as Measurement[]]));
  for (let run = 0; run < runs; run++) {
    for (const [customers, measurements] of all) {
      const { FLEET_ACCOUNTS, CDKTF_OUTDIR } = environmentOf(customers);
      const directory = join(folder, "clouds");
      rmSync(directory, { recursive: true, force: true });
      const rehearsal = await startRehearsal({ directory });
      const deploy = (stack: string): Promise<Measurement> => {
        const backend = { local: { path: join(directory, `${stack}.tfstate`) } };
        const override = join(CDKTF_OUTDIR, "stacks", stack, "bench_override.tf.json");
        writeFileSync(override, JSON.stringify({ terraform: { backend } }));
        const args = ["deploy", stack, "--yes", "--accounts", FLEET_ACCOUNTS];
        return measure("cli/fleet.js", args, rehearsal.environment);
      };
      try {
        await deploy(ACCOUNT);
        measurements.push(await deploy(CUSTOMER));
      } finally {
        await rehearsal.close();
      }
    }
  }
  return all;
}

/** The rows as a table, and a verdict for each size of the goal that is among them. */
export function describeOneCustomer(rows: readonly OneCustomerRow[]): readonly string[] {
  const cells = (...texts: readonly string[]) =>
    texts
      .map((text) => text.padEnd(13))
      .join("")
      .trimEnd();
  const judged = rows.filter(({ customers }) => GOAL.customers.includes(customers));
  return [
    cells(
      "customers",
      "one",
      "processor",
      "to smallest",
      "memory",
      "full synth",
      "to full",
      "deploy",
      "to smallest",
    ),
    ...rows.map(({ customers, one, full, deploy, toSmallest, toFull, deployToSmallest }) =>
      cells(
        String(customers),
        `${one.wallSeconds.toFixed(2)} s`,
        `${one.cpuSeconds.toFixed(2)} s`,
        toSmallest.toFixed(2),
        `${one.peakMemoryMb.toFixed(0)} MB`,
        `${full.wallSeconds.toFixed(2)} s`,
        toFull.toFixed(3),
        `${deploy.wallSeconds.toFixed(2)} s`,
        deployToSmallest.toFixed(2),
      ),
    ),
    ...(judged.length > 0 ? [""] : []),
    ...judged.flatMap((row) => [
      verdict("synthesis", row.customers, row.toSmallest),
      verdict("deploy", row.customers, row.deployToSmallest),
    ]),
  ];
}

const verdict = (what: string, customers: number, ratio: number): string =>
  `${ratio <= GOAL.ratio ? "reached" : "MISSED "}  ${what} of one customer of ${customers}, wall time ` +
  `against the smallest repository: ${ratio.toFixed(2)} (goal: at most ${GOAL.ratio})`;
