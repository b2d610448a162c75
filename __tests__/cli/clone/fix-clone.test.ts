import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { CheckResult } from "../../../cli/commands/check";
import { MODELINES } from "../../builders/account-files";
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
    const places = (found: readonly { file: string; field: string }[]) =>
      found.map(({ file, field }) => `${file} ${field}`).sort();
    const { problems } = JSON.parse((await fleet.run(["check", "--json"])).out) as CheckResult;
    const { fixes = [] } = JSON.parse((await fixClone("--yes", "--json")).out) as CheckResult;
    expect(places(fixes)).toEqual(places(problems));
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
