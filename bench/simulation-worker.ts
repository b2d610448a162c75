import process from "node:process";
import { buildCatalog } from "../model/catalog";
import { gcpPoolSchema } from "../model/schema/pool";
import { simulate } from "../simulate/simulate";
import { simulatedPool } from "../simulate/simulated-pool";
import { BUILT_IN_TRACES } from "../simulate/traces/built-in-traces";
import type { Job } from "./run-simulations";

/** Answers each job with the totals of its simulation. */

const catalog = buildCatalog();

process.on("message", ({ pool, trace: name, policy, seed, keeper }: Job) => {
  const trace = BUILT_IN_TRACES.find((one) => one.name === name);
  if (!trace)
    throw new Error(`no trace ${name}; there are ${BUILT_IN_TRACES.map((one) => one.name).join(", ")}`);
  const settings = gcpPoolSchema.parse({
    cloud: "gcp",
    region: "europe-west4",
    serves: ["abc"],
    size: { min: 2, max: 30 },
    ...pool,
  });
  const simulated = simulatedPool({ ...settings, id: "eu-burst", account: "acme" }, catalog);
  const { totals } = simulate({
    pool: simulated,
    trace,
    policy,
    seed,
    seconds: trace.seconds,
    samples: false,
    keeper,
  });
  process.send!(totals);
});
