import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { PretendedGoogle } from "../__tests__/builders/pretended-google";
import type { DeployResult } from "../cli/deploy/deploy-result";
import type { DestroyResult } from "../cli/deploy/destroy-result";
import { main } from "../cli/main";
import { type Rehearsal, startRehearsal } from "../sandbox/rehearsal";

/**
 * `fleet deploy` as it runs against real clouds, without --rehearse: in the committed directories, with the environment of
 * whoever calls it. Only the providers and Secret Manager are pretended, and states are files.
 */
const root = mkdtempSync(join(tmpdir(), "fleet-deploy-"));
const at = (...path: string[]): string => join(root, ...path);
const STACKS = ["account-acme", "customer-abc", "bridges-acme-eu-burst", "bridges-acme-nl-static"];
const PASSWORDS = { "abc-jvb-auth-password": "Canary1abc", "abc-telemetry_acme_nl-static": "Canary2abc" };

let rehearsal: Rehearsal;
let google: PretendedGoogle;
const before = { ...process.env };

beforeAll(async () => {
  cpSync("accounts", at("accounts"), { recursive: true });
  const pool = at("accounts/acme/pools/nl-static.yaml");
  writeFileSync(pool, readFileSync(pool, "utf8").replace(/^size: 3/m, "size: 1"));
  execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
    env: { ...process.env, FLEET_ACCOUNTS: at("accounts"), CDKTF_OUTDIR: at("synthesized") },
    stdio: "pipe",
  });
  for (const stack of STACKS)
    writeFileSync(
      at("synthesized/stacks", stack, "local_override.tf.json"),
      JSON.stringify({ terraform: { backend: { local: { path: at(`${stack}.tfstate`) } } } }),
    );
  rehearsal = await startRehearsal({ directory: at("providers") });
  google = await PretendedGoogle.start();
  google.goodTokens.add("given");
  Object.assign(process.env, rehearsal.environment, {
    GOOGLE_OAUTH_ACCESS_TOKEN: "given",
    CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: `http://${google.host}/`,
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env))
    if (!(name in before)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
  await google.stop();
  await rehearsal.close();
  rmSync(root, { recursive: true, force: true });
});

interface Run<Result> {
  readonly code: number;
  readonly result: Result;
  readonly err: string;
}

type OnErr = (text: string, answers: PassThrough) => void;

const deploy = (args: readonly string[], onErr?: OnErr): Promise<Run<DeployResult>> =>
  fleet(["deploy", ...args], onErr);

/** @param onErr sees the error output, and may answer questions */
async function fleet<Result>(args: readonly string[], onErr?: OnErr): Promise<Run<Result>> {
  let [out, err] = ["", ""];
  const input = new PassThrough();
  const terminal = {
    out: (text: string) => (out += text),
    err: (text: string) => {
      err += text;
      onErr?.(text, input);
    },
    ...(onErr && { input }),
  };
  const code = await main([...args, "--json", "--accounts", at("accounts")], terminal);
  return { code, result: JSON.parse(out) as Result, err };
}

