import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { filesBelow, temporaryDirectory } from "./builders/output";

const root = temporaryDirectory();
const accounts = join(root, "accounts");
const outdir = join(root, "synthesized");

/** Runs main.ts as the cdktf command line does. */
function synth(environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: resolve(__dirname, ".."),
    env: {
      ...process.env,
      CDKTF_OUTDIR: outdir,
      CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
      FLEET_ACCOUNTS: accounts,
      ...environment,
    },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const customerFile = join(accounts, "acme/customers/abc.yaml");
const accountFile = join(accounts, "acme/account.yaml");

// One account with one customer, whose server has a bridge of its own; the customer may go.
cpSync(resolve(__dirname, "../accounts/acme"), join(accounts, "acme"), { recursive: true });
rmSync(join(accounts, "acme/pools"), { recursive: true });
const customer = `${readFileSync(customerFile, "utf8")}\nbridgeOnServer: true\nallowDestroys: true\n`;
const account = readFileSync(accountFile, "utf8");

describe("synthesized/", () => {
  it("is what the example accounts give; else run npm run synth and commit it", () => {
    const fresh = join(root, "fresh");
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: resolve(__dirname, ".."),
      env: { ...process.env, CDKTF_OUTDIR: fresh, FLEET_ACCOUNTS: "accounts" },
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const tracked = execFileSync("git", ["ls-files", "synthesized"], { encoding: "utf8" }).trim().split("\n");
    const committed = tracked.map(
      (path) => [path.replace("synthesized/", ""), readFileSync(path, "utf8")] as const,
    );
    expect(new Map(committed)).toEqual(filesBelow(fresh));
  });
});

describe("main", () => {
  it("writes nothing when the data is wrong", () => {
    writeFileSync(customerFile, "server: { cloud: gcp, zone: mars-a }\n");
    const { status, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain("accounts/acme/customers/abc.yaml:1:");
    expect(stderr).toContain("Nothing was written.");
    expect(existsSync(outdir)).toBe(false);
  });

  it("synthesizes, twice the same, and says nothing", () => {
    writeFileSync(customerFile, customer);
    expect(synth()).toEqual({ status: 0, stdout: "", stderr: "" });
    const first = filesBelow(outdir);
    expect([...first.keys()]).toContain("stacks/customer-abc/cdk.tf.json");
    expect(synth()).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(filesBelow(outdir)).toEqual(first);
  });

  it("writes only the stacks that FLEET_STACKS names, and none when it names one that is not there", () => {
    const before = filesBelow(outdir);
    rmSync(join(outdir, "stacks"), { recursive: true });
    expect(synth({ FLEET_STACKS: "customer-abd" })).toEqual({
      status: 1,
      stdout: "",
      stderr:
        'FLEET_STACKS: no stack is called "customer-abd"; did you mean customer-abc?\n\nNothing was written.\n',
    });
    expect([...filesBelow(outdir).keys()]).toEqual(["manifest.json"]);

    expect(synth({ FLEET_STACKS: "customer-abc" })).toEqual({ status: 0, stdout: "", stderr: "" });
    const ofCustomer = [...before].filter(([path]) => !path.startsWith("stacks/account-acme/"));
    expect(filesBelow(outdir)).toEqual(new Map(ofCustomer));
    expect(synth()).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(filesBelow(outdir)).toEqual(before);
  });

  it("does not write over the output of another accounts directory beside", () => {
    const before = filesBelow(outdir);
    cpSync(accounts, join(root, "trial"), { recursive: true });
    expect(synth({ FLEET_ACCOUNTS: join(root, "trial") })).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(
        /^synthesized\/ is of accounts\/, and trial\/ cannot share it, .*\n\nNothing was written\.\n$/,
      ),
    });
    expect(filesBelow(outdir)).toEqual(before);
  });

  it("refuses to forget a stack, retires it on request, and clears up in the end", () => {
    const before = filesBelow(outdir);
    rmSync(customerFile);
    const refused = synth();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("restore that file, or list customer-abc under retired:");
    expect(filesBelow(outdir)).toEqual(before);

    writeFileSync(accountFile, `${account}\nretired: [customer-abc]\n`);
    expect(synth()).toEqual({ status: 0, stdout: "", stderr: "" });
    expect([...filesBelow(join(outdir, "stacks/customer-abc")).keys()]).toEqual([
      "cdk.tf.json",
      "terragrunt.hcl",
    ]);

    writeFileSync(accountFile, account);
    expect(synth()).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("customer-abc: removed, because"),
    });
    expect(existsSync(join(outdir, "stacks/customer-abc"))).toBe(false);
  });
});
