import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { NewResult } from "../../../cli/commands/new";
import { buildProgram, main } from "../../../cli/main";
import { helpParts } from "../../../scripts/reference/help-parts";
import { FleetCommand } from "../../builders/fleet-command";

const fleet = new FleetCommand();
afterAll(fleet.close);

const KEY = `ssh-ed25519 ${"A".repeat(68)} ops`;
const run = (...args: readonly string[]) => fleet.run(["new", ...args]);
const answering = (args: readonly string[], ...lines: readonly string[]) =>
  fleet.run(["new", ...args], { input: Readable.from(lines.map((line) => `${line}\n`)) });
const check = () => fleet.run(["check"]);

describe("fleet new, from nothing", () => {
  beforeEach(() => rmSync(fleet.accounts, { recursive: true, force: true }));

  it("makes a first account, its customer and its pools, which pass the check", async () => {
    const first = await run(
      "account",
      "acme",
      "--domain",
      "meet.acme.example",
      "--email",
      "ops@acme.example",
      "--yes",
    );
    expect(first).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "written  accounts/defaults.yaml
      written  accounts/acme/account.yaml

      Next, in this order:

      1. The project acme-meet exists, with a billing account.
      2. The bucket acme-meet-terraform exists, with versioning on.
      3. npx fleet new customer <id> --account acme
      4. After npx fleet deploy account-acme: delegate meet.acme.example to the name servers that it prints.
      ",
      }
    `);
    expect((await run("customer", "abc", "--yes")).code).toBe(0);
    const pool = await run("pool", "eu-burst", "--participants", "400", "--yes");
    expect(pool).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "written  accounts/acme/pools/eu-burst.yaml

      Next, in this order:

      1. npx fleet check && npm run synth
      2. Review synthesized/ and commit it together with accounts/.
      3. npx fleet deploy account-acme customer-abc bridges-acme-eu-burst     # in this order: the customer draws a password for the pool
      ",
      }
    `);
    expect(await check()).toEqual({
      code: 0,
      out: "1 account, 1 customer, 1 pool (1 gcp, 0 linode), 1 warning\n",
      err: expect.stringContaining("operators.alerts"),
    });
    expect(
      ["account.yaml", "customers/abc.yaml", "pools/eu-burst.yaml"]
        .map((file) => fleet.read(`accounts/acme/${file}`))
        .join("\n"),
    ).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=../../schemas/account.schema.json
      gcp:
        project: acme-meet
        network:
          regions:
            europe-west4: 10.0.0.0/20
      state: { bucket: acme-meet-terraform }
      dns:
        managedZone: acme-zone
        domain: meet.acme.example
        createZone: true
      operators:
        email: ops@acme.example
        iap: ["group:ops@acme.example"]

      # yaml-language-server: $schema=../../../schemas/customer.schema.json
      server:
        cloud: gcp
        zone: europe-west4-a
      bridgeOnServer: true

      # yaml-language-server: $schema=../../../schemas/pool.schema.json
      cloud: gcp
      region: europe-west4
      serves: [abc]
      size: { min: 1, max: 8 }
      "
    `);
  });

  it("takes an empty directory, and makes an account without Google Cloud", async () => {
    mkdirSync(fleet.accounts);
    const flags = ["--clouds", "linode", "--bucket", "acme-states", "--email", "ops@acme.example"];
    const { code } = await run(
      "account",
      "acme",
      ...flags,
      "--ssh-from",
      "203.0.113.0/24",
      "--ssh-key",
      KEY,
      "--yes",
    );
    expect(code).toBe(0);
    expect((await check()).code).toBe(0);
    expect(fleet.read("accounts/acme/account.yaml")).not.toContain("gcp");
    expect(await run("customer", "abc", "--yes")).toEqual({
      code: 2,
      out: "",
      err:
        "acme was taken for --account: acme has no Google Cloud side, which servers need; add gcp to its account.yaml " +
        "first; name another.\n\nNothing was written.\n",
    });
  });

  it("says which flag it misses, and writes nothing", async () => {
    expect(await run("account", "acme", "--yes")).toEqual({
      code: 2,
      out: "",
      err: "nothing can be suggested here; name them with --domain, --email.\n\nNothing was written.\n",
    });
    expect(existsSync(fleet.accounts)).toBe(false);
    expect((await run("account", "acme", "--domain", "meet.acme.example", "--yes")).err).toBe(
      "nothing can be suggested here; name it with --email.\n\nNothing was written.\n",
    );
    const linode = ["account", "acme", "--clouds", "linode", "--email", "ops@acme.example", "--yes"];
    expect((await run(...linode)).err).toBe(
      "nothing can be suggested here; name them with --ssh-from, --ssh-key.\n\nNothing was written.\n",
    );
    // No customer's server runs at Linode, so what comes next is a pool.
    const key = `ssh-ed25519 ${"A".repeat(68)}`;
    const { code, out } = await run(...linode, "--ssh-from", "203.0.113.0/24", "--ssh-key", key);
    expect({ code, next: /^2\. .*$/m.exec(out)?.[0] }).toEqual({
      code: 0,
      next: "2. npx fleet new pool <id> --account acme",
    });
  });

  it("names --yes only where it would help", async () => {
    expect((await answering(["account"])).err).toBe(
      "Name of the account (its folder): \nName of the account (its folder): nobody answered; name it with <id>.\n\n" +
        "Nothing was written.\n",
    );
  });
});

describe("examples of fleet new", () => {
  const examples = ["account", "customer", "pool"].flatMap((kind) => {
    const command = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined)
      .commands.find((each) => each.name() === "new")!
      .commands.find((each) => each.name() === kind)!;
    return helpParts(command).examples.flatMap((line) => /^npx fleet new (.* --yes)/.exec(line)?.[1] ?? []);
  });

  it("are several", () => expect(examples.length).toBeGreaterThan(4));

  it.each(examples)("work on the accounts of this repository: fleet new %s", async (example) => {
    let err = "";
    const code = await main(["new", ...example.split(/ +/), "--dry-run"], {
      out: () => undefined,
      err: (text) => void (err += text),
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });
});

describe("fleet new, beside others", () => {
  beforeEach(() => fleet.write());

  it("asks again until an answer holds against the rules", async () => {
    const { code, out, err } = await answering(
      ["customer", "abc"],
      "def", // only where the id of the command line is refused, which ends it
    );
    expect({ code, out, err }).toEqual({
      code: 2,
      out: "",
      err: "Account [acme]: \n  no account is called def; there are acme.\nAccount [acme]: \nAccount: nobody answered; name it with --account, or take what is suggested with --yes.\n\nNothing was written.\n",
    });
    const good = await answering(
      ["customer"],
      "",
      "ABC",
      "abc",
      "xyz",
      "us-east1-b",
      "",
      "n2-standart-4",
      "n2-standard-4",
      "",
      "eu-burst, nl-static",
    );
    expect(good).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "Account [acme]: 
      Id of the customer (its file; unique over all accounts): 
        "ABC" is not valid as the id of a customer; allowed: lower-case letters, digits and single hyphens, starting with a letter.
      Id of the customer (its file; unique over all accounts): 
        accounts/acme/customers/abc.yaml is there already; choose another id.
      Id of the customer (its file; unique over all accounts): 
      Zone of the server (the account has europe-west4) [europe-west4-a]: 
        "us-east1-b" is in us-east1, which has no subnet in account acme; allowed: europe-west4; choose one, or add us-east1 to gcp.network.regions in accounts/acme/account.yaml.
      Zone of the server (the account has europe-west4) [europe-west4-a]: 
      Machine type of the server [n2-standard-8]: 
        "n2-standart-4" is not a known Google Cloud machine type; allowed: those of the catalogue and of catalog.extra.gcpMachineTypes in accounts/defaults.yaml; did you mean "n2-standard-4"?
      Machine type of the server [n2-standard-8]: 
      Host name that people open [xyz.meet.acme.example]: 
      Bridges: pools of the account (eu-burst, nl-static), or server for one on the server [server]: 
      ",
        "out": "written  accounts/acme/customers/xyz.yaml
      changed  accounts/acme/pools/eu-burst.yaml
      changed  accounts/acme/pools/nl-static.yaml

      Next, in this order:

      1. npx fleet check && npm run synth
      2. Review synthesized/ and commit it together with accounts/.
      3. npx fleet deploy xyz     # with the pools that serve it, after it
      ",
      }
    `);
    expect(fleet.read("accounts/acme/customers/xyz.yaml")).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=../../../schemas/customer.schema.json
      server:
        cloud: gcp
        zone: europe-west4-a
        machineType: n2-standard-4
      "
    `);
    expect(fleet.read("accounts/acme/pools/nl-static.yaml")).toContain(
      "serves: [abc, xyz]\nsize: 3 # the base load\n",
    );
    expect((await check()).code).toBe(0);
  });

  it("begins the ranges of another account behind those in use", async () => {
    const { code } = await run(
      ...[
        "account",
        "beta",
        "--domain",
        "meet.beta.example",
        "--regions",
        "us-east1,europe-west4,asia-east1=10.1.0.0/20",
      ],
      "--yes",
    );
    expect(code).toBe(0);
    expect(fleet.read("accounts/beta/account.yaml")).toContain(
      "us-east1: 10.21.0.0/20\n      europe-west4: 10.21.16.0/20\n      asia-east1: 10.1.0.0/20\n",
    );
    expect((await check()).code).toBe(0);
  });

  it.each([
    [
      ["customer", "abc", "--yes"],
      "<id>: accounts/acme/customers/abc.yaml is there already; choose another id",
    ],
    [["account", "acme", "--yes"], "<id>: accounts/acme/account.yaml is there already; choose another id"],
    [
      ["pool", "eu-burst", "--yes"],
      "<id>: accounts/acme/pools/eu-burst.yaml is there already; choose another id",
    ],
    [["customer", "xyz", "--zone", "us-east1-b", "--yes"], /^--zone: "us-east1-b" is in us-east1, which /],
    [["customer", "xyz", "--bridges", "none", "--yes"], "--bridges: allowed: server, eu-burst, nl-static"],
    [
      ["pool", "x1", "--serves", "abd", "--yes"],
      /^--serves: "abd" is not a customer; .*did you mean "abc"\?/,
    ],
    [["pool", "x1", "--cloud", "linode", "--min", "1", "--yes"], "--min has no meaning here; leave it out"],
    [["pool", "x1", "--size", "0", "--yes"], "--size: allowed: a whole number from 1 on"],
    [
      ["account", "beta", "--project", "acme-meet-prod", "--yes"],
      /^--project: "acme-meet-prod" is already the project/,
    ],
    [
      ["account", "beta", "--regions", "europe-west4=10.20.0.0/20", "--yes"],
      /^--regions: "10\.20\.0\.0\/20" overlaps/,
    ],
    [
      ["account", "beta", "--regions", "europe-west4=10.0.0.0/20=10.0.16.0/20", "--yes"],
      '--regions: "europe-west4=10.0.0.0/20=10.0.16.0/20" is not valid; allowed: a region, or with its range us-east1=10.20.0.0/20',
    ],
    [
      ["account", "beta", "--regions", "=10.0.0.0/20", "--yes"],
      '--regions: "=10.0.0.0/20" is not valid; allowed: a region, or with its range us-east1=10.20.0.0/20',
    ],
    [
      ["account", "beta", "--regions", "us-east1,us-east1", "--yes"],
      '--regions: "us-east1" stands there twice; name each region once',
    ],
    [
      ["account", "../beta", "--yes"],
      '<id>: "../beta" is not valid as the id of an account; allowed: lower-case letters, digits and single hyphens, starting with a letter',
    ],
    [
      ["customer", "abc/web", "--yes"],
      '<id>: "abc/web" is not valid as the id of a customer; allowed: lower-case letters, digits and single hyphens, starting with a letter',
    ],
    [
      ["pool", "x".repeat(25), "--yes"],
      /^<id>: "x{25}" is not valid as the id of a pool; allowed: at most 24 characters\.\n/,
    ],
    [
      ["account", "Beta", "--yes"],
      /^<id>: "Beta" is not valid as the id of an account; allowed: .* with a letter\.\n/,
    ],
  ])("refuses %j", async (args, message) => {
    const before = readdirSync(fleet.accounts, { recursive: true });
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    if (typeof message === "string") expect(err).toBe(`${message}.\n\nNothing was written.\n`);
    else expect(err).toMatch(message);
    expect(readdirSync(fleet.accounts, { recursive: true })).toEqual(before);
  });

  it("prints the file instead of writing it", async () => {
    const { code, out } = await run(
      "pool",
      "us",
      "--cloud",
      "linode",
      "--region",
      "us-ord",
      "--size",
      "4",
      "--dry-run",
      "--yes",
    );
    expect({ code, out }).toEqual({
      code: 0,
      out:
        "# accounts/acme/pools/us.yaml\n# yaml-language-server: $schema=../../../schemas/pool.schema.json\n" +
        "cloud: linode\nregion: us-ord\nserves: [abc]\nsize: 4\n",
    });
    expect(existsSync(join(fleet.accounts, "acme", "pools", "us.yaml"))).toBe(false);
  });

  it("prints one object for machines", async () => {
    const { out } = await run("customer", "xyz", "--bridges", "eu-burst", "--json", "--yes");
    const { kind, id, written, files } = JSON.parse(out) as NewResult;
    expect({ kind, id, written }).toEqual({ kind: "customer", id: "xyz", written: true });
    expect(files.map(({ path, isNew }) => [path, isNew])).toEqual([
      ["accounts/acme/customers/xyz.yaml", true],
      ["accounts/acme/pools/eu-burst.yaml", false],
    ]);
  });

  it("does nothing while the accounts have problems", async () => {
    fleet.write({ "accounts/acme/customers/abc.yaml": undefined });
    const { code, err } = await run("customer", "xyz", "--yes");
    expect(code).toBe(1);
    expect(err).toContain('"abc" is not a customer');
  });
});
