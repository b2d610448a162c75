import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeployResult } from "../cli/deploy/deploy-result";

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), "fleet-clone-"));
const accounts = join(folder, "accounts");
const synthesized = join(folder, "synthesized");

function fleet(args: readonly string[], answers = "") {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join("cli", "fleet.js"), ...args, "--accounts", accounts],
    { encoding: "utf8", input: answers },
  );
  return { status, stdout, stderr };
}

/** `fleet deploy` of whole accounts, and each stack with what became of it. */
function deploy(...ids: readonly string[]) {
  const selected = ids.flatMap((id) => ["--account", id]);
  const { status, stdout, stderr } = fleet(["deploy", ...selected, "--rehearse", "--yes", "--json"]);
  if (stdout === "") throw new Error(stderr);
  const { outcome, reason, stacks } = JSON.parse(stdout) as DeployResult;
  return { status, outcome, reason, stacks: stacks.map((each) => `${each.stack} ${each.status}`) };
}

/** `cp -r accounts/acme accounts/beta` of the example accounts, up to both accounts in the same clouds. */
describe("a copied account", () => {
  beforeAll(() => {
    cpSync("accounts", accounts, { recursive: true });
    cpSync("synthesized", synthesized, { recursive: true });
    cpSync(join(accounts, "acme"), join(accounts, "beta"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is told which of its lines must differ", () => {
    expect(fleet(["check"])).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "accounts/beta/account.yaml:3:12  gcp.project: "acme-meet-prod" is already the project of account acme (the original: it is in synthesized/); allowed: a project that no other account uses; create one, then name it here
      accounts/beta/account.yaml:6:21  gcp.network.regions.europe-west4: "10.20.0.0/20" overlaps 10.20.0.0/20 of europe-west4 in account acme (the original: it is in synthesized/); allowed: ranges that no other account uses; choose another
      accounts/beta/account.yaml:8:18  state.bucket: "acme-meet-prod-terraform" is already the state bucket of account acme (the original: it is in synthesized/); allowed: a bucket that no other account uses; create one, then name it here
      accounts/beta/account.yaml:11:11  dns.domain: "meet.acme.example" is already the domain of account acme (the original: it is in synthesized/); allowed: a domain of its own; delegate a subdomain, such as "beta.meet.acme.example", and name it here
      accounts/beta/customers/abc.yaml:1:1  "abc" is already the id of a customer of account acme (the original: it is in synthesized/); allowed: ids that no other account uses; rename this file
      accounts/beta/pools/eu-burst.yaml:4:10  serves[0]: "abc" is already the id of a customer of account acme; allowed: ids that no other account uses; write the new name of accounts/beta/customers/abc.yaml
      accounts/beta/pools/nl-static.yaml:4:10  serves[0]: "abc" is already the id of a customer of account acme; allowed: ids that no other account uses; write the new name of accounts/beta/customers/abc.yaml

      7 problems in 4 files. Nothing was written.
      ",
        "stdout": "",
      }
    `);
  });

  it("takes answers to questions, an empty one for what is suggested", () => {
    expect(fleet(["check", "--fix-clone"], "\n\nmeet.beta.example\n\nxyz\ndef\n")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "accounts/beta/account.yaml:3:12  gcp.project: "acme-meet-prod" is already the project of account acme (the original: it is in synthesized/); allowed: a project that no other account uses; create one, then name it here
      Project of its own [beta-meet-prod]: 
      accounts/beta/account.yaml:8:18  state.bucket: "acme-meet-prod-terraform" is already the state bucket of account acme (the original: it is in synthesized/); allowed: a bucket that no other account uses; create one, then name it here
      State bucket of its own [beta-meet-prod-terraform]: 
      accounts/beta/account.yaml:11:11  dns.domain: "meet.acme.example" is already the domain of account acme (the original: it is in synthesized/); allowed: a domain of its own; delegate a subdomain, such as "beta.meet.acme.example", and name it here
      Domain of its own [beta.meet.acme.example]: 
      accounts/beta/account.yaml:6:21  gcp.network.regions.europe-west4: "10.20.0.0/20" overlaps 10.20.0.0/20 of europe-west4 in account acme (the original: it is in synthesized/); allowed: ranges that no other account uses; choose another
      Free range [10.41.0.0/20]: 
      accounts/beta/customers/abc.yaml:1:1  "abc" is already the id of a customer of account acme (the original: it is in synthesized/); allowed: ids that no other account uses; rename this file
      New id (renames the file; pools of the account follow) [beta-abc]: 
        "xyz" is already the id of a customer of account globex (the original: it is in synthesized/); allowed: ids that no other account uses; choose another id.
      New id (renames the file; pools of the account follow) [beta-abc]: 
      ",
        "stdout": "accounts/beta/account.yaml:3:12  gcp.project: acme-meet-prod -> beta-meet-prod
      accounts/beta/account.yaml:8:18  state.bucket: acme-meet-prod-terraform -> beta-meet-prod-terraform
      accounts/beta/account.yaml:11:11  dns.domain: meet.acme.example -> meet.beta.example
      accounts/beta/account.yaml:6:21  gcp.network.regions.europe-west4: 10.20.0.0/20 -> 10.41.0.0/20
      accounts/beta/customers/abc.yaml -> accounts/beta/customers/def.yaml
      accounts/beta/pools/eu-burst.yaml:4:10  serves[0]: abc -> def
      accounts/beta/pools/nl-static.yaml:4:10  serves[0]: abc -> def

      3 accounts, 4 customers, 7 pools (4 gcp, 3 linode), no problems
      ",
      }
    `);
    expect(fleet(["check"])).toEqual({
      status: 0,
      stdout: "3 accounts, 4 customers, 7 pools (4 gcp, 3 linode), no problems\n",
      stderr: "",
    });
  });

  it("stands beside its original in the same clouds, and neither wants to change anything", () => {
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: synthesized },
      stdio: "pipe",
    });
    const originals = ["account-acme", "customer-abc", "bridges-acme-eu-burst", "bridges-acme-nl-static"];
    const copies = ["account-beta", "customer-def", "bridges-beta-eu-burst", "bridges-beta-nl-static"];
    const done = { status: 0, outcome: "deployed", reason: null };
    const each = (stacks: readonly string[], status: string) => stacks.map((stack) => `${stack} ${status}`);
    expect(deploy("acme")).toEqual({ ...done, stacks: each(originals, "deployed") });
    expect(deploy("beta")).toEqual({ ...done, stacks: each(copies, "deployed") });

    const again = deploy("acme", "beta");
    expect({ ...again, stacks: again.stacks.sort() }).toEqual({
      status: 0,
      outcome: "unchanged",
      reason: null,
      stacks: each([...originals, ...copies], "unchanged").sort(),
    });
  });
});
