import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { aBundle } from "./bundle";
import type { Bundle, TrialMachine } from "./trial-machine";

const STEPPER = join(__dirname, "kill-at-step.py");

const JICOFO = { env_file: ["/etc/fleet/jicofo.env"], volumes: ["/etc/fleet/jicofo:/config:ro"] };

/** Two sets that differ in all that can differ: texts, files, directories and services. */
export const SETS: readonly [Bundle, Bundle] = [
  aBundle({}, { prosody: undefined, jvb: undefined, jicofo: { image: "jicofo:1", ...JICOFO } }),
  aBundle(
    {
      "/etc/fleet/jicofo/custom-jicofo.conf": "a = 2\n",
      "/etc/fleet/jicofo/logging.properties": undefined,
      "/etc/fleet/jicofo/more/deeper.conf": "x\n".repeat(20_000),
      "/etc/fleet/web.env": "A=2\n",
    },
    { prosody: undefined, web: undefined, jicofo: { image: "jicofo:2", ...JICOFO } },
  ),
];

/** The services of each of the sets, with a line of the environment that only this set gives them. */
const RUNNING = [
  { web: "1", jicofo: "a = 1\n" },
  { jvb: "1", jicofo: "a = 2\n" },
];

/** What was found on disk right after the kill. */
export type Found = Record<"old" | "new", number>;

/** Changes a machine between two sets, and cuts it off on the way. */
export class Interruptions {
  readonly found: Found = { old: 0, new: 0 };
  private current = 0;
  private duration = 0;

  private constructor(readonly machine: TrialMachine) {}

  static async prepared(machine: TrialMachine): Promise<Interruptions> {
    const interruptions = new Interruptions(machine);
    // From the first set to the second and back: the second run's time counts, the first one has more to do.
    for (const set of [0, 1, 0]) await interruptions.complete(set);
    return interruptions;
  }

  /** Publishes the other set, kills the change to it at a share of its usual duration, and checks what is there. */
  async killAfter(share: number): Promise<void> {
    this.publishOther();
    const child = this.machine.spawn(["google"]);
    await Promise.race([sleep(share * this.duration), new Promise((resolve) => child.on("exit", resolve))]);
    await this.machine.kill(child);
    await this.checkAndComplete(`after ${share} of ${this.duration} ms`);
  }

  /** The same, killed just before its n-th step outside of its memory. Returns whether there was such a step. */
  async killAtStep(step: number): Promise<boolean> {
    this.publishOther();
    const child = this.machine.spawn(["google"], {
      wrapper: [STEPPER, String(step)],
      environment: this.notes,
    });
    const { code } = await this.machine.ended(child);
    await this.checkAndComplete(`before step ${step}`);
    return code === null;
  }

  /** Events of a change that is not cut off (`kill-at-step.py`), paths without the root. */
  async trace(): Promise<string[]> {
    this.publishOther();
    const child = this.machine.spawn(["google"], { wrapper: [STEPPER, "0"], environment: this.notes });
    expect(await this.machine.ended(child)).toMatchObject({ code: 0, err: "" });
    this.current = 1 - this.current;
    return readFileSync(this.notes.TRACE, "utf8").trimEnd().replaceAll(this.machine.root, "").split("\n");
  }

  private get notes() {
    return { TRACE: join(this.machine.folder, "trace") };
  }

  private publishOther(): void {
    this.machine.metadata.google(SETS[1 - this.current]);
  }

  private async checkAndComplete(when: string): Promise<void> {
    const files = this.machine.files();
    const is = (set: number): boolean => isDeepStrictEqual(files, SETS[set]);
    const found = is(this.current) ? "old" : is(1 - this.current) ? "new" : undefined;
    if (!found) throw new Error(`killed ${when}: neither set, but ${JSON.stringify(files).slice(0, 1000)}`);
    this.found[found] += 1;
    await this.complete(1 - this.current);
  }

  /** The next start, which is left alone, ends with exactly the set: its files, its containers, and no remains. */
  private async complete(set: number): Promise<void> {
    const { machine } = this;
    machine.metadata.google(SETS[set]);
    const begun = Date.now();
    expect(await machine.run("google")).toMatchObject({ code: 0, err: "" });
    this.duration = Date.now() - begun;
    expect(machine.files()).toEqual(SETS[set]);
    const containers = Object.entries(machine.containers()).map(([name, { sees, environment }]) => [
      name,
      name === "jicofo"
        ? (sees["/config"] as Record<string, string>)["custom-jicofo.conf"]
        : environment["A"],
    ]);
    expect(Object.fromEntries(containers)).toEqual(RUNNING[set]);
    // Every container was started anew, so nothing has an older set mounted.
    expect(machine.names("/etc")).toEqual(["fleet", "fleet.d"]);
    expect(machine.names("/etc/fleet.d")).toHaveLength(1);
    expect(machine.names("/run/fleet")).toEqual(["host.env", "labels.json", "lock", "status.json"]);
    this.current = set;
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
