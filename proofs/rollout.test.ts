import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { generateAccounts } from "../bench/generate-accounts";
import type { DeployResult } from "../cli/deploy/deploy-result";
import { main } from "../cli/main";
import type { Terminal } from "../cli/terminal";
import { readState } from "../sandbox/workspace/terraform-state";

const CUSTOMERS = 20;
const ACCOUNT = "org000";
const CANARY = "c0000";
/** A name that somebody has taken: the cloud refuses the customer's own address. */
const VICTIM = "c0008";

const root = mkdtempSync(join(tmpdir(), "fleet-rollout-"));
const at = (...path: string[]): string => join(root, ...path);
const customer = (number: number): string => `c${String(number).padStart(4, "0")}`;

type Objects = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What exists in the pretended clouds, `type/id` -> attributes. */
function clouds(): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const path = at(".rehearsal/clouds.json");
  if (!existsSync(path)) return new Map();
  const { objects } = JSON.parse(readFileSync(path, "utf8")) as { objects: Record<string, Objects> };
  return new Map(
    Object.values(objects).flatMap((types) =>
      Object.entries(types).flatMap(([type, byId]) =>
        Object.entries(byId).map(([id, each]) => [`${type}/${id}`, each as Record<string, unknown>] as const),
      ),
    ),
  );
}

/** Edits the file of the clouds, as somebody who makes and removes objects by hand. */
function editClouds(edit: (objects: Record<string, Record<string, Record<string, unknown>>>) => void): void {
  const document = JSON.parse(readFileSync(at(".rehearsal/clouds.json"), "utf8")) as {
    objects: Record<string, Record<string, Record<string, unknown>>>;
  };
  edit(document.objects);
  writeFileSync(at(".rehearsal/clouds.json"), JSON.stringify(document));
}

