import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** A folder with programs that write down how they are called. */
export class ProgramStage {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-workflow-"));
  readonly log = join(this.folder, "calls");

  constructor() {
    mkdirSync(join(this.folder, "bin"));
    writeFileSync(this.log, "");
  }

  /** @param body shell; `$*` are the arguments, which are written down before */
  program(name: string, body: string): void {
    const path = join(this.folder, "bin", name);
    writeFileSync(path, `#!/bin/bash\nprintf '%s\\n' "${name} $*" >>'${this.log}'\n${body}\n`);
    chmodSync(path, 0o755);
  }

  /** Runs a script in the root of this project, as GitHub runs a step. */
  run(script: string, environment: Readonly<Record<string, string>>) {
    const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
      cwd: ROOT,
      encoding: "utf8",
      env: { PATH: `${join(this.folder, "bin")}:${process.env["PATH"]!}`, ...environment },
    });
    return { status, stdout, stderr, calls: readFileSync(this.log, "utf8").trimEnd().split("\n") };
  }

  close = (): void => rmSync(this.folder, { recursive: true });
}
