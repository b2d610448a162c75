import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RotateResult } from "../../cli/commands/secrets-rotate";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

const CUSTOMER = "accounts/acme/customers/abc.yaml";
const SERVER = "server: { cloud: gcp, zone: europe-west4-a } # near their office\n";

let fleet: FleetCommand;
beforeEach(() => {
  fleet = new FleetCommand();
});
afterEach(() => fleet.close());

const rotate = (...more: string[]) => fleet.run(["secrets", "rotate", "abc", ...more]);

describe("fleet secrets rotate", () => {
  it("raises the number in the customer's file by one, and says what follows for this customer", async () => {
    fleet.write({
      [CUSTOMER]: `${MODELINES.customer}${SERVER}secretsVersion: 4 # raised in spring\nlabels: {}\n`,
    });
    chmodSync(join(fleet.folder, CUSTOMER), 0o640);
    expect(await rotate()).toEqual({
      code: 0,
      err: "",
      out: `accounts/acme/customers/abc.yaml: secretsVersion 4 -> 5

Next, in this order:

1. npm run synth
     nothing runs yet
2. git diff --stat synthesized/stacks/customer-abc synthesized/stacks/bridges-acme-eu-burst synthesized/stacks/bridges-acme-nl-static
     review and commit them with the customer's file
3. npx fleet deploy customer-abc
     it shows that 8 secret versions are replaced and the server changes in place: say no if there is more. Every room of abc ends and the pages join again, within about a minute; bridges log in again by themselves, with the password that they have
4. gcloud compute ssh abc-server --project=acme-meet-prod --zone=europe-west4-a --tunnel-through-iap --command='sudo journalctl -t fleet-secrets -n 1 --output=cat'
     nothing; it must name the versions that were just made. Secret Manager may give those of before for some minutes: then run sudo systemctl restart fleet-secrets fleet there, which ends the rooms again
5. npx fleet deploy acme/eu-burst
     nothing: bridges that start from now on have the new password, the others keep theirs
6. npx fleet deploy acme/nl-static
     one bridge after the other is drained and gets the new password, which the deploy fetches; in a shell that had it from fleet secrets env, ask for it there again before

Do not rotate abc again before every bridge that runs was started after this: the rotation after this one takes the old password away.
`,
    });
    expect(fleet.read(CUSTOMER)).toBe(
      `${MODELINES.customer}${SERVER}secretsVersion: 5 # raised in spring\nlabels: {}\n`,
    );
    expect(statSync(join(fleet.folder, CUSTOMER)).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(fleet.accounts, "acme/customers"))).toEqual(["abc.yaml"]);
    expect((await fleet.run(["check"])).code).toBe(0);
  });

  it("adds the number where the customer has the default, or one from a layer that the file wins over", async () => {
    const own = `${MODELINES.customer}${SERVER}`;
    fleet.write({ [CUSTOMER]: own });
    expect((await rotate()).out).toContain("secretsVersion 1 -> 2\n");
    expect(fleet.read(CUSTOMER)).toBe(`${own}secretsVersion: 2\n`);

    const defaults = `${MODELINES.defaults}customers: { secretsVersion: 6 }\n`;
    fleet.write({ [CUSTOMER]: own, "accounts/defaults.yaml": defaults });
    expect((await rotate()).out).toContain("secretsVersion 6 -> 7\n");
    expect(fleet.read(CUSTOMER)).toBe(`${own}secretsVersion: 7\n`);
    expect(fleet.read("accounts/defaults.yaml")).toBe(defaults);
  });

  it("writes nothing in a dry run, and one object for machines", async () => {
    fleet.write();
    const before = fleet.read(CUSTOMER);
    expect((await rotate("--dry-run")).out).toMatch(
      /^.*: secretsVersion 1 -> 2 \(not written: --dry-run\)\n/,
    );
    const { code, out, err } = await rotate("--dry-run", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { steps, ...result } = JSON.parse(out) as RotateResult;
    expect(result).toEqual({ customer: "abc", file: CUSTOMER, from: 1, to: 2, written: false });
    expect(steps.map(({ command }) => command)).toEqual([
      "npm run synth",
      expect.stringMatching(/^git diff/),
      "npx fleet deploy customer-abc",
      expect.stringMatching(/^gcloud compute ssh abc-server /),
      "npx fleet deploy acme/eu-burst",
      "npx fleet deploy acme/nl-static",
    ]);
    expect(fleet.read(CUSTOMER)).toBe(before);
  });

  it("refuses, with the place, when another layer wins over the file", async () => {
    const own = `${MODELINES.customer}${SERVER}secretsVersion: 2\n`;
    fleet.write({
      [CUSTOMER]: own,
      "accounts/acme/account.yaml": `${MODELINES.account}gcp: { project: acme-meet-prod, network: { regions: { europe-west4: 10.20.0.0/20 } } }
linode: {}
state: { bucket: acme-meet-prod-terraform }
dns: { managedZone: acme-zone, domain: meet.acme.example }
operators:
  email: ops@acme.example
  iap: ["group:ops@acme.example"]
  sshFrom: [203.0.113.0/24]
  sshKeys: { ops: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILQPyEXGRfeceIJ8PK4K8fmJL2LMpBkEZrp8CxyboEF5 ops }
overrides:
  customers:
    secretsVersion: 9
`,
    });
    expect(await rotate()).toEqual({
      code: 1,
      out: "",
      err:
        "accounts/acme/account.yaml:13:21  overrides.customers.secretsVersion: 9 wins over " +
        "accounts/acme/customers/abc.yaml and holds for every customer of acme; move it into the customers' files, " +
        "then rotate\n\nNothing was written.\n",
    });
    expect(fleet.read(CUSTOMER)).toBe(own);
  });

  it.each([
    [
      "the accounts have problems",
      "server: 1\n",
      /^accounts\/acme\/customers\/abc\.yaml:2:9 {2}server: .*Nothing/s,
    ],
    [
      "the number ends",
      `${SERVER}secretsVersion: 1000000\n`,
      /secretsVersion: 1000001 is more than the schema/,
    ],
    ["the file cannot be edited", `${SERVER}...\n`, /secretsVersion: cannot be changed .*; write 2 by hand/],
  ])("refuses when %s", async (_, content, says) => {
    fleet.write({ [CUSTOMER]: MODELINES.customer + content });
    const { code, out, err } = await rotate();
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(says);
    expect(fleet.read(CUSTOMER)).toBe(MODELINES.customer + content);
  });

  it("names the customers that there are", async () => {
    fleet.write();
    expect(await fleet.run(["secrets", "rotate", "abd"])).toEqual({
      code: 2,
      out: "",
      err: 'No customer is called "abd"; there are abc. Did you mean abc?\n',
    });
  });
});
