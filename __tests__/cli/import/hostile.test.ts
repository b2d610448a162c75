import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { ANSIBLE_RULES } from "../../../cli/import/ansible-rules";
import { isTaken, type Rule } from "../../../cli/import/rule";
import { TERRAGRUNT_RULES } from "../../../cli/import/terragrunt-rules";
import { loadFleet } from "../../../config/load-fleet";
import { FleetCommand } from "../../builders/fleet-command";

/** In the value of every variable that nobody should see again. */
const SECRET = "hunter2";

const value = fc.oneof(
  fc.constantFrom(
    "europe-west4",
    "europe-west4-a",
    "nl-ams",
    "us-den-1",
    "us-east-1a",
    "mars",
    "n2-standard-4",
    "f1-micro",
  ),
  fc.constantFrom(
    "g6-dedicated-4",
    "g5-standard-1",
    "acme-meet-1",
    "Meet.acme.example.",
    "10.20.3.0/20",
    "10.0.0.0/28",
    "ops@acme.example",
  ),
  fc.constantFrom(
    "",
    "null",
    "yes",
    "0x10",
    "- a",
    "a: b # c",
    "'",
    '"',
    "a\tb",
    "#",
    "!x",
    "{{ region }}",
    "é",
    "true",
  ),
  fc.string({ maxLength: 12 }),
  fc.integer({ min: -5, max: 2000 }),
  fc.double({ noNaN: true, min: -1, max: 200 }),
  fc.array(fc.constantFrom("europe-west4-a", "us-east1-b", "owner:acme", "x"), { maxLength: 3 }),
  fc.record({ owner: fc.string({ maxLength: 5 }) }),
);

const namesOf = (rules: readonly Rule[]): string[] => [
  ...rules.filter(isTaken).flatMap(({ names }) => names.filter((name) => /^[a-z_]+$/.test(name))),
  "unknown_variable",
];

/** Values that fit a field, some of them not beside each other; two of three variables have such a one. */
const FITTING: Readonly<Record<string, readonly unknown[]>> = {
  network: ["10.0.0.0/29", "10.20.3.0/20", "192.168.0.0/24"],
  region: ["europe-west4", "us-east1", "nl-ams", "us-den-1"],
  zones: [["europe-west4-a"], ["us-east1-b", "us-east1-c"]],
  "size.max": [1, 40, 900],
  "size.min": [1, 3, 50],
  size: [2, 60],
  "server.zone": ["europe-west4-a", "us-east1-b"],
  hostname: ["meet.acme.example", "acme.example", "a.b.acme.example"],
  "dns.domain": ["acme.example", "meet.acme.example."],
  "dns.managedZone": ["acme-zone"],
  id: ["jvb", "x-y", "a".repeat(40)],
};

const fittingFor = (rules: readonly Rule[], name: string) => {
  const rule = rules.find(({ names }) => names.includes(name));
  const values = rule && isTaken(rule) ? FITTING[rule.field] : undefined;
  return values ? fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 2 }, value) : value;
};

/** Variables with values of any kind, as JSON, which is HCL and YAML, too. */
const variables = (rules: readonly Rule[]) =>
  fc
    .uniqueArray(fc.constantFrom(...namesOf(rules)), { minLength: 4, maxLength: 30 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, fittingFor(rules, name)]))));

const secrets = { app_password: SECRET, root_password: SECRET, my_token: SECRET };
const hcl = (entries: object): string =>
  Object.entries(entries)
    .map(([name, inner]) => `${name} = ${JSON.stringify(inner).replace(/[$%]\{/g, "x")}\n`)
    .join("");
const yaml = (entries: object): string =>
  Object.entries(entries)
    .map(([name, inner]) => `${name}: ${JSON.stringify(inner)}\n`)
    .join("");

describe("fleet import of anything", () => {
  const fleet = new FleetCommand();
  afterAll(() => fleet.close());

  async function heldAgainst(
    kind: string,
    file: string,
    text: string,
    flags: readonly string[],
  ): Promise<number> {
    const folder = join(fleet.folder, "source");
    rmSync(folder, { recursive: true, force: true });
    rmSync(fleet.accounts, { recursive: true, force: true });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    const { code, out, err } = await fleet.run(["import", kind, folder, ...flags]);
    expect(out + err).not.toContain(SECRET);
    const written = existsSync(fleet.accounts) ? readdirSync(fleet.accounts) : [];
    if (code === 0) {
      expect(loadFleet(fleet.accounts)).toMatchObject({ ok: true });
    } else {
      expect(written).toEqual([]);
      expect(err).not.toBe("");
    }
    return code;
  }

  const account = ["--account", "acme2", "--project", "acme-meet-2", "--state-bucket", "acme2-tf"];
  const common = [...account, "--email", "ops@acme.example", "--hostname", "meet.acme.example"];

  it("writes only what the check accepts, or nothing: terragrunt", async () => {
    const flags = [
      ...common,
      "--region",
      "europe-west4",
      "--zone",
      "europe-west4-b",
      "--min",
      "2",
      "--max",
      "9",
    ];
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(variables(TERRAGRUNT_RULES), fc.boolean(), async (entries, withFlags) => {
        const text = hcl({ ...entries, ...secrets });
        codes.add(await heldAgainst("terragrunt", "terraform.tfvars", text, withFlags ? flags : account));
      }),
      { numRuns: 60 },
    );
    expect(codes).toContain(0);
  });

  it("writes only what the check accepts, or nothing: ansible", async () => {
    const key = `ssh-ed25519 ${"A".repeat(68)} ops`;
    const flags = [...common, "--zone", "europe-west4-b", "--ssh-from", "203.0.113.0/24", "--ssh-key", key];
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(variables(ANSIBLE_RULES), fc.boolean(), async (entries, withFlags) => {
        const text = yaml({ ...entries, ...secrets });
        const more = withFlags ? ["--region", "nl-ams", "--bridges", "3"] : [];
        codes.add(await heldAgainst("ansible", "group_vars/jitsi/vars", text, [...flags, ...more]));
      }),
      { numRuns: 60 },
    );
    expect(codes).toContain(0);
  });

  it.each([
    ["terragrunt", "terraform.tfvars"],
    ["terragrunt", "a.tfvars.json"],
    ["terragrunt", "terragrunt.hcl"],
    ["ansible", "group_vars/jitsi/vars"],
    ["ansible", "hosts"],
  ])("never falls over text of any kind: %s %s", async (kind, file) => {
    const piece = fc.constantFrom(
      "a",
      "=",
      "{",
      "}",
      "[",
      "]",
      '"',
      "${",
      "<<E",
      "\n",
      "#",
      "/*",
      ":",
      "- ",
      "  ",
      "1",
      ",",
      "inputs",
      "|",
      "!vault",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        await heldAgainst(kind, file, pieces.join(""), account);
      }),
      { numRuns: 60 },
    );
  });
});
