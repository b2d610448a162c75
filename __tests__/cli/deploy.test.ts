import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployResult } from "../../cli/deploy/deploy-result";
import { RolloutFile } from "../../cli/deploy/rollout-file";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

let fleet: FleetCommand;
beforeEach(() => {
  fleet = new FleetCommand();
  fleet.write();
});
afterEach(() => fleet.close());

const rolloutFile = (): RolloutFile =>
  new RolloutFile(join(fleet.folder, ".fleet/rollout.json"), { accounts: fleet.accounts, rehearse: false });
const unfinished = (): void =>
  rolloutFile().write({
    version: 1,
    asked: {
      names: ["abc"],
      accounts: [],
      all: false,
      waveSize: 5,
      soakSeconds: 0,
      limit: 10,
    },
    waves: [{ name: "1", stacks: ["customer-abc", "bridges-acme-eu-burst", "bridges-acme-nl-static"] }],
    stacks: {
      "customer-abc": { status: "done", sha256: "0" },
      "bridges-acme-eu-burst": { status: "failed", sha256: "0" },
      "bridges-acme-nl-static": { status: "waiting", sha256: "0" },
    },
  });

describe("fleet deploy", () => {
  it.each<[string, readonly string[], string]>([
    [
      "nothing is named",
      [],
      "What is to be deployed? Name customers, pools or stacks, or give --account <account> or --all\n",
    ],
    [
      "a name is nobody's",
      ["abd"],
      'No customer, pool or stack is called "abd"; there are abc, account-acme, acme, acme/eu-burst, acme/nl-static, ' +
        "bridges-acme-eu-burst, bridges-acme-nl-static, customer-abc. Did you mean abc?\n",
    ],
    [
      "an account is named as if it were a customer",
      ["acme"],
      "acme is an account: --account acme means it, its customers and its pools.\n",
    ],
    [
      "there is no such account",
      ["--account", "acne"],
      'No account is called "acne"; there are acme. Did you mean acme?\n',
    ],
    [
      "the canary is not among them",
      ["account-acme", "--canary", "abc"],
      "--canary abc: it is not among the customers that are to be deployed\n",
    ],
    ["a number is none", ["abc", "--limit", "many"], "--limit many: allowed: a whole number from 1\n"],
    ["a wave is empty", ["abc", "--wave-size", "0"], "--wave-size 0: allowed: a whole number from 1\n"],
    [
      "the soak is too long",
      ["abc", "--soak", "2d"],
      "--soak 2d: allowed: minutes, hours or days such as 30m, 2h, 1d, at most 1d\n",
    ],
    ["there is nothing to resume", ["--resume"], "--resume: no rollout is unfinished\n"],
    [
      "a resume names something",
      ["abc", "--resume"],
      "--resume goes on with what an earlier run was asked for: leave out names, --account and --all\n",
    ],
    ["a resume is also to forget", ["--resume", "--forget"], "--resume and --forget: choose one\n"],
  ])("is called wrongly when %s", async (_, args, err) => {
    expect(await fleet.run(["deploy", ...args])).toEqual({ code: 2, out: "", err });
  });

  it("warns of a waiver that has ended, and goes on", async () => {
    const account = "accounts/acme/account.yaml";
    const waivers =
      "waivers:\n  - rule: snapshots\n    on: customer-abc/google_compute_disk.data\n    reason: copied by hand until it goes\n" +
      '    owner: ops@acme.example\n    until: "2026-01-31"\n';
    writeFileSync(join(fleet.folder, account), `${fleet.read(account)}\n${waivers}`);
    const { code, err } = await fleet.run(["deploy", "abd"]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^warning: account acme: the waiver of snapshots on .* ended on 2026-01-31; .*\nNo customer/,
    );
  });

  it("begins nothing while another rollout is unfinished, until that is forgotten", async () => {
    unfinished();
    const refused = await fleet.run(["deploy", "abc"]);
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 2, out: "" });
    expect(refused.err).toContain("A rollout is unfinished: 2 stacks of it are not done (");
    expect(refused.err).toContain(
      `  npx fleet deploy --resume --accounts ${fleet.accounts}    goes on with it\n`,
    );
    expect(await fleet.run(["deploy", "--forget"])).toEqual({
      code: 0,
      out: "",
      err: "The unfinished rollout is forgotten.\n",
    });
    expect((await fleet.run(["deploy", "--resume"])).err).toBe("--resume: no rollout is unfinished\n");
  });

  it("resumes without a customer and a canary that are gone, and says so", async () => {
    unfinished();
    const rollout = rolloutFile();
    const { asked, stacks, ...rest } = rollout.read()!;
    rollout.write({
      ...rest,
      asked: { ...asked, names: ["abc", "xyz"], canary: "xyz" },
      stacks: { ...stacks, "customer-xyz": { status: "failed", sha256: "0" } },
    });
    const { code, out, err } = await fleet.run(["deploy", "--resume", "--json", "--yes"]);
    expect(err).toContain(
      "Left out, because the data have them no more in this rollout: customer-xyz.\n" +
        "The canary xyz is gone, and what is left goes on without one; --canary names another.\n",
    );
    const result = JSON.parse(out) as DeployResult;
    expect({ code, leftOut: result.leftOut, stacks: result.stacks.map(({ stack }) => stack) }).toEqual({
      code: 1, // nobody has reviewed them
      leftOut: ["customer-xyz"],
      stacks: ["customer-abc", "bridges-acme-eu-burst", "bridges-acme-nl-static"],
    });
  });

  it("forgets a damaged rollout too", async () => {
    unfinished();
    const path = join(fleet.folder, ".fleet/rollout.json");
    writeFileSync(path, "{");
    expect((await fleet.run(["deploy", "abc"])).err).toContain(
      `\`npx fleet deploy --forget --accounts ${fleet.accounts}\` removes it.`,
    );
    expect(await fleet.run(["deploy", "--forget"])).toMatchObject({
      code: 0,
      err: "The unfinished rollout is forgotten.\n",
    });
    expect(existsSync(path)).toBe(false);
  });

  it("shows what is wrong with the accounts", async () => {
    fleet.write({ "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: 1\n` });
    const { code, err } = await fleet.run(["deploy", "abc"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining("accounts/acme/customers/abc.yaml:2:9"),
    });
  });

  it("says which retired stacks are left out, and refuses what nobody has reviewed", async () => {
    const account = fleet.read("accounts/acme/account.yaml");
    fleet.write({ "accounts/acme/account.yaml": `${account}retired: [bridges-acme-old]\n` });
    const { code, out, err } = await fleet.run(["deploy", "--account", "acme", "--json", "--yes"]);
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({
      code: 1,
      outcome: "refused",
      rehearsed: false,
      leftOut: ["bridges-acme-old"],
      reason: expect.stringMatching(
        /^What the accounts say is not what synthesized\/ holds:\n\n {2}synthesized\/stacks\/account-acme\//,
      ),
    });
    expect(err).toMatch(/^Left out, because their deploy destroys what they ran: bridges-acme-old\./);
    expect(err).toContain("Run `npm run synth`, review and commit what it changes");
  });
});

