import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedCheckov } from "../scripts/checkov/install-checkov";
import { readCheckovWaivers, WAIVERS_FILE } from "../scripts/checkov/read-waivers";

const ROOT = join(__dirname, "..");
const IS_THERE = installedCheckov() !== undefined;
if (!IS_THERE)
  process.stderr.write("Checkov is not installed (npm run checkov): what it finds is not looked at.\n");

/** The real Checkov, over a copy of the committed output. */
(IS_THERE ? describe : describe.skip)("npm run checkov", () => {
  const folder = mkdtempSync(join(tmpdir(), "fleet-checkov-proof-"));
  const stacks = join(folder, "stacks");
  cpSync(join(ROOT, "synthesized/stacks"), stacks, { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true }));
  /** On the last day on which all committed waivers hold: it stays right when they are renewed. */
  const { waivers } = readCheckovWaivers(readFileSync(join(ROOT, WAIVERS_FILE)));
  const day = waivers.map(({ until }) => until).sort()[0]!;
  const checkov = () =>
    spawnSync(process.execPath, ["--import", "tsx", "scripts/run-checkov.ts", stacks, "--today", day], {
      cwd: ROOT,
      encoding: "utf8",
    });

  it("finds only what is waived, every waiver is about something, and those that end are a remark", () => {
    const { status, stdout, stderr } = checkov();
    expect(stderr).toMatch(
      /^(?:scripts\/checkov\/waivers\.yaml:\d+:\d+ {2}warning: .* ends .*\n)+\n\d+ warnings? in 1 file\.\n\n$/,
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/: \d{3,} checks passed, \d+ findings waived, 0 open\n$/),
    });
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
    expect(stderr).toMatch(/\ncustomer-abc\/google_compute_instance\.server {2}CKV_GCP_32: /);
    writeFileSync(path, text);
  });

  it("fails when what is waived is not found any more", () => {
    for (const stack of readdirSync(stacks)) {
      const path = join(stacks, stack, "cdk.tf.json");
      const terraform = JSON.parse(readFileSync(path, "utf8")) as {
        resource: Record<string, Record<string, object>>;
      };
      for (const subnet of Object.values(terraform.resource["google_compute_subnetwork"] ?? {})) {
        Object.assign(subnet, { log_config: { aggregation_interval: "INTERVAL_5_SEC" } });
      }
      writeFileSync(path, JSON.stringify(terraform));
    }
    const { status, stderr } = checkov();
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /\ngoogle_compute_subnetwork\.subnet-\* {2}CKV_GCP_26: Checkov does not find it any more/,
    );
  });
});
