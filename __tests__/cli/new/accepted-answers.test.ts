import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadFleet } from "../../../config/load-fleet";
import { FleetCommand } from "../../builders/fleet-command";

const fleet = new FleetCommand();
afterAll(fleet.close);

/** What people type, rightly and wrongly, and what they would never type. */
const answer = (usual: string, ...others: readonly string[]) =>
  fc.option(
    fc.oneof(
      { weight: 16, arbitrary: fc.constant(usual) },
      { weight: 4, arbitrary: fc.constantFrom(usual, ...others) },
      { weight: 1, arbitrary: fc.string() },
    ),
    { nil: undefined, freq: 2 },
  );
const ids = answer("xyz", "abc", "x", "a-b", "eu-server", "abc-main", "Beta", "a".repeat(25), "true", "1e3");

const flags = (values: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));

const account = fc.record({
  clouds: answer("gcp", "linode", "gcp,linode", "aws"),
  project: answer("beta-meet", "acme-meet-prod", "b", "b".repeat(31)),
  regions: answer(
    "europe-west4",
    "us-east1,asia-east1",
    "us-east1=10.20.8.0/24",
    "us-east1=10.0.0.1/20",
    "nowhere",
  ),
  bucket: answer("beta-states", "acme-meet-prod-terraform", "beta-meet-fleet-artifacts", "B"),
  domain: answer("meet.beta.example", "none", "meet.acme.example", "yes", "a..b"),
  zone: answer("beta-zone", "null", "9"),
  "create-zone": answer("yes", "no"),
  email: answer("ops@beta.example", "ops"),
  iap: answer("group:ops@beta.example,user:a@beta.example", "ops"),
  "ssh-from": answer("203.0.113.0/24", "2001:db8::/48", "0.0.0.0/0", "10.0.0.1/8"),
  "ssh-key": answer(`ssh-ed25519 ${"A".repeat(68)} ops # key`, "ssh-ed25519 A"),
});
const customer = fc.record({
  zone: answer("europe-west4-a", "us-east1-b", "europe-west4-z", "1"),
  "machine-type": answer("n2-standard-4", "n2-standard-8", "e2-micro", "n2"),
  hostname: answer("meet.xyz.example", "abc.meet.acme.example", "nl-static-1.bridges.meet.acme.example", "x"),
  bridges: answer("server", "eu-burst", "eu-burst,nl-static", "server, eu-burst", "none"),
});
const pool = fc.record({
  cloud: answer("gcp", "linode", "aws"),
  region: answer("europe-west4", "nl-ams", "us-east1", "on"),
  serves: answer("abc", "abc,abc", "abd", "abc, xyz"),
  "machine-type": answer("n2-standard-8", "g6-dedicated-8", "g6-nanode-1"),
  participants: answer("1", "400", "100000", "-1", "0x10"),
  min: answer("1", "3", "2000"),
  size: answer("1", "4", "101", "2.5"),
});

/** Every file below the accounts, with its text. */
const files = () =>
  readdirSync(fleet.accounts, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(fleet.accounts, path)).isFile())
    .sort()
    .map((path) => [path, readFileSync(join(fleet.accounts, path), "utf8")]);

describe("fleet new, whatever is answered", () => {
  it.each([
    ["account", account],
    ["customer", customer],
    ["pool", pool],
  ])("writes %ss that pass the check, or nothing", async (kind, values) => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(ids, values, async (id, given) => {
        fleet.write();
        const before = files();
        const name = id === undefined || id.startsWith("-") ? "xyz" : id;
        const { code, out, err } = await fleet.run(["new", kind, name, "--yes", ...flags(given)]);
        if (code !== 0) {
          expect({ out, files: files() }).toEqual({ out: "", files: before });
          expect(err).not.toBe("");
          return;
        }
        accepted++;
        expect(loadFleet(fleet.accounts)).toMatchObject({ ok: true });
        expect(files().length).toBe(before.length + 1);
      }),
      { numRuns: 25, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
