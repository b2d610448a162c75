import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { KeeperFile } from "../../model/keeper-file";
import { someSettings } from "../builders/keeper-observation";
import { AMPLE_SECONDS, GROUP, PREFIX, PretendedPool } from "../builders/pretended-pool";

const A = `${GROUP}-aaaa`;
const PASSWORD = "canary-password";
/** Some sixty times faster than in real life; a round that a busy machine makes too long is followed by another. */
const FAST = {
  intervalSeconds: 0.5,
  requestSeconds: AMPLE_SECONDS, // whoever leaves has one request for it
  settings: { ...someSettings({ surplusSeconds: 0, protectSeconds: 6, settleSeconds: 0.25 }) },
};

jest.setTimeout(60_000); // on a busy machine

const folder = mkdtempSync(join(tmpdir(), "fleet-keeper-"));
const program = join(folder, "keeper.mjs");
const bundle = buildSync({
  entryPoints: [join(__dirname, "../../keeper/main.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  outfile: program,
  metafile: true,
  logLevel: "silent",
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Event {
  readonly event: string;
  readonly severity: string;
  readonly pool?: string;
  readonly problem?: string;
}

/** A keeper that runs, and what it logs. */
class Keeper {
  private static number = 0;
  readonly child: ChildProcess;
  output = "";
  readonly ended: Promise<number | null>;

  constructor(file: KeeperFile | string) {
    const path = join(folder, `keeper-${++Keeper.number}.json`);
    writeFileSync(path, typeof file === "string" ? file : JSON.stringify(file));
    this.child = spawn(process.execPath, [program], {
      env: { FLEET_KEEPER_FILE: path, TELEMETRY_PASSWORD: PASSWORD },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once("close", resolve));
  }

  get events(): Event[] {
    const lines = this.output.split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as Event);
  }
}

/** Waits until something is true; the test's own time limit ends it. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

let pool: PretendedPool;
const started: Keeper[] = [];
const start = (file: KeeperFile | string) => {
  started.push(new Keeper(file));
  return started.at(-1)!;
};
beforeEach(async () => {
  pool = await PretendedPool.start();
});
afterEach(async () => {
  for (const keeper of started.splice(0)) {
    keeper.child.kill("SIGKILL");
    await keeper.ended;
  }
  await pool.stop();
});

/** Three bridges of which two are too many. */
async function surplus(): Promise<void> {
  for (const suffix of ["aaaa", "bbbb", "cccc"]) await pool.add(suffix, { stats: { stress_level: 0.05 } });
  pool.recommended = 1;
}
const deeds = () => pool.deeds.filter((deed) => !deed.startsWith("store"));
const holder = () => pool.json(`${PREFIX}state.json`)?.["holder"];

describe("the keeper as one file", () => {
  it("is made of the keeper, the model and croner, and needs nothing but Node's own modules", () => {
    const { inputs, outputs } = bundle.metafile;
    const others = Object.keys(inputs).filter(
      (path) => !/(^|\/)(keeper|model)\/|node_modules\/croner\//.test(path),
    );
    expect(others).toEqual([]);
    const needed = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(needed.filter((path) => !builtinModules.includes(path.replace(/^node:/, "")))).toEqual([]);
  });

  it("says why it cannot start, and ends", async () => {
    const keeper = start("{}");
    expect(await keeper.ended).toBe(1);
    expect(keeper.events).toMatchObject([
      {
        severity: "ERROR",
        event: "cannot-start",
        problem: expect.stringMatching(/\.json: customer: missing/),
      },
    ]);
  });

  it("removes what is too many, and leaves the pool in good order when it is told to end", async () => {
    await surplus();
    const keeper = start(pool.file(FAST));
    await until(() => pool.target === 1);
    await until(() => pool.points.some((line) => line.includes("action=delete")));
    keeper.child.kill("SIGTERM");
    expect(await keeper.ended).toBe(0);
    expect(holder()).toBe("");
    expect(keeper.events.at(-1)).toMatchObject({ event: "ends" });
    expect(keeper.events.every(({ severity, event }) => severity !== undefined && event !== undefined)).toBe(
      true,
    );
    expect(keeper.output).not.toMatch(/ya29|canary/);
  });

  it("keeps a pool while another one hangs, and one fails", async () => {
    await surplus();
    const file = pool.file(FAST);
    const [good] = file.pools;
    const hanging = {
      ...good!,
      pool: "acme-us",
      group: "acme-us",
      store: { ...good!.store, prefix: "keeper/acme-us/" },
    };
    const failing = {
      ...good!,
      pool: "acme-as",
      group: "acme-as",
      store: { ...good!.store, prefix: "keeper/acme-as/" },
    };
    pool.faults.push({ at: /acme-us/, with: "hang" });
    pool.faults.push({ at: /acme-as/, with: 403 });
    const keeper = start({ ...file, pools: [hanging, failing, good!] });
    await until(() => pool.target === 1);
    await until(() =>
      keeper.events.some(({ pool: name, event }) => name === "acme-us" && event === "problem"),
    );
    await until(() =>
      keeper.events.some(({ pool: name, event }) => name === "acme-as" && event === "problem"),
    );
    keeper.child.kill("SIGINT");
    expect(await keeper.ended).toBe(0);
  });

  it("does nothing when it wakes up in the middle of acting, and another one has taken over", async () => {
    await surplus();
    const first = start(pool.file(FAST));
    pool.onStored = () => {
      pool.onStored = () => undefined;
      first.child.kill("SIGSTOP"); // its drain is stored, and not done
    };
    await until(() => pool.objects.size === 1);
    const before = holder();
    const second = start(pool.file(FAST));
    await until(() => deeds().length > 0);
    expect(holder()).not.toBe(before);
    expect(second.events.map(({ event }) => event)).toContain("takes-over");
    first.child.kill("SIGCONT");
    await until(() => first.events.some(({ event }) => event === "watches"));
    expect(first.events.map(({ event }) => event)).not.toContain("decision");
    await until(() => pool.target === 1);
    expect(deeds().filter((deed) => deed === `deleteInstances ${A}`)).toHaveLength(1);
  });
});