describe("fleet destroy", () => {
  it.each<[string, readonly string[], number, string]>([
    [
      "other stacks need one",
      ["customer-abc"],
      1,
      "customer-abc is still needed by bridges-acme-eu-burst, bridges-acme-nl-static; destroy those first, or name them too.\n",
    ],
    [
      "a pool may have calls",
      ["bridges-acme-nl-static"],
      1,
      "bridges-acme-nl-static may have calls: 3 of its 3 bridges still take calls.\nDrain its bridges first and wait until " +
        "nobody is on them (docs/operations.md, Fewer bridges); --cut-calls destroys them with the calls that they have.\n",
    ],
    [
      "there is no such stack",
      ["customer-abd"],
      2,
      'No stack is called "customer-abd"; there are account-acme, bridges-acme-eu-burst, bridges-acme-nl-static, ' +
        "customer-abc. Did you mean customer-abc?\n",
    ],
    ["a limit is none", ["customer-abc", "--limit", "0"], 2, "--limit 0: allowed: a whole number from 1\n"],
  ])("destroys nothing when %s", async (_, args, code, err) => {
    expect(await fleet.run(["destroy", ...args])).toEqual({ code, out: "", err });
  });

  it("prints for a customer or an account the command with all that would have to go", async () => {
    const command = "npx fleet destroy bridges-acme-nl-static bridges-acme-eu-burst customer-abc";
    const says = (name: string, all: string) => ({
      code: 2,
      out: "",
      err:
        `${name}: a stack is destroyed by its id, and no other goes with it. All that would have to go:\n\n` +
        `  ${all} --accounts ${fleet.accounts}\n`,
    });
    expect(await fleet.run(["destroy", "abc"])).toEqual(says("abc", command));
    const account = says("acme", `${command} account-acme --rehearse`);
    expect(await fleet.run(["destroy", "acme", "--rehearse"])).toEqual(account);
  });

  it("says which pool stays, because others use it as well", async () => {
    const abc = fleet.read("accounts/acme/customers/abc.yaml");
    const pool = fleet.read("accounts/acme/pools/nl-static.yaml");
    fleet.write({
      "accounts/acme/customers/xyz.yaml": abc,
      "accounts/acme/pools/nl-static.yaml": pool.replace("[abc]", "[abc, xyz]"),
    });
    const { code, err } = await fleet.run(["destroy", "abc"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(
        `  npx fleet destroy bridges-acme-eu-burst customer-abc --accounts ${fleet.accounts}\n\n` +
          "bridges-acme-nl-static serves xyz too and stays: take abc out of serves in " +
          "accounts/acme/pools/nl-static.yaml, and deploy it first.\n",
      ),
    });
  });

  it("destroys nothing while a rollout is unfinished", async () => {
    unfinished();
    const { code, err } = await fleet.run(["destroy", "bridges-acme-nl-static", "--cut-calls"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("A rollout is unfinished: 2 stacks"),
    });
  });
});

