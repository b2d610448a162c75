import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { interruptTree } from "../../../sandbox/workspace/interrupt-tree";

const root = mkdtempSync(join(tmpdir(), "interrupt-tree-"));
afterAll(() => rmSync(root, { recursive: true }));

jest.setTimeout(60_000);

/** Runs until it is interrupted, or the test is over, and says by which name. */
const PROGRAM = `#!/bin/sh
trap 'echo "$(basename "$0") interrupted"; exit 0' INT
echo up
while [ -d "${root}" ]; do sleep 0.05; done
`;

/** Starts a program and ends with it. */
const STARTER = `
process.on("SIGINT", () => console.log("starter interrupted"));
require("node:child_process").spawn(process.argv[1], { stdio: "inherit" });
`;

/** Which of two programs is interrupted: the one that starts the other, or the other. */
async function interrupted(name: string): Promise<string | undefined> {
  writeFileSync(join(root, name), PROGRAM, { mode: 0o755 });
  const child = spawn(process.execPath, ["-e", STARTER, `./${name}`], { cwd: root, detached: true });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child.stdout, "data");
  await interruptTree(child.pid);
  while (!said.includes("interrupted") && child.exitCode === null) await sleep(20);
  if (child.exitCode === null) process.kill(-child.pid!, "SIGKILL");
  return said.trim().split("\n")[1];
}

describe("interruptTree", () => {
  it.each(["terraform", "tofu", "terraform-1.11.4", "terraform1.12", ".terraform-wrapped"])(
    "interrupts %s and not what started it",
    async (name) => {
      expect(await interrupted(name)).toBe(`${name} interrupted`);
    },
  );

  it.each(["terraform-provider-google", "terraform-of-plan.sh", "another"])(
    "interrupts what was started when there is only %s below it",
    async (name) => {
      expect(await interrupted(name)).toBe("starter interrupted");
    },
  );
});