/** What Terraform has in the state of a stack, `type.name` or `type.name["key"]` -> `type/id` as in the clouds. */
function objectsOf(stack: string): ReadonlyMap<string, string> {
  const state = readState(at(".rehearsal"), stack);
  return new Map(
    (state?.resources ?? []).flatMap(({ type, name, instances }) =>
      instances.map(({ index_key: key, attributes }) => [
        `${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
        `${type}/${String(attributes["id"])}`,
      ]),
    ),
  );
}

/** The same of several stacks, by stack. */
const owned = (stacks: readonly string[]): ReadonlyMap<string, readonly string[]> =>
  new Map(stacks.map((stack) => [stack, [...objectsOf(stack).values()]]));

interface Run {
  readonly code: number;
  readonly result: DeployResult;
  readonly err: string;
}

const deploy = (...args: string[]): Promise<Run> => run([...args, "--yes"], {});

/** As a person who says yes to each question; the answers are read one after the other. */
const agree = (...args: string[]): Promise<Run> => run(args, { input: Readable.from("yes\nyes\n") });

async function run(args: readonly string[], person: Partial<Terminal>): Promise<Run> {
  let [out, err] = ["", ""];
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), ...person };
  const fixed = ["--rehearse", "--json", "--parallelism", "5", "--accounts", at("accounts")];
  const code = await main(["deploy", ...args, ...fixed], terminal);
  return { code, result: JSON.parse(out) as DeployResult, err };
}

const withStatus = ({ result }: Run, status: string): string[] =>
  result.stacks.filter((each) => each.status === status).map(({ stack }) => stack);

/** Stacks of which a plan of the run destroys or replaces something, whatever it is. */
const takingAway = ({ result }: Run): DeployResult["stacks"] =>
  result.stacks.filter(({ plan }) => plan !== null && plan.destroy + plan.replace > 0);

const synthesize = (): string =>
  execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
    env: { ...process.env, FLEET_ACCOUNTS: at("accounts"), CDKTF_OUTDIR: at("synthesized") },
    stdio: "pipe",
    encoding: "utf8",
  });

/** A pool of Google's for some customers. */
const pool = (id: string, serves: readonly string[]): void =>
  writeFileSync(
    at("accounts", ACCOUNT, "pools", `${id}.yaml`),
    `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: gcp
region: europe-west4
serves: [${serves.join(", ")}]
size: { min: 1, max: 4 }
`,
  );

beforeAll(() => {
  generateAccounts(at("accounts"), CUSTOMERS);
  rmSync(at("accounts", ACCOUNT, "pools"), { recursive: true });
  mkdirSync(at("accounts", ACCOUNT, "pools"));
  pool("first", [CANARY]);
  const others = Array.from({ length: CUSTOMERS - 1 }, (_, index) => customer(index + 1));
  pool("shared", others);
  synthesize();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a rollout over twenty customers", () => {
  const all = [
    `account-${ACCOUNT}`,
    ...Array.from({ length: CUSTOMERS }, (_, index) => `customer-${customer(index)}`),
    `bridges-${ACCOUNT}-first`,
    `bridges-${ACCOUNT}-shared`,
  ];
  const victim = `customer-${VICTIM}`;
  const taken = `projects/${ACCOUNT}-meet-prod/regions/asia-southeast1/addresses/${VICTIM}-server`;
  /** With the canary before it, c0006 to c0010 are the second wave. */
  const secondWave = [6, 7, 8, 9, 10].map((number) => `customer-${customer(number)}`);
  let failed: Run;

  it("is refused before anything happens when it changes more stacks than the limit", async () => {
    const { code, result } = await deploy("--all", "--limit", "22");
    expect({ code, outcome: result.outcome, reason: result.reason }).toEqual({
      code: 1,
      outcome: "refused",
      reason: expect.stringContaining("23 stacks would change, and the limit is 22. Nothing was deployed."),
    });
    expect([...clouds().keys()].filter((key) => !key.startsWith("google_dns_managed_zone/"))).toEqual([]);
    expect(existsSync(at(".rehearsal/rollout/rollout.json"))).toBe(false);
  });

  it("begins with the canary and stops in the wave in which the cloud refuses something", async () => {
    editClouds((objects) => {
      ((objects["google"] ??= {})["google_compute_address"] ??= {})[taken] = {
        id: taken,
        name: `${VICTIM}-server`,
        project: `${ACCOUNT}-meet-prod`,
        region: "asia-southeast1",
      };
    });
    failed = await agree("--all", "--canary", CANARY, "--limit", "23");
    expect({ code: failed.code, outcome: failed.result.outcome }).toEqual({ code: 1, outcome: "failed" });
    expect(failed.err).toMatch(
      /Deploy 23 stacks to the pretended clouds\? [^]*The canary is deployed\. Go on with the other 4 waves\? [^]*Wave 1: 5 stacks/,
    );
    expect(failed.result.reason).toContain("already exists");
    const log = at(`.rehearsal/rollout/logs/${victim}.log`);
    expect(failed.result.reason).toContain(`Every line of it is in ${log}.`);
    expect(readFileSync(log, "utf8")).toContain("already exists");
    expect(failed.err).toMatch(new RegExp(` {2}${victim} +failed {2}\\(\\d+ s\\)\\n`));
    expect(failed.err).not.toContain("Creation complete");
    expect(failed.result.reason).toContain(`${victim} failed. 10 stacks of this rollout were not begun.`);
    const order = failed.result.stacks.map(({ stack, wave }) => `${wave} ${stack}`);
    expect(order.slice(0, 4)).toEqual([
      `accounts account-${ACCOUNT}`,
      `canary customer-${CANARY}`,
      `canary bridges-${ACCOUNT}-first`,
      "1 customer-c0001",
    ]);
    expect(order.at(-1)).toBe(`4 bridges-${ACCOUNT}-shared`);
  });

  it("finishes what ran beside the failure, and begins nothing behind it", () => {
    expect(withStatus(failed, "failed")).toEqual([victim]);
    const waiting = withStatus(failed, "waiting");
    expect(waiting).toHaveLength(10);
    for (const stack of secondWave.filter((id) => id !== victim))
      expect(withStatus(failed, "deployed")).toContain(stack);
    const states = owned(all);
    for (const stack of waiting) expect({ stack, ids: states.get(stack) }).toEqual({ stack, ids: [] });
  });

  it("goes on with exactly the rest, and destroys nothing on the way", async () => {
    editClouds((objects) => Reflect.deleteProperty(objects["google"]!["google_compute_address"]!, taken));
    const before = clouds();
    const resumed = await deploy("--resume");
    expect({ code: resumed.code, outcome: resumed.result.outcome, reason: resumed.result.reason }).toEqual({
      code: 0,
      outcome: "deployed",
      reason: null,
    });
    expect(withStatus(resumed, "done before")).toEqual(withStatus(failed, "deployed"));
    expect(withStatus(resumed, "deployed").sort()).toEqual(
      [...withStatus(failed, "failed"), ...withStatus(failed, "waiting")].sort(),
    );
    const after = clouds();
    expect([...before.keys()].filter((key) => !after.has(key))).toEqual([]);
    // An object that is replaced may come back under its id: the plans of both runs say that none was.
    expect(failed.result.stacks.filter(({ plan }) => plan === null)).toEqual([]);
    expect([...takingAway(failed), ...takingAway(resumed)]).toEqual([]);
    expect(existsSync(at(".rehearsal/rollout/rollout.json"))).toBe(false);
  });

  it("leaves in the clouds what the data say, and nothing else", () => {
    const ids = new Set([...owned(all).values()].flat());
    const strangers = [...clouds()].filter(
      ([key, { id }]) =>
        !ids.has(`${key.split("/")[0]}/${String(id)}`) && !key.startsWith("google_dns_managed_zone/"),
    );
    expect(strangers.map(([key]) => key)).toEqual([]);
    const server = (number: number): string => `${customer(number)}-server`;
    const servers = [...clouds()].filter(([key]) => key.startsWith("google_compute_instance/"));
    expect(servers.map(([, { name }]) => name).sort()).toEqual(
      Array.from({ length: CUSTOMERS }, (_, index) => server(index)),
    );
  });

  it("refuses data that were not synthesized", async () => {
    const path = at("accounts", ACCOUNT, "customers", "c0003.yaml");
    writeFileSync(path, `${readFileSync(path, "utf8")}hostname: moved.meet.${ACCOUNT}.example\n`);
    const { code, result } = await deploy("c0003");
    expect({ code, outcome: result.outcome }).toEqual({ code: 1, outcome: "refused" });
    expect(result.reason).toContain("  synthesized/stacks/customer-c0003/cdk.tf.json\n");
    expect(result.reason).toContain("Run `npm run synth`, review and commit what it changes");
  });

  it("takes nothing away without --allow-destroys, and with it only what the plan has shown", async () => {
    synthesize();
    const [before, objects] = [clouds(), objectsOf("customer-c0003")];
    const refused = await deploy("customer-c0003");
    expect({ code: refused.code, outcome: refused.result.outcome }).toEqual({ code: 1, outcome: "refused" });
    expect(refused.result.reason).toContain("The plans of customer-c0003 take away objects that are there");
    expect(refused.result.stacks[0]!.destroys).toContain("replace google_dns_record_set.address-record");
    expect(refused.err).toContain("  customer-c0003  replace  google_dns_record_set.address-record\n");
    expect(clouds()).toEqual(before);

    const allowed = await deploy("customer-c0003", "--allow-destroys");
    expect({ code: allowed.code, outcome: allowed.result.outcome }).toEqual({ code: 0, outcome: "deployed" });
    const after = clouds();
    const { destroys } = allowed.result.stacks[0]!;
    expect(destroys).toEqual(refused.result.stacks[0]!.destroys);
    const shown = destroys.map((each) => objects.get(each.replace(/^(replace|delete) /, "")));
    expect(shown).not.toContain(undefined);
    // The id of a record has its name in it, so that the new ones have other ids.
    const gone = [...before.keys()].filter((key) => !after.has(key));
    expect(gone.sort()).toEqual(shown.filter((key) => !after.has(key!)).sort());
    expect(gone).toContain(objects.get("google_dns_record_set.address-record"));
  });
});
