import { parseArgs } from "node:util";
import { RehearsalProblem } from "../workspace/rehearsal-problem";

/** What a rehearsal of the keeper was asked for. */
export interface KeeperRehearsalArguments {
  /** `<account>-<pool>`, as keepers name it. */
  readonly pool: string;
  /** Seconds in one real second. */
  readonly speed: number;
  /** People in calls at the busiest time of the day. */
  readonly peak: number;
  /** Hour of the day at which it begins. */
  readonly from: number;
  readonly hours: number;
  readonly seed: number;
}

const USAGE = `Usage: npm run rehearse:keeper -- <account>/<pool> [options]

  --speed 120   how many times faster than real time, 1 to 480
  --peak 250    people in calls at the busiest time of the day
  --from 7      hour of the day at which it begins, 0 to 23
  --hours 17    how long, until Ctrl-C
  --seed 1      another one is another day`;

const RANGES: Readonly<Record<string, readonly [number, number, number]>> = {
  speed: [120, 1, 480],
  peak: [250, 1, 5000],
  from: [7, 0, 23],
  hours: [17, 0.1, 1000],
  seed: [1, 0, 1_000_000],
};

/** @throws RehearsalProblem for what is not understood */
export function readKeeperRehearsalArguments(args: readonly string[]): KeeperRehearsalArguments {
  const { values, names } = parse(args);
  const [name, ...more] = names;
  const [account, pool] = name?.split("/") ?? [];
  if (!account || !pool || more.length > 0) throw new RehearsalProblem(USAGE);
  const number = (option: string): number => {
    const [standard, least, most] = RANGES[option]!;
    const text = values[option];
    const value = text === undefined ? standard : Number(text);
    if (text !== "" && value >= least && value <= most) return value;
    throw new RehearsalProblem(`--${option} ${text}: allowed are ${least} to ${most}.\n${USAGE}`);
  };
  return {
    pool: `${account}-${pool}`,
    speed: number("speed"),
    peak: number("peak"),
    from: number("from"),
    hours: number("hours"),
    seed: number("seed"),
  };
}

function parse(args: readonly string[]): {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly names: readonly string[];
} {
  try {
    const options = Object.fromEntries(
      Object.keys(RANGES).map((name) => [name, { type: "string" as const }]),
    );
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values, names: positionals };
  } catch (error) {
    throw new RehearsalProblem(`${(error as Error).message.split(". ")[0]}.\n${USAGE}`);
  }
}
