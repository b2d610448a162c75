import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

jest.setTimeout(60_000);

const SCRIPT = join(__dirname, "../../../cli/deploy/terraform-of-plan.sh");

const root = mkdtempSync(join(tmpdir(), "terraform-of-plan-"));
const at = (...path: string[]): string => join(root, ...path);
const stack = at("customer-abc");
const plans = at("plans");
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Stands for Terraform: says what it was given. */
const TERRAFORM = `#!/bin/sh
echo "given $*"
`;
/** The same, but it fails. */
const FAILING = `${TERRAFORM}echo "Saved plan is stale" >&2; exit 3
`;
/** It waits until it is told to go on, then says more, then is done. */
const SLOW = `${TERRAFORM}echo begun; while [ -d ${root} ] && [ ! -e ${at("go-on")} ]; do sleep 0.05; done
for n in 1 2 3 4 5; do echo "line $n"; done
touch ${at("done")}
`;

beforeEach(() => {
  for (const path of [stack, plans]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
  }
});

const options = (terraform: string) => {
  writeFileSync(at("terraform"), terraform, { mode: 0o755 });
  return {
    cwd: stack,
    env: { ...process.env, FLEET_TERRAFORM: at("terraform"), FLEET_PLANS: plans, FLEET_LOGS: plans },
  };
};

function run(terraform: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(SCRIPT, args, { ...options(terraform), encoding: "utf8" });
  return { status, stdout, stderr };
}

const left = (name: string): string => readFileSync(join(plans, `customer-abc.${name}`), "utf8");

describe("terraform-of-plan.sh", () => {
  it("hands on what is no apply", () => {
    expect(run(TERRAFORM, "init", "-input=false")).toEqual({
      status: 0,
      stdout: "given init -input=false\n",
      stderr: "",
    });
  });

  it("applies the kept plan, whatever cdktf asks for, and leaves how it ended", () => {
    const given = `given apply -input=false -no-color ${join(plans, "customer-abc.tfplan")}\n`;
    expect(run(TERRAFORM, "destroy", "-auto-approve")).toEqual({ status: 0, stdout: given, stderr: "" });
    expect([left("ended"), left("said")]).toEqual(["0\n", ""]);
    const stderr = "Saved plan is stale\n";
    expect(run(FAILING, "apply", "-auto-approve")).toEqual({ status: 3, stdout: given, stderr });
    expect([left("ended"), left("said")]).toEqual(["3\n", stderr]);
  });

  it("leaves what it writes to its owner alone, and Terraform's own files as the person's mask has them", () => {
    const before = process.umask(0o022);
    try {
      run(`${TERRAFORM}umask\n`, "apply");
    } finally {
      process.umask(before);
    }
    expect(left("log")).toMatch(/\n0?022\n$/);
    const modes = ["log", "said", "ended"].map((name) => statSync(join(plans, `customer-abc.${name}`)).mode);
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  it("begins nothing after an interrupt", () => {
    writeFileSync(join(plans, "stop"), "");
    expect(run(TERRAFORM, "apply")).toEqual({
      status: 130,
      stdout: "",
      stderr: "Interrupted before it began.\n",
    });
    expect(existsSync(join(plans, "customer-abc.ended"))).toBe(false);
  });

  it("lets Terraform finish when who asked for it is gone and the terminal hangs up", async () => {
    const child = spawn(SCRIPT, ["apply"], { ...options(SLOW), detached: true });
    child.stdin.end();
    let said = "";
    while (!said.includes("begun")) said += String((await once(child.stdout, "data"))[0]);
    child.stdout.destroy();
    child.stderr.destroy();
    process.kill(-child.pid!, "SIGHUP");
    writeFileSync(at("go-on"), "");
    const [code] = (await once(child, "exit")) as [number | null];
    const isDone = existsSync(at("done"));
    expect({ code, isDone, ended: left("ended") }).toEqual({ code: 0, isDone: true, ended: "0\n" });
    expect(left("log")).toMatch(/^given .*\nbegun\n(line \d\n){5}$/);
  });
});
