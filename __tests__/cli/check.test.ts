import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CheckResult } from "../../cli/commands/check";
import { main } from "../../cli/main";
import { accountFiles, MODELINES } from "../builders/account-files";

const ROOT = join(__dirname, "..", "..");
const CUSTOMER = "accounts/acme/customers/abc.yaml";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe("fleet check", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fleet-check-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function check(changes: Parameters<typeof accountFiles>[0], ...args: string[]): Promise<Run> {
    for (const [path, content] of accountFiles(changes)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return run("check", "--accounts", join(folder, "accounts"), ...args);
  }

  async function run(...args: string[]): Promise<Run> {
    let out = "";
    let err = "";
    const code = await main(args, { out: (text) => (out += text), err: (text) => (err += text) });
    return { code, out, err };
  }

  it("says in one line what there is", async () =>
    expect(await check({})).toEqual({
      code: 0,
      out: "1 account, 1 customer, 2 pools (1 gcp, 1 linode), no problems\n",
      err: "",
    }));

  it("shows warnings and still succeeds", async () => {
    const { code, out, err } = await check({
      "accounts/globex/account.yaml":
        `${MODELINES.account}gcp: { project: globex-video, network: { regions: { us-east1: 10.40.0.0/20 } } }\n` +
        "state: { bucket: globex-video-terraform }\noperators: { email: ops@globex.example }\n",
    });
    expect({ code, out }).toEqual({
      code: 0,
      out: "2 accounts, 1 customer, 2 pools (1 gcp, 1 linode), 1 warning\n",
    });
    expect(err).toMatch(
      /^accounts\/globex\/account\.yaml:4:1 {2}warning: operators\.iap: [^\n]*\n\n1 warning in 1 file\.\n$/,
    );
  });

  it("prints problems on standard error, and nothing else", async () =>
    expect(await check({ [CUSTOMER]: `${MODELINES.customer}server: { cloud: gcp, zone: 1 }\n` })).toEqual({
      code: 1,
      out: "",
      err:
        `${CUSTOMER}:2:29  server.zone: 1 without quotes is the number 1; allowed: text; write "1"\n\n` +
        "1 problem in 1 file. Nothing was written.\n",
    }));

  it("prints one object for machines: a fleet", async () => {
    const { code, out, err } = await check({}, "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      ok: true,
      counts: { accounts: 1, customers: 1, pools: { gcp: 1, linode: 1 }, errors: 0, warnings: 0 },
      problems: [],
    } satisfies CheckResult);
  });

  it("prints one object for machines: problems", async () => {
    const { code, out, err } = await check({ [CUSTOMER]: `${MODELINES.customer}- server\n` }, "--json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(JSON.parse(out)).toEqual({
      ok: false,
      counts: { accounts: null, customers: null, pools: null, errors: 1, warnings: 0 },
      problems: [
        {
          file: CUSTOMER,
          line: 2,
          column: 1,
          field: "",
          message: 'the file holds a list; allowed: a map of fields; write "key: value" lines',
          severity: "error",
        },
      ],
    } satisfies CheckResult);
  });

  /** Puts a stack into `synthesized/` as an earlier synth would have. */
  function synthesized(id: string, source: string, bucket = "acme-meet-prod-terraform"): void {
    const stack = join(folder, "synthesized", "stacks", id);
    mkdirSync(stack, { recursive: true });
    const terraform = {
      "//": { source },
      terraform: { backend: { gcs: { bucket } } },
      resource: { google_compute_network: { network: {} } },
    };
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(terraform));
  }

  it("is content with what was synthesized for the files, as far as it got", async () => {
    synthesized("account-acme", "accounts/acme/account.yaml");
    synthesized("customer-abc", CUSTOMER);
    mkdirSync(join(folder, "synthesized", "stacks", "bridges-acme-eu-burst"));
    writeFileSync(join(folder, "synthesized", "stacks", "notes.txt"), "");
    expect(await check({})).toMatchObject({ code: 0, err: "" });
  });

  it("refuses a renamed folder of an account, as synthesis does", async () => {
    synthesized("account-acme", "accounts/acme/account.yaml");
    synthesized("customer-abc", CUSTOMER);
    const renamed = [...accountFiles()].filter(([path]) => path.startsWith("accounts/acme/"));
    const changes = renamed.flatMap(([path, text]) => [
      [path, undefined],
      [path.replace("/acme/", "/other/"), text],
    ]);
    expect(await check(Object.fromEntries(changes))).toEqual({
      code: 1,
      out: "",
      err:
        "synthesized/stacks/account-acme/cdk.tf.json:1:1  it holds 1 resource, and accounts/acme/account.yaml asks for it no " +
        "more, since accounts/acme is accounts/other now, and an account cannot change its name: all of it would be made " +
        "anew, beside what runs; rename accounts/other to accounts/acme again\n\n" +
        "1 problem in 1 file. Nothing was written.\n",
    });
  });

  it("refuses a customer that moved to another account, and a file that is gone, for machines, too", async () => {
    synthesized("customer-abc", "accounts/globex/customers/abc.yaml", "globex-terraform");
    synthesized("bridges-acme-old", "accounts/acme/pools/old.yaml");
    const { code, out } = await check({}, "--json");
    expect(code).toBe(1);
    const { ok, counts, problems } = JSON.parse(out) as CheckResult;
    expect({ ok, counts }).toEqual({
      ok: false,
      counts: { accounts: null, customers: null, pools: null, errors: 2, warnings: 0 },
    });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^it holds 1 resource, and accounts\/acme\/pools\/old\.yaml asks for it no more; /,
      ),
      expect.stringMatching(/^it runs for accounts\/globex\/customers\/abc\.yaml, and accounts\/acme\//),
    ]);
  });

  it.each([
    [
      ["chek"],
      /^error: unknown command 'chek'\n\(Did you mean check\?\)\nfleet --help lists the commands\.\n$/,
    ],
    [["check", "--jsn"], /^error: unknown option '--jsn'\n\(Did you mean --json\?\)/],
    [["check", "--accounts"], /^error: option '--accounts <directory>' argument missing/],
    [["check", "extra"], /^error: too many arguments/],
    [[], /^Usage: fleet /],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("shows help on standard output", async () => {
    const { code, out, err } = await run("check", "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("--accounts <directory>");
  });
});

describe("cli/fleet.js", () => {
  const fleet = join(ROOT, "cli", "fleet.js");

  it("is a program: checks the accounts of the working directory, without colours in a pipe", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [fleet, "check"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(stdout).toMatch(/^\d+ accounts?, \d+ customers?, \d+ pools? \(\d+ gcp, \d+ linode\), .*\n$/);
    expect(`${stdout}${stderr}`).not.toContain("\u001b");
    expect(status).toBe(0);
  });

  it("says what an old Node lacks, before it loads anything", () => {
    const pretend =
      "Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); require(process.argv[1])";
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", pretend, fleet, "check"], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: "fleet needs Node.js 20.9 or newer, this is 18.20.4; install a newer one.\n",
    });
  });
});
