import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** This project, with a main.ts that forgets the snapshots of disks after the policies have looked. */
export class PlantedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-review-planted-"));

  constructor() {
    for (const name of readdirSync("."))
      if (name !== "main.ts" && !name.startsWith(".")) symlinkSync(resolve(name), join(this.folder, name));
    writeFileSync(
      join(this.folder, "main.ts"),
      `import { existsSync, readFileSync, writeFileSync } from "node:fs";
import ${JSON.stringify(resolve("main.ts"))};
const path = \`\${process.env["CDKTF_OUTDIR"]}/stacks/customer-abc/cdk.tf.json\`;
if (existsSync(path)) {
  const stack = JSON.parse(readFileSync(path, "utf8"));
  delete stack.resource.google_compute_disk_resource_policy_attachment;
  writeFileSync(path, JSON.stringify(stack, null, 2));
}
`,
    );
  }

  synth(accounts: string, into: string): void {
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: this.folder,
      env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: into },
      stdio: "pipe",
    });
  }

  close = (): void => rmSync(this.folder, { recursive: true });
}
