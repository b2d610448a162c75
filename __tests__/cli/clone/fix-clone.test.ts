import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { CheckResult } from "../../../cli/commands/check";
import { accountFiles, MODELINES } from "../../builders/account-files";
import { FleetCommand } from "../../builders/fleet-command";

const fleet = new FleetCommand();
afterAll(fleet.close);

/** A keyboard that gives these lines. */
const answers = (...lines: readonly string[]) => ({
  input: Readable.from(lines.map((line) => `${line}\n`)),
});
const fixClone = (...args: readonly string[]) => fleet.run(["check", "--fix-clone", ...args]);

describe("fleet check --fix-clone", () => {
  beforeEach(() => {
    fleet.write();
    cpSync(join(fleet.accounts, "acme"), join(fleet.accounts, "beta"), { recursive: true });
  });

  it("asks for each line that must differ, and changes nothing else", async () => {
    const run = await fleet.run(
      ["check", "--fix-clone"],
      answers(
        "ACME",
        "acme-meet-prod",
        "",
        "globex-states",
        "",
        "10.20.0.0/24",
        "10.50.0.0/20",
        "abc",
        "xyz",
      ),
    );
    expect(run).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "accounts/beta/account.yaml:3:12  gcp.project: "acme-meet-prod" is already the project of account acme (the original, by the names); allowed: a project that no other account uses; create one, then name it here
      Project of its own [beta-meet-prod]: 
        "ACME" is not valid; allowed: a project id of 6 to 30 lower-case letters, digits and hyphens.
      Project of its own [beta-meet-prod]: 
        "acme-meet-prod" is already the project of account acme (the original, by the names); allowed: a project that no other account uses; create one, then name it here.
      Project of its own [beta-meet-prod]: 
      accounts/beta/account.yaml:7:18  state.bucket: "acme-meet-prod-terraform" is already the state bucket of account acme (the original, by the names); allowed: a bucket that no other account uses; create one, then name it here
      State bucket of its own [beta-meet-prod-terraform]: 
      accounts/beta/account.yaml:8:40  dns.domain: "meet.acme.example" is already the domain of account acme (the original, by the names); allowed: a domain of its own; delegate a subdomain, such as "beta.meet.acme.example", and name it here
      Domain of its own [beta.meet.acme.example]: 
      accounts/beta/account.yaml:5:30  gcp.network.regions.europe-west4: "10.20.0.0/20" overlaps 10.20.0.0/20 of europe-west4 in account acme (the original, by the names); allowed: ranges that no other account uses; choose another
      Free range [10.21.0.0/20]: 
        "10.20.0.0/24" overlaps 10.20.0.0/20 of europe-west4 in account acme (the original, by the names); allowed: ranges that no other account uses; choose another.
      Free range [10.21.0.0/20]: 
      accounts/beta/customers/abc.yaml:1:1  "abc" is already the id of a customer of account acme (the original, by the names); allowed: ids that no other account uses; rename this file
      New id (renames the file; pools of the account follow) [beta-abc]: 
        accounts/beta/customers/abc.yaml is there already; choose another id.
      New id (renames the file; pools of the account follow) [beta-abc]: 
      ",
        "out": "accounts/beta/account.yaml:3:12  gcp.project: acme-meet-prod -> beta-meet-prod
      accounts/beta/account.yaml:7:18  state.bucket: acme-meet-prod-terraform -> globex-states
      accounts/beta/account.yaml:8:40  dns.domain: meet.acme.example -> beta.meet.acme.example
      accounts/beta/account.yaml:5:30  gcp.network.regions.europe-west4: 10.20.0.0/20 -> 10.50.0.0/20
      accounts/beta/customers/abc.yaml -> accounts/beta/customers/xyz.yaml
      accounts/beta/pools/eu-burst.yaml:4:10  serves[0]: abc -> xyz
      accounts/beta/pools/nl-static.yaml:4:10  serves[0]: abc -> xyz

      2 accounts, 2 customers, 4 pools (2 gcp, 2 linode), no problems
      ",
      }
    `);
    expect(fleet.read("accounts/beta/account.yaml")).toBe(
      fleet
        .read("accounts/acme/account.yaml")
        .replace("project: acme-meet-prod", "project: beta-meet-prod")
        .replace("acme-meet-prod-terraform", "globex-states")
        .replace("meet.acme.example", "beta.meet.acme.example")
        .replace("10.20.0.0/20", "10.50.0.0/20"),
    );
    expect(fleet.read("accounts/beta/pools/nl-static.yaml")).toBe(
      fleet.read("accounts/acme/pools/nl-static.yaml").replace("[abc]", "[xyz]"),
    );
    expect(existsSync(join(fleet.accounts, "beta", "customers", "abc.yaml"))).toBe(false);
  });

  it("moves the files of a customer's page with it", async () => {
    const web = join(fleet.accounts, "beta", "customers", "abc", "web");
    mkdirSync(web, { recursive: true });
    writeFileSync(join(web, "config.js"), "config.a = 1;\n");
    expect((await fixClone("--yes")).code).toBe(0);
    expect(fleet.read("accounts/beta/customers/beta-abc/web/config.js")).toBe("config.a = 1;\n");
    expect(existsSync(join(fleet.accounts, "beta", "customers", "abc"))).toBe(false);
  });

  it("removes the host keys of the original's machines", async () => {
    const key = `ecdsa-sha2-nistp256 ${"A".repeat(80)}`;
    for (const account of ["acme", "beta"])
      writeFileSync(
        join(fleet.accounts, account, "pools", "nl-static.yaml"),
        `${MODELINES.pool}cloud: linode\nregion: nl-ams\nserves: [abc]\nsize: 3\nbridges: { bridge-1: { hostKey: ${key} } }\n`,
      );
    const { code, out } = await fixClone("--yes");
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining("bridges.bridge-1.hostKey: removed\n"),
    });
    expect(fleet.read("accounts/beta/pools/nl-static.yaml")).not.toContain("bridges");
  });

  it("changes exactly the lines that the check names", async () => {
    // The second place of a line, and a line below one that goes, as they were on disk.
    const pool = (key: string) => `${MODELINES.pool}cloud: linode
region: nl-ams
serves: [abc, ab]
size: 3
bridges:
  bridge-1: { hostKey: ecdsa-sha2-nistp256 ${key.repeat(80)} }
  bridge-2: { hostKey: ecdsa-sha2-nistp256 ${key.repeat(81)} }
`;
    for (const account of ["acme", "beta"]) {
      const folder = join(fleet.accounts, account);
      writeFileSync(join(folder, "pools", "nl-static.yaml"), pool("A"));
      writeFileSync(
        join(folder, "customers", "ab.yaml"),
        fleet.read("accounts/acme/customers/abc.yaml") + "hostname: talk.meet.acme.example\n",
      );
    }
    const places = (found: readonly { file: string; line: number; column: number; field: string }[]) =>
      found.map(({ file, line, column, field }) => `${file}:${line}:${column} ${field}`).sort();
    const { problems } = JSON.parse((await fleet.run(["check", "--json"])).out) as CheckResult;
    const { fixes = [] } = JSON.parse((await fixClone("--yes", "--json")).out) as CheckResult;
    expect(places(fixes)).toEqual(places(problems));
  });

  it("takes the suggestions for many at once, and those that are in one another's way by turns", async () => {
    const ids = ["abc", "acme-hq", "hq", "xyz"];
    for (const account of ["acme", "beta"])
      for (const id of ids) {
        const text = fleet.read("accounts/acme/customers/abc.yaml");
        writeFileSync(join(fleet.accounts, account, "customers", `${id}.yaml`), text);
        for (const pool of ["eu-burst", "nl-static"]) {
          const path = join(fleet.accounts, account, "pools", `${pool}.yaml`);
          writeFileSync(
            path,
            readFileSync(path, "utf8").replace(/serves: .*/, `serves: [${ids.join(", ")}]`),
          );
        }
      }
    const { code, out, err } = await fixClone("--yes");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.match(/(?<=customers\/)\S+(?=\.yaml\n)/g)).toEqual([
      "beta-abc",
      "beta-hq",
      "beta-hq-2",
      "beta-xyz",
    ]);
    expect(fleet.read("accounts/beta/pools/nl-static.yaml")).toContain(
      "serves: [beta-abc, beta-hq, beta-hq-2, beta-xyz]",
    );
  });

  it("prints one object for machines", async () => {
    const { code, out } = await fixClone("--yes", "--json");
    const { ok, fixes, counts } = JSON.parse(out) as CheckResult;
    expect({ code, ok, accounts: counts.accounts }).toEqual({ code: 0, ok: true, accounts: 2 });
    expect(fixes).toHaveLength(7);
    expect(fixes).toContainEqual({
      file: "accounts/beta/account.yaml",
      line: 3,
      column: 12,
      field: "gcp.project",
      from: "acme-meet-prod",
      to: "beta-meet-prod",
    });
  });

  it("refuses an id that makes a name too long, and suggests a short one", async () => {
    const long = "a-very-long-account-name";
    renameSync(join(fleet.accounts, "beta"), join(fleet.accounts, long));
    expect((await fixClone("--yes")).out).toContain(
      `accounts/${long}/customers/abc.yaml -> accounts/${long}/customers/abc-2.yaml\n`,
    );
    rmSync(join(fleet.accounts, long), { recursive: true });
    cpSync(join(fleet.accounts, "acme"), join(fleet.accounts, long), { recursive: true });
    const { err } = await fleet.run(["check", "--fix-clone"], answers("", "", "", "", "b".repeat(24), "b"));
    expect(err).toMatch(
      /\n {2}"b{24}-xmpp-from-a-very-long-account-name-eu-burst", .*has 68 characters; allowed: at most 63/,
    );
  });

  it("does not hold what a copy lacks against the id of its customer", async () => {
    rmSync(join(fleet.accounts, "beta", "pools"), { recursive: true });
    const { code, out, err } = await fixClone("--yes");
    expect({ code, out }).toEqual({
      code: 1,
      out: expect.stringContaining(
        "accounts/beta/customers/abc.yaml -> accounts/beta/customers/beta-abc.yaml\n",
      ),
    });
    expect(err).toMatch(
      /^accounts\/beta\/customers\/beta-abc\.yaml:1:1 {2}customer beta-abc has no bridge, [^\n]*\n\n1 problem/,
    );
  });

  it("speaks of the id that was given, not of a file to rename", async () => {
    const { err } = await fleet.run(["check", "--fix-clone"], answers("", "", "", "", "ABC", "abc-2"));
    expect(err).toContain(
      '  "ABC" is not valid as the id of a customer; allowed: lower-case letters, digits and single hyphens, ' +
        "starting with a letter; choose another id.\n",
    );
  });

  it("asks nothing while a file of the copy cannot be read, because it may share something", async () => {
    const path = join(fleet.accounts, "beta", "pools", "nl-static.yaml");
    writeFileSync(path, fleet.read("accounts/acme/pools/nl-static.yaml").replace("size: 3", "sizes: 3"));
    expect(await fixClone("--yes")).toEqual({
      code: 2,
      out: "",
      err:
        "Not every file of beta can be read, so nobody knows what else is shared:\n" +
        "  accounts/beta/pools/nl-static.yaml\n" +
        "npx fleet check says why; mend them first, then run this again.\n\nNothing was written.\n",
    });
    expect(fleet.read("accounts/beta/account.yaml")).toBe(fleet.read("accounts/acme/account.yaml"));
  });

  it.each([[], ["beta"]])("does not deny a copy whose account.yaml cannot be read: %j", async (...copy) => {
    writeFileSync(join(fleet.accounts, "beta", "account.yaml"), "project: &name acme\n");
    for (const folder of ["customers", "pools"])
      rmSync(join(fleet.accounts, "beta", folder), { recursive: true });
    const { code, err } = await fixClone(...copy, "--yes");
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(
        /^Whether an account is a copy cannot be told before its files can be read; mend these first\.\n/,
      ),
    });
  });

  it("names every value that it cannot change, before the first question", async () => {
    const path = join(fleet.accounts, "beta", "account.yaml");
    writeFileSync(
      path,
      fleet
        .read("accounts/acme/account.yaml")
        .replace("project: acme-meet-prod", "project: >-\n    acme-meet-prod")
        .replace("bucket: acme-meet-prod-terraform", 'bucket: "acme\\u002dmeet-prod-terraform"'),
    );
    const pool = join(fleet.accounts, "beta", "pools", "nl-static.yaml");
    writeFileSync(pool, fleet.read("accounts/acme/pools/nl-static.yaml").replace("[abc]", '["\\x61bc"]'));
    const { code, err } = await fleet.run(["check", "--fix-clone"], answers());
    const what = "a value over several lines, or with escapes, is not changed here; write it on one line\n";
    expect({ code, err }).toEqual({
      code: 2,
      err:
        `accounts/beta/account.yaml:3:3  gcp.project: ${what}` +
        `accounts/beta/account.yaml:8:18  state.bucket: ${what}` +
        `accounts/beta/pools/nl-static.yaml:4:10  serves[0]: ${what}` +
        "Then run this again.\n\nNothing was written.\n",
    });
  });

  it("says which customers of others a copied pool goes on serving", async () => {
    const of = (account: string, text: string) =>
      text.replaceAll("acme", account).replace("10.20.0.0/20", "10.90.0.0/20");
    fleet.write({
      "accounts/globex/account.yaml": of("globex", String(accountFiles().get("accounts/acme/account.yaml"))),
      "accounts/globex/customers/xyz.yaml": String(accountFiles().get("accounts/acme/customers/abc.yaml")),
      "accounts/acme/pools/nl-static.yaml": `${MODELINES.pool}cloud: linode\nregion: nl-ams\nsize: 3\nserves: [abc, xyz]\n`,
    });
    cpSync(join(fleet.accounts, "acme"), join(fleet.accounts, "beta"), { recursive: true });
    const { code, err } = await fixClone("beta", "--yes");
    expect({ code, err }).toEqual({
      code: 0,
      err: `Look at this, too:
accounts/beta/pools/nl-static.yaml:5:20  serves[1]: "xyz" is a customer of account globex, and bridges of beta will carry its calls as those of the original do; remove it if that is not meant

`,
    });
  });

  it("takes the account that is named for the copy", async () => {
    const { code, out } = await fixClone("acme", "--yes");
    expect(code).toBe(0);
    expect(out).toContain(
      "accounts/acme/account.yaml:3:12  gcp.project: acme-meet-prod -> acme-acme-meet-prod\n",
    );
  });

  it("writes nothing when the answers end", async () => {
    const { code, err } = await fleet.run(["check", "--fix-clone"], answers("", "", ""));
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(
        /Free range: nobody answered; --yes takes every suggestion\.\n\nNothing was written\.\n$/,
      ),
    });
    expect(fleet.read("accounts/beta/account.yaml")).toBe(fleet.read("accounts/acme/account.yaml"));
  });

  it("asks which is the copy where nothing tells, and refuses to guess", async () => {
    const file = join(fleet.accounts, "acme", "account.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("acme", "meet"));
    cpSync(file, join(fleet.accounts, "beta", "account.yaml"));
    const refused = await fixClone("--yes");
    expect(refused).toEqual({
      code: 2,
      out: "",
      err:
        "Nothing tells whether acme or beta is the copy; name it: npx fleet check --fix-clone beta --yes.\n\n" +
        "Nothing was written.\n",
    });
    const { code, out } = await fleet.run(
      ["check", "--fix-clone"],
      answers("acme", ...Array<string>(9).fill("")),
    );
    expect(code).toBe(0);
    expect(out).toContain("accounts/acme/account.yaml:3:12");
    expect(out).not.toContain("accounts/beta/");
  });
});

describe("fleet check --fix-clone, without a copy", () => {
  beforeEach(() => fleet.write());

  it("says so", async () =>
    expect(await fixClone()).toEqual({
      code: 0,
      out: "1 account, 1 customer, 2 pools (1 gcp, 1 linode), no problems\n",
      err: "No account is a copy: none shares a value that it must not share.\n",
    }));

  it.each([
    [["--fix-clone", "acne"], 'No account is called "acne"; there are acme. Did you mean acme?\n'],
    [["--yes"], "--yes answers the questions of --fix-clone; without them there is nothing to answer.\n"],
  ])("refuses %j", async (args, err) =>
    expect(await fleet.run(["check", ...args])).toEqual({ code: 2, out: "", err }),
  );
});