describe("an end before any stack is selected, with --json", () => {
  const locked = (): void => {
    mkdirSync(join(fleet.folder, ".fleet"), { recursive: true });
    writeFileSync(join(fleet.folder, ".fleet/lock"), "");
  };
  const damaged = (): void => {
    unfinished();
    writeFileSync(join(fleet.folder, ".fleet/rollout.json"), "{");
  };
  const wrongAccounts = (): void =>
    fleet.write({ "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: 1\n` });
  const nothing = (): void => undefined;

  it.each<[string, () => void, readonly string[], number, string]>([
    ["accounts have problems", wrongAccounts, ["deploy", "abc"], 1, "abc.yaml:2:9"],
    ["the rollout is damaged", damaged, ["deploy", "abc"], 1, "is not the file of a rollout"],
    ["the lock is held", locked, ["deploy", "abc"], 1, "is about to start deploying"],
    ["a rollout is unfinished", unfinished, ["deploy", "abc"], 2, "A rollout is unfinished: 2 stacks"],
    ["the canary is stale", nothing, ["deploy", "account-acme", "--canary", "abd"], 2, "--canary abd: "],
    ["a name is nobody's", nothing, ["deploy", "abd"], 2, 'is called "abd"'],
    ["there is nothing to resume", nothing, ["deploy", "--resume"], 2, "no rollout is unfinished"],
    ["a stack is nobody's", nothing, ["destroy", "customer-abd"], 2, 'is called "customer-abd"'],
    ["a stack is needed", nothing, ["destroy", "customer-abc"], 1, "customer-abc is still needed by"],
    ["accounts to destroy in have problems", wrongAccounts, ["destroy", "customer-abc"], 1, "abc.yaml:2:9"],
  ])("is one object with the reason when %s", async (_, arrange, args, code, reason) => {
    arrange();
    const ended = await fleet.run([...args, "--json"]);
    expect({ code: ended.code, ...(JSON.parse(ended.out) as object) }).toEqual({
      code,
      outcome: "refused",
      rehearsed: false,
      reason: expect.stringContaining(reason),
      stacks: [],
      ...(args[0] === "deploy" && { leftOut: [] }),
    });
    expect(ended.err).toContain(reason);
  });

  it("says what --forget did", async () => {
    unfinished();
    const outcomes: unknown[] = [];
    for (let run = 0; run < 2; run += 1)
      outcomes.push(JSON.parse((await fleet.run(["deploy", "--forget", "--json"])).out));
    const rest = { rehearsed: false, reason: null, stacks: [], leftOut: [] };
    expect(outcomes).toEqual([
      { outcome: "forgotten", ...rest },
      { outcome: "unchanged", ...rest },
    ]);
  });
});
