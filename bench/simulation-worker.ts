import process from "node:process";
import { buildCatalog } from "../model/catalog";
import { gcpPoolSchema } from "../model/schema/pool";
import { simulate } from "../simulate/simulate";
import { simulatedPool } from "../simulate/simulated-pool";
import { BUILT_IN_TRACES } from "../simulate/traces/built-in-traces";
import type { Answer, Job } from "./run-simulations";

/** Answers each job with the totals of its simulation. */

const catalog = buildCatalog();

function answer({ pool, trace: name, policy, seed, keeper }: Job): Answer {
  const trace = BUILT_IN_TRACES.find((one) => one.name === name);
  if (!trace) throw new Error(`no trace ${name}`);
  const simulated = simulatedPool(
    { ...gcpPoolSchema.parse(pool), id: "eu-burst", account: "acme" },
    { catalog },
  );
  const before = process.cpuUsage();
  const { samples, totals } = simulate({
    pool: simulated,
    trace,
    policy,
    seed,
    seconds: trace.seconds,
    samples: true,
    keeper,
  });
  const drainedMinutes = samples.reduce((sum, { draining, leaving }) => sum + draining + leaving, 0);
  const { user, system } = process.cpuUsage(before);
  return { totals, drainedHours: drainedMinutes / 60, seconds: (user + system) / 1e6 };
}

process.on("message", (job: Job) => process.send!(answer(job)));
