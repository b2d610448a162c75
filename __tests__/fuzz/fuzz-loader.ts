import { type LocatedProblem, loadFleetFrom } from "../../config/load-fleet";
import { accountFiles, MODELINES } from "../builders/account-files";
import { mutateFiles, PASTED_SECRET, seededRandom } from "./mutate-files";

/** What a run over mutated files found. */
export interface FuzzReport {
  readonly documents: number;
  /** Mutations after which the fleet still loads. */
  readonly loaded: number;
  /** Mutations that the loader reports as problems. */
  readonly refused: number;
  /** Distinct messages, without the values in them: how much of the loader was reached. */
  readonly kinds: number;
  /** What must not happen, with the mutation's number, the file and its content. */
  readonly failures: readonly string[];
}

const TREE = accountFiles({
  "accounts/defaults.yaml": `${MODELINES.defaults}labels: { managed-by: fleet }
catalog:
  extra:
    gcpRegions: { europe-west99: { zones: [europe-west99-a], continent: europe } }
    linodeTypes: { g9-new-1: { vcpus: 2, memoryGb: 3.5 } }
customers:
  snapshots: { retentionDays: 14, startTimeUtc: "03:00" }
gcpPools:
  scaling: { targetStress: 0.5, bootSeconds: 150 } # measured
linodePools: { placement: strict }
`,
});

/** Loads `count` mutated trees, the same for the same seed, and checks what the loader promises of every one. */
export function fuzzLoader(count: number, seed: number): FuzzReport {
  const random = seededRandom(seed);
  const failures: string[] = [];
  const kinds = new Set<string>();
  let loaded = 0;
  for (let number = 0; number < count; number++) {
    const { files, path } = mutateFiles(TREE, random);
    const fail = (what: string) =>
      failures.push(
        `mutation ${number} of seed ${seed}, ${path}: ${what}\n${JSON.stringify(Buffer.from(files.get(path)!).toString())}`,
      );
    try {
      const result = loadFleetFrom(files);
      const problems = result.ok ? result.warnings : result.problems;
      if (result.ok) {
        loaded++;
        const { accounts, customers, pools } = result.fleet;
        const read = [...files.keys()].filter((file) => /^accounts\/.+\/.*\.yaml$/.test(file)).length;
        if (accounts.length + customers.length + pools.length !== read)
          fail("an entity got lost without a problem");
      } else if (!problems.some(({ severity }) => severity === "error")) fail("refused without an error");
      for (const problem of problems) {
        kinds.add(problem.message.replace(/"(?:[^"\\]|\\.)*"|[0-9.]+/g, "_").slice(0, 60));
        const wrong = wrongWith(problem, files);
        if (wrong !== undefined) fail(`${wrong}: ${JSON.stringify(problem)}`);
      }
    } catch (error) {
      fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  return { documents: count, loaded, refused: count - loaded, kinds: kinds.size, failures };
}

/** What a problem must not be, or undefined. */
function wrongWith(
  { file, line, column, field, message }: LocatedProblem,
  files: ReadonlyMap<string, Uint8Array>,
): string | undefined {
  const text = `${file} ${field} ${message}`;
  if (/\p{Cc}|\p{Cs}/u.test(text)) return "control characters in a message";
  if (/undefined|\[object|NaN|function/.test(text.replace(/\.nan/gi, "")))
    return "a value of the program in a message";
  if (text.includes(PASTED_SECRET.slice(0, 12))) return "a secret in a message";
  if (message.length < 10 || message.length > 800) return "a message of odd length";
  const content = files.get(file);
  if (content === undefined) return line === 1 && column === 1 ? undefined : "a position in no file";
  const lines = Buffer.from(content)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/);
  const lineText = lines[line - 1];
  return lineText !== undefined && column >= 1 && column <= [...lineText].length + 1
    ? undefined
    : "a position outside of the file";
}
