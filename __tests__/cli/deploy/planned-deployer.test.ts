import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackEnd } from "../../../cli/deploy/deployer";
import type { Ground } from "../../../cli/deploy/ground";
import { PlannedDeployer } from "../../../cli/deploy/planned-deployer";

const root = mkdtempSync(join(tmpdir(), "planned-deployer-"));
const at = (...path: string[]): string => join(root, ...path);
afterAll(() => rmSync(root, { recursive: true }));

/** A Terraform that says something on both outputs, and fails where a file asks for it. */
const TERRAFORM = `#!/bin/sh
echo "applied $4"
printf 'no line end'
[ -e fails ] || exit 0
echo 'Error: refused' >&2
exit 1
`;

/** cdktf as it is at its worst: it runs what it is told to run, and all that is printed is lost. */
class LossyGround implements Ground {
  readonly terraformProgram = at("terraform");
  readonly environment: Record<string, string> = {};

  /** As Terraform writes a plan: for everybody who may enter the directory. */
  terraform(_: string, args: readonly string[]) {
    const plan = args.find((each) => each.startsWith("-out="))?.slice("-out=".length);
    if (plan !== undefined) writeFileSync(plan, "", { mode: 0o644 });
    return Promise.resolve({ code: 0, stdout: "{}", stderr: "" });
  }

  cdktf(_: "deploy" | "destroy", stacks: readonly string[]) {
    for (const stack of stacks.filter((id) => id !== "customer-never")) {
      const options = {
        cwd: at("stacks", stack),
        env: { ...process.env, ...this.environment },
        stdio: "ignore",
      } as const;
      try {
        execFileSync(this.environment["TERRAFORM_BINARY_NAME"]!, ["apply", "-auto-approve"], options);
      } catch {
        // Its exit code is left beside the plan.
      }
    }
    return Promise.resolve({
      code: 1,
      stdout: "\u001b[1mcdktf\u001b[0m is at its wits' end\n\n",
      stderr: "",
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe("PlannedDeployer", () => {
  const stacks = ["customer-abc", "customer-fails", "customer-never"];
  const heard: string[] = [];
  let ends: ReadonlyMap<string, StackEnd>;

  beforeAll(async () => {
    writeFileSync(at("terraform"), TERRAFORM);
    chmodSync(at("terraform"), 0o755);
    for (const stack of stacks) mkdirSync(at("stacks", stack), { recursive: true });
    writeFileSync(at("stacks/customer-fails/fails"), "");
    mkdirSync(at("logs"), { mode: 0o755 });
    writeFileSync(at("logs/customer-abc.log"), "what the last run has left");
    const deployer = new PlannedDeployer(new LossyGround(), { plans: at("plans"), logs: at("logs") });
    await deployer.plan("customer-abc", "deploy");
    ends = await deployer.deploy(stacks, {
      line: (stack, text) => heard.push(`${stack} ${text}`),
      ended: (stack, { end }) => heard.push(`${stack} is ${end}`),
    });
  });

  it("hears every line and every end, whatever cdktf loses", () => {
    expect(heard).toEqual([
      `customer-abc applied ${at("plans/customer-abc.tfplan")}`,
      "customer-abc no line end",
      "customer-abc is done",
      `customer-fails applied ${at("plans/customer-fails.tfplan")}`,
      "customer-fails no line endError: refused",
      "customer-fails is failed",
      "customer-never is not begun",
    ]);
  });

  it("knows how each stack ended, in Terraform's words or in cdktf's", () => {
    expect(Object.fromEntries(ends)).toEqual({
      "customer-abc": { end: "done", said: "" },
      "customer-fails": { end: "failed", said: "Error: refused" },
      "customer-never": { end: "not begun", said: "cdktf is at its wits' end" },
    });
  });

  it("leaves a log of each stack, of this run alone", () => {
    const log = (stack: string): string => readFileSync(at("logs", `${stack}.log`), "utf8");
    expect(log("customer-abc")).toBe(`applied ${at("plans/customer-abc.tfplan")}\nno line end`);
    expect(log("customer-fails")).toMatch(/Error: refused\n$/);
    expect(log("customer-never")).toBe("cdktf is at its wits' end\n");
  });

  it("leaves plans and logs to their owner alone", () => {
    const files = ["plans", "logs"].flatMap((directory) =>
      readdirSync(at(directory)).map((name) => join(directory, name)),
    );
    expect(files).toEqual(
      expect.arrayContaining([
        "plans/customer-abc.tfplan",
        "plans/customer-fails.said",
        "logs/customer-abc.log",
      ]),
    );
    const open = ["plans", "logs", ...files].filter((path) => (statSync(at(path)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
  });
});
