import { spawn } from "node:child_process";

export interface Measurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
}

/** Runs a TypeScript program in a process of its own and measures it, start-up included. Fails when it fails. */
export async function measure(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Measurement> {
  const begin = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--import", "./bench/report-usage.mjs", program, ...args],
    { env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "pipe", "pipe"] },
  );
  let errors = "";
  let report = "";
  child.stderr!.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdio[3]!.on("data", (chunk: Buffer) => (report += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const wallSeconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${errors}`);
  const usage = JSON.parse(report) as { peakMemoryMb: number; cpuSeconds: number };
  return { wallSeconds, ...usage };
}

/** The measurement with the median wall time. */
export function median(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => a.wallSeconds - b.wallSeconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new RangeError("the median of nothing is asked for");
  return middle;
}
