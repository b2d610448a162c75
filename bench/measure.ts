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

/** The measurement with the median wall time of several runs. */
export async function median(runs: number, run: () => Promise<Measurement>): Promise<Measurement> {
  const all: Measurement[] = [];
  for (let i = 0; i < runs; i++) all.push(await run());
  return all.sort((a, b) => a.wallSeconds - b.wallSeconds)[Math.floor(runs / 2)]!;
}
