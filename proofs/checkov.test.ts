import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKOV_VERSION } from "../scripts/checkov/answers";

const ROOT = join(__dirname, "..");
const IS_THERE = existsSync(join(ROOT, "node_modules/.cache/checkov", CHECKOV_VERSION, "complete"));
if (!IS_THERE)
  process.stderr.write("Checkov is not installed (npm run checkov): what it finds is not looked at.\n");

/** The real Checkov, over a copy of the committed output. */
(IS_THERE ? describe : describe.skip)("npm run checkov", () => {
  const folder = mkdtempSync(join(tmpdir(), "fleet-checkov-proof-"));
  const stacks = join(folder, "stacks");
  cpSync(join(ROOT, "synthesized/stacks"), stacks, { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true }));
  const checkov = () =>
    spawnSync(process.execPath, ["--import", "tsx", "scripts/run-checkov.ts", stacks], {
      cwd: ROOT,
      encoding: "utf8",
    });

  it("finds only what is answered, and every answer is about something", () => {
    const { status, stdout, stderr } = checkov();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/: \d{3,} checks passed, \d+ findings answered, 0 open\n$/);
  });

  it("finds what is planted", () => {
    const path = join(stacks, "customer-abc/cdk.tf.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace('"block-project-ssh-keys": "TRUE"', '"block-project-ssh-keys": "FALSE"'),
    );
    const { status, stderr } = checkov();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^customer-abc\/google_compute_instance\.server {2}CKV_GCP_32: /);
  });
});
