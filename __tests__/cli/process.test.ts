import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { main } from "../../cli/main";
import { FleetCommand } from "../builders/fleet-command";
import { hasRealTool } from "../builders/real-tool";

jest.setTimeout(60_000);

const PROGRAM = join(__dirname, "..", "..", "cli", "fleet.js");

let fleet: FleetCommand;
beforeEach(() => {
  fleet = new FleetCommand();
  fleet.write();
});
afterEach(() => fleet.close());

/** Presses Ctrl-C when the program listens to it and has had a second to begin; the exit code. */
async function interrupted(child: ChildProcess): Promise<number | null> {
  const ended = once(child, "exit");
  while (!listensToInterrupts(child.pid!)) await sleep(50);
  await sleep(1000);
  child.kill("SIGINT");
  const [code] = (await ended) as [number | null];
  return code;
}

/** The key is pressed when the program begins to listen to it: all the command's own work is still to come. */
const PRESSED =
  'process.on("newListener", (event) => event === "SIGINT" && process.kill(process.pid, "SIGINT"));\n';

const textsBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]),
  );

/** SIGINT is 2, the second bit of the signals that a process catches. */
const listensToInterrupts = (pid: number): boolean =>
  (Number.parseInt(
    /^SigCgt:\s*[0-9a-f]*([0-9a-f])$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]!,
    16,
  ) &
    2) !==
  0;

const describeOnLinux = hasRealTool("/proc", "what Ctrl-C does", ["test", "-e", "/proc/self/status"])
  ? describe
  : describe.skip;

describeOnLinux("cli/fleet.js at Ctrl-C", () => {
  it("ends a long simulation with 130, and leaves no file behind", async () => {
    const before = readdirSync(fleet.folder).sort();
    const args = ["simulate", "acme/eu-burst", "--days", "366", "--svg", "year.svg"];
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: fleet.folder, stdio: "pipe" });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text));
    child.stderr.on("data", (text: Buffer) => (output += text));
    expect({ code: await interrupted(child), output }).toEqual({ code: 130, output: "" });
    expect(readdirSync(fleet.folder).sort()).toEqual(before);
  });

  it("ends while it waits for others, with 130", async () => {
    const env = {
      ...{ PATH: process.env["PATH"], HOME: fleet.folder, GOOGLE_OAUTH_ACCESS_TOKEN: "given" },
      CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: "http://127.0.0.1:1/", // nobody there: it tries again for a while
    };
    const args = ["keeper", "status", "acme/eu-burst"];
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: fleet.folder, env, stdio: "ignore" });
    expect(await interrupted(child)).toBe(130);
  });
});

describe("cli/fleet.js at a Ctrl-C before it writes", () => {
  it.each([
    "check --fix-clone beta --yes",
    "new customer more --account acme --yes",
    "secrets rotate abc",
    "map --svg map.svg",
  ])("ends %s with 130, and nothing is written", (line) => {
    if (line.includes("beta"))
      cpSync(join(fleet.accounts, "acme"), join(fleet.accounts, "beta"), { recursive: true });
    const pressed = join(fleet.folder, "pressed.js");
    writeFileSync(pressed, PRESSED);
    const before = textsBelow(fleet.folder);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", pressed, PROGRAM, ...line.split(" ")],
      { cwd: fleet.folder, encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 130, stdout: "", stderr: "" });
    expect(textsBelow(fleet.folder)).toEqual(before);
  });
});

describe("cli/fleet.js in a pipe", () => {
  it("says nothing when its reader has seen enough, and ends as it would have", () => {
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", '"$0" simulate acme/eu-burst --days 1 --json | head -c 7; echo "${PIPESTATUS[0]}"', PROGRAM],
      { cwd: fleet.folder, encoding: "utf8" },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '{"pool"0\n', stderr: "" });
  });
});

describe("main", () => {
  it("takes an error that nobody expected for a fault of fleet", async () => {
    let err = "";
    const out = (): never => {
      throw new Error("the screen is gone");
    };
    const code = await main(["check", "--accounts", fleet.accounts], { out, err: (text) => (err += text) });
    expect(code).toBe(70);
    expect(err).toMatch(
      /^This is a fault of fleet: the screen is gone\. FLEET_DEBUG=1 shows where; [^\n]*\n$/,
    );
  });
});
