import type { Explanation, FieldExplanation } from "../../cli/commands/explain";
import type { CustomerFollows } from "../../cli/explain/follows";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";
import { TWO_ACCOUNTS } from "../builders/fleet-of";

const ABC = "accounts/acme/customers/abc.yaml";
const ACCOUNT = "accounts/acme/account.yaml";

/** Every layer says a machine type, and the account's overrides another size of disk. */
const LAYERS = (fleet: FleetCommand) => ({
  "accounts/defaults.yaml": `${MODELINES.defaults}labels: { managed-by: fleet }
customers:
  server: { machineType: n2-standard-2 }
`,
  [ABC]: `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a, machineType: n2-standard-4, dataDiskGb: 100 }\n`,
  [ACCOUNT]: fleet
    .read(ACCOUNT)
    .replace("overrides:\n", "overrides:\n  customers: { server: { dataDiskGb: 80 } }\n"),
});

describe("fleet explain", () => {
  let fleet: FleetCommand;
  beforeEach(() => {
    fleet = new FleetCommand();
    fleet.write();
  });
  afterEach(() => fleet.close());

  const explanation = async (...args: string[]): Promise<Explanation> =>
    JSON.parse((await fleet.run(["explain", ...args, "--json"])).out) as Explanation;
  const settingOf = ({ settings }: Explanation, field: string) =>
    settings.find((setting) => setting.field === field);

  it("shows a pool's settings with their lines, and what follows", async () => {
    const { code, out } = await fleet.run(["explain", "acme/nl-static"]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "pool acme/nl-static
        cloud: linode             accounts/acme/pools/nl-static.yaml:2:8
        region: nl-ams            accounts/acme/pools/nl-static.yaml:3:9
        serves: [abc]             accounts/acme/pools/nl-static.yaml:4:9
        type: g6-dedicated-4      default
        size: 3                   accounts/acme/pools/nl-static.yaml:5:7
        draining: 0               default
        bridges: {}               default
        placement: flexible       default
        bridge:
          lastN: 25               default
          load:
            measurement: cpu      default
            cpuThreshold: -       default: 0.9
            packetsPerSecond: -   default: 10000 for each processor of the machine type, a guess: measure…
        nextImage: -              default: what they name
        drainDeadlineMinutes: 60  default
        labels: {}                default

      What follows
        bridges  3 in linode-nl-ams, each g6-dedicated-4 (4 processors, 8 GB); about 240 participants (a
                 guess, up to stress 0.8)
        home     abc
        image    ghcr.io/jitsi/jvb:stable-11146-2
        stacks   customer-abc, bridges-acme-nl-static
      "
    `);
  });

  it("shows what a value overrides, layer by layer", async () => {
    fleet.write(LAYERS(fleet));
    const { out } = await fleet.run(["explain", "abc"]);
    expect(out.split("\n").slice(2, 13)).toMatchInlineSnapshot(`
      [
        "  server:",
        "    cloud: gcp                      accounts/acme/customers/abc.yaml:2:18",
        "    zone: europe-west4-a            accounts/acme/customers/abc.yaml:2:29",
        "    machineType: n2-standard-4      accounts/acme/customers/abc.yaml:2:58",
        "      instead of n2-standard-8      accounts/acme/account.yaml:17:28 (defaults)",
        "      instead of n2-standard-2      accounts/defaults.yaml:4:26",
        "    bootDiskGb: 20                  default",
        "    dataDiskGb: 80                  accounts/acme/account.yaml:19:38 (overrides)",
        "      instead of 100                accounts/acme/customers/abc.yaml:2:85",
        "    dataDiskType: pd-balanced       default",
        "  release: stable-11146-2           default",
      ]
    `);
    expect(settingOf(await explanation("abc"), "server.machineType")).toEqual({
      field: "server.machineType",
      path: ["server", "machineType"],
      value: "n2-standard-4",
      isSecret: false,
      from: "file",
      note: null,
      origin: { layer: "own", file: ABC, line: 2, column: 58, field: "server.machineType" },
      overrides: [
        {
          value: "n2-standard-8",
          origin: {
            layer: "account-defaults",
            file: ACCOUNT,
            line: 17,
            column: 28,
            field: "defaults.customers.server.machineType",
          },
        },
        {
          value: "n2-standard-2",
          origin: {
            layer: "defaults",
            file: "accounts/defaults.yaml",
            line: 4,
            column: 26,
            field: "customers.server.machineType",
          },
        },
      ],
    });
  });

  it("has the line at which each value stands", async () => {
    fleet.write(LAYERS(fleet));
    for (const name of ["abc", "acme", "acme/eu-burst", "acme/nl-static"])
      for (const { field, value, origin, from } of (await explanation(name)).settings) {
        if (from !== "file" || !["number", "string"].includes(typeof value)) continue;
        const line = fleet.read(origin!.file).split("\n")[origin!.line - 1]!;
        expect({
          field,
          text: line
            .slice(origin!.column - 1)
            .replace(/^"/, "")
            .startsWith(String(value)),
        }).toEqual({
          field,
          text: true,
        });
      }
  });

  it("derives the host name from the account's domain, and says where that stands", async () => {
    expect(settingOf(await explanation("abc"), "hostname")).toMatchObject({
      value: "abc.meet.acme.example",
      from: "derived",
      note: "<customer id>.<dns.domain>",
      origin: { file: ACCOUNT, line: 8, field: "dns.domain" },
    });
  });

  it("says what holds where nothing is set", async () => {
    const abc = await explanation("abc");
    expect(settingOf(abc, "certificate")).toMatchObject({
      value: null,
      from: "nothing",
      note: "Let's Encrypt",
    });
    expect(settingOf(abc, "server.bootDiskGb")).toMatchObject({ value: 20, from: "default", origin: null });
  });

  it("counts bridges and participants of a customer over its pools and its server", async () => {
    fleet.write(TWO_ACCOUNTS);
    const follows = (await explanation("a-customer-of-24-letters")).follows as CustomerFollows;
    expect(follows.pools.map(({ name, bridges, participants }) => [name, bridges, participants])).toEqual([
      ["globex/us-burst-of-21-letter", { min: 1, max: 3 }, { min: 80, max: 240 }],
      ["globex/us-static", { min: 3, max: 3 }, { min: 240, max: 240 }],
      ["a-customer-of-24-letters (server)", { min: 1, max: 1 }, { min: 80, max: 80 }],
    ]);
    expect(follows.bridges).toEqual({ min: 5, max: 7 });
    expect(follows.participants).toEqual({ min: 400, max: 560 });
    expect(follows.keeps).toEqual(["globex/us-burst-of-21-letter"]);
    expect(follows.regionGroups).toEqual([["gcp-us-east1", "linode-us-ord"]]);
    expect(follows.stacks).toEqual([
      "customer-a-customer-of-24-letters",
      "bridges-globex-us-burst-of-21-letter",
      "bridges-globex-us-static",
    ]);
  });

  it("shows neither keys nor names of secrets, not even those that are overridden", async () => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILQPyEXGRfeceIJ8PK4K8fmJL2LMpBkEZrp8CxyboEF5";
    expect(fleet.read(ACCOUNT)).toContain(key);
    for (const args of [["acme"], ["acme", "operators.sshKeys"], ["acme", "operators"], ["acme", "--json"]]) {
      const { out } = await fleet.run(["explain", ...args]);
      expect(out).not.toMatch(/AAAAC3Nza|pager-url/);
      expect(out).toMatch(/\(not shown\)|"isSecret": true/);
    }
  });

  it.each([
    ["customer-abc", "customer", "abc"],
    ["bridges-acme-eu-burst", "pool", "acme/eu-burst"],
    ["account-acme", "account", "acme"],
  ])("knows an entity by its stack: %s", async (stack, kind, name) =>
    expect(await explanation(stack)).toMatchObject({ kind, name, stack }),
  );

  it("asks for the stack where a customer has the name of an account", async () => {
    fleet.write({
      "accounts/acme/customers/acme.yaml": `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\nbridgeOnServer: true\n`,
    });
    const { code, err } = await fleet.run(["explain", "acme"]);
    expect(code).toBe(2);
    expect(err).toBe("acme is a customer and an account: say customer-acme or account-acme.\n");
    expect(await explanation("customer-acme")).toMatchObject({ kind: "customer" });
  });

  it("explains one field in depth", async () => {
    fleet.write(LAYERS(fleet));
    const { out } = await fleet.run(["explain", "abc", "server.dataDiskGb"]);
    expect(out).toMatchInlineSnapshot(`
      "server.dataDiskGb of customer abc
        value              written at
        80     holds       accounts/acme/account.yaml:19:38 (overrides)
        100    overridden  accounts/acme/customers/abc.yaml:2:85

      Size of the data disk in GB, 10 to 10000 (default 50): certificates, metrics, Grafana. It grows
      online; shrinking would replace the disk and is refused by its protection.

      allowed  a whole number from 10 to 10000
      default  50
      "
    `);
  });

  it.each([
    ["abc", "server.machineType", /^c2d-.* and \d+ more; others by catalog\.extra in defaults\.yaml$/],
    ["abc", "server.zone", /^africa-south1-a, /],
    ["acme/eu-burst", "region", /^africa-south1, /],
    ["acme/nl-static", "type", /g6-dedicated-4/],
    ["acme/nl-static", "placement", /^flexible, strict, none$/],
  ])("says which names %s may have for %s", async (name, field, allowed) => {
    const { out } = await fleet.run(["explain", name, field, "--json"]);
    expect((JSON.parse(out) as FieldExplanation).allowed).toMatch(allowed);
  });

  it("explains a part of the settings, and a field of a map that is not set", async () => {
    const part = await fleet.run(["explain", "acme/eu-burst", "scaling.schedules"]);
    expect(part.out).toMatch(
      /working-day:\n +start: 45 7 \* \* MON-FRI +accounts\/acme\/pools\/eu-burst\.yaml:8:27/,
    );
    const unset = JSON.parse(
      (await fleet.run(["explain", "abc", "certificate.secret", "--json"])).out,
    ) as FieldExplanation;
    expect(unset).toMatchObject({
      field: "certificate.secret",
      allowed: "the name of a secret: letters, digits, _ and -",
      default: null,
      settings: [{ field: "certificate", from: "nothing" }],
    });
  });

  it.each([
    [
      ["abd"],
      'No customer, pool or account is called "abd"; there are abc, acme, acme/eu-burst, acme/nl-static. Did you mean abc?\n',
    ],
    [["eu-burst"], "A pool is named with its account: say acme/eu-burst.\n"],
    [
      ["abc", "server.machinType"],
      'The customer abc has no field "server.machinType"; did you mean server.machineType?\n',
    ],
    [
      ["acme/eu-burst", "targetStres"],
      'The pool acme/eu-burst has no field "targetStres"; did you mean scaling.targetStress?\n',
    ],
    [
      ["acme", "x"],
      'The account acme has no field "x"; there are gcp, linode, state, dns, operators, labels, rehearsal, allowDestroys, retired, waivers\n',
    ],
  ])("refuses %j with what there is", async (args, says) => {
    const { code, out, err } = await fleet.run(["explain", ...args]);
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: says });
  });

  it.each(["abc", "acme", "acme/eu-burst", "acme/nl-static"])("fits 100 columns: %s", async (name) => {
    const { out } = await fleet.run(["explain", name]);
    expect(out.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it("cuts words on a narrow screen only where they are too long", async () => {
    const { out } = await fleet.run(["explain", "abc"], { columns: 40 });
    const cut = out.split("\n").filter((line) => line.endsWith("…"));
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.filter((line) => !/ {2}\S[^]{18}…$/.test(line))).toEqual([]);
    expect(out).toMatch(/\n {2}images: - +not set\n/);
  });

  it("shows what is wrong with the files instead", async () => {
    fleet.write({ [ABC]: `${MODELINES.customer}server: 1\n` });
    const { code, out } = await fleet.run(["explain", "abc"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });
});
