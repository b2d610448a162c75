import { performance } from "node:perf_hooks";
import { fuzzLoader } from "../__tests__/fuzz/fuzz-loader";

/** `npm run fuzz [-- <count> [<seed>]]`: loads mutated YAML files and fails at the first broken promise. */
const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const begin = performance.now();
const { documents, loaded, refused, kinds, failures } = fuzzLoader(count, seed);
const seconds = (performance.now() - begin) / 1000;

for (const failure of failures.slice(0, 10)) console.error(failure);
console.log(
  `${documents} mutated documents (seed ${seed}) in ${seconds.toFixed(1)} s: ${loaded} loaded, ${refused} refused ` +
    `with ${kinds} kinds of messages, ${failures.length} failures`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