describe("fleet deploy on the committed directories", () => {
  it("applies no plan but the one that was shown", async () => {
    const { code, result } = await deploy(["account-acme"], (text, answers) => {
      if (!text.includes("Deploy 1 stack now?")) return;
      // Meanwhile somebody else deploys the same stack.
      const options = { cwd: at("synthesized/stacks/account-acme"), env: process.env };
      execFile("terraform", ["apply", "-auto-approve", "-input=false"], options, () =>
        answers.write("yes\n"),
      );
    });
    expect({ code, outcome: result.outcome }).toEqual({ code: 1, outcome: "failed" });
    expect(result.reason).toContain("Saved plan is stale");
    expect(result.reason).toContain("Somebody has deployed account-acme since its plan was shown.");
    expect(result.reason).toContain(`Every line of it is in ${at(".fleet/logs/account-acme.log")}.`);
    expect(readFileSync(at(".fleet/logs/account-acme.log"), "utf8")).toContain("Saved plan is stale");
    const resumed = await deploy(["--resume", "--yes"]);
    expect({ code: resumed.code, outcome: resumed.result.outcome }).toEqual({
      code: 0,
      outcome: "unchanged",
    });
  });

  it("applies nothing to a stack whose files have changed since its plan was shown", async () => {
    const path = at("synthesized/stacks/customer-abc/files/stray");
    const { code, result } = await deploy(["customer-abc"], (text, answers) => {
      if (!text.includes("Deploy 1 stack now?")) return;
      writeFileSync(path, "");
      answers.write("yes\n");
    });
    rmSync(path);
    expect({ code, outcome: result.outcome, status: result.stacks[0]?.status }).toEqual({
      code: 1,
      outcome: "failed",
      status: "waiting",
    });
    expect(result.reason).toContain("The files of customer-abc have changed since the plans were shown.");
    expect(rehearsal.store.list("google", "google_compute_instance")).toEqual([]);
    rmSync(at(".fleet/rollout.json"));
  });

  it("stops in good order at Ctrl-C", async () => {
    const { code, result } = await deploy(["--account", "acme", "--yes", "--verbose"], (text) => {
      if (text.startsWith("  customer-abc  google_")) process.emit("SIGINT");
    });
    expect({ code, outcome: result.outcome }).toEqual({ code: 130, outcome: "interrupted" });
    expect(result.stacks.map(({ stack, status }) => `${stack} ${status}`)).toEqual([
      "account-acme unchanged",
      expect.stringMatching(/^customer-abc (failed|deployed)$/),
      "bridges-acme-eu-burst waiting",
      "bridges-acme-nl-static waiting",
    ]);
    expect(readdirSync(at()).filter((name) => name.includes("lock"))).toEqual([]);
  });

  it("brings the passwords of Linode pools right before their apply, and shows them to nobody", async () => {
    for (const [name, value] of Object.entries(PASSWORDS))
      google.secrets.set(`projects/acme-meet-prod/secrets/${name}`, value);
    const { code, result, err } = await deploy(["--resume", "--yes"]);
    expect({ code, outcome: result.outcome, reason: result.reason }).toEqual({
      code: 0,
      outcome: "deployed",
      reason: null,
    });
    expect(err).toMatch(
      / {2}bridges-acme-nl-static {2}deployed: \d+ added, 0 changed, 0 destroyed {2}\(\d+ s\)\n/,
    );
    expect(readFileSync(at(".fleet/logs/bridges-acme-nl-static.log"), "utf8")).toContain(
      "terraform_data.push-1: Creation complete",
    );
    expect(google.asked.map(({ path }) => path)).toContain(
      "/v1/projects/acme-meet-prod/secrets/abc-jvb-auth-password/versions/latest:access",
    );
    const left = [".fleet", ...STACKS.map((stack) => `${stack}.tfstate`)].flatMap(textsBelow);
    expect([err, ...left].filter((text) => text.includes("Canary"))).toEqual([]);
    expect(readdirSync(at(".fleet"))).toEqual(["logs"]);
  });
});

describe("fleet destroy on the committed directories", () => {
  const destroy = (args: readonly string[], answer: string): Promise<Run<DestroyResult>> =>
    fleet(["destroy", ...args], (text, answers) => {
      if (text.includes("To destroy what is listed, type ")) answers.write(`${answer}\n`);
    });
  const groups = (): readonly string[] =>
    rehearsal.store.list("google", "google_compute_region_instance_group_manager").map(([id]) => id);

  it("lets a person go who does not type the names", async () => {
    const { code, result } = await destroy(["bridges-acme-eu-burst", "--cut-calls"], "yes");
    expect({ code, outcome: result.outcome, groups: groups().length }).toEqual({
      code: 1,
      outcome: "declined",
      groups: 1,
    });
  });

  it("destroys what was typed, and nothing else", async () => {
    const { code, result, err } = await destroy(
      ["bridges-acme-eu-burst", "--cut-calls"],
      "bridges-acme-eu-burst",
    );
    expect({ code, outcome: result.outcome, groups: groups() }).toEqual({
      code: 0,
      outcome: "destroyed",
      groups: [],
    });
    expect(err).toContain("accounts/acme/pools/eu-burst.yaml still asks for bridges-acme-eu-burst");
    expect(rehearsal.store.list("google", "google_compute_instance")).toHaveLength(1);
    expect(rehearsal.store.list("linode", "linode_instance")).toHaveLength(1);
  });

  it("destroys nothing at all when one of the stacks is protected, and says what lets it go", async () => {
    const all = STACKS.filter((stack) => stack !== "account-acme");
    const { code, result } = await destroy([...all, "--cut-calls"], "");
    expect({ code, outcome: result.outcome }).toEqual({ code: 1, outcome: "refused" });
    expect(result.reason).toMatch(
      /^1 plan failed:\n\ncustomer-abc protects google_compute_address\.address, /,
    );
    expect(result.reason).toContain("write allowDestroys: true into accounts/acme/customers/abc.yaml");
    expect(rehearsal.store.list("linode", "linode_instance")).toHaveLength(1);
  });
});

/** All texts of a file, or of the files of a directory. */
function textsBelow(path: string): string[] {
  if (!statSync(at(path)).isDirectory()) return [readFileSync(at(path), "latin1")];
  return readdirSync(at(path)).flatMap((name) => textsBelow(join(path, name)));
}
