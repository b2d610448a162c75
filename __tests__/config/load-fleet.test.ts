import { join } from "node:path";
import { formatProblems } from "../../config/format-problems";
import { type Loaded, loadFleet, loadFleetFrom } from "../../config/load-fleet";
import { accountFiles, MODELINES } from "../builders/account-files";

const LAYERS = join(__dirname, "..", "fixtures", "accounts", "valid", "layers", "accounts");

function valid(loaded: Loaded): Extract<Loaded, { ok: true }> {
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded;
}

const linesOf = (loaded: Loaded): string[] =>
  (loaded.ok ? loaded.warnings : loaded.problems).map(
    ({ file, line, column, field, message }) => `${file}:${line}:${column} ${field}: ${message}`,
  );

describe("loadFleet", () => {
  const { fleet, provenance, warnings } = valid(loadFleet(LAYERS));
  const byId = (id: string) =>
    [...fleet.accounts, ...fleet.customers, ...fleet.pools].find((entity) => entity.id === id);

  it("lets an account's defaults win over the defaults of all, its file over both, its overrides over everything", () => {
    expect(byId("abc")).toMatchObject({
      server: { machineType: "n2-standard-8", dataDiskGb: 200, bootDiskGb: 20 },
      snapshots: { startTimeUtc: "05:00", retentionDays: 30 },
    });
    expect(byId("eu-burst")).toMatchObject({
      machineType: "n2-standard-4",
      zones: ["europe-west4-c"],
      bootDiskGb: 40,
      scaling: { targetStress: 0.45, targetCpu: 0.5, bootSeconds: 120 },
    });
    expect(byId("nl-static")).toMatchObject({ type: "g6-dedicated-4", size: 3, draining: 0 });
  });

  it("puts the labels of the layers under the account's own, and overrides on top", () =>
    expect(byId("acme")).toMatchObject({
      labels: { "managed-by": "fleet", tier: "gold", "cost-center": "video", owner: "platform" },
    }));

  it("gives an account without layers the defaults of all", () =>
    expect(byId("xyz")).toMatchObject({
      server: { machineType: "n2-standard-4", dataDiskGb: 100 },
      snapshots: { retentionDays: 7 },
    }));

  it("makes the host name of id and domain unless the file names one", () =>
    expect(fleet.customers.map(({ hostname }) => hostname)).toEqual([
      "abc.meet.acme.example",
      "meet.globex.example",
    ]));

  it("sorts every list by account and id", () => {
    expect(fleet.accounts.map(({ id }) => id)).toEqual(["acme", "globex"]);
    expect(fleet.customers.map(({ id }) => id)).toEqual(["abc", "xyz"]);
    expect(fleet.pools.map(({ id }) => id)).toEqual(["eu-burst", "nl-static"]);
  });

  it("shows a warning with its place and still loads", () =>
    expect(warnings).toEqual([
      {
        file: "accounts/globex/account.yaml",
        line: 7,
        column: 1,
        field: "operators.iap",
        message:
          "nobody may log in to the Google machines of the account; name who may, such as group:ops@acme.example",
        severity: "warning",
      },
    ]));

  it("is the same twice", () => expect(valid(loadFleet(LAYERS)).fleet).toEqual(fleet));

  describe("provenance", () => {
    const pool = { kind: "pool", account: "acme", pool: "eu-burst" } as const;

    it.each([
      [["machineType"], "defaults", "accounts/defaults.yaml", 9, 16, "gcpPools.machineType"],
      [["zones"], "account-defaults", "accounts/acme/account.yaml", 21, 12, "defaults.gcpPools.zones"],
      [
        ["scaling", "targetCpu"],
        "account-defaults",
        "accounts/acme/account.yaml",
        22,
        27,
        "defaults.gcpPools.scaling.targetCpu",
      ],
      [
        ["scaling", "bootSeconds"],
        "defaults",
        "accounts/defaults.yaml",
        11,
        43,
        "gcpPools.scaling.bootSeconds",
      ],
      [
        ["scaling", "targetStress"],
        "own",
        "accounts/acme/pools/eu-burst.yaml",
        7,
        26,
        "scaling.targetStress",
      ],
      [
        ["bootDiskGb"],
        "account-overrides",
        "accounts/acme/account.yaml",
        29,
        17,
        "overrides.gcpPools.bootDiskGb",
      ],
    ])("of %j is the layer %s", (path, layer, file, line, column, field) =>
      expect(provenance.originOf(pool, path)).toEqual({ layer, file, line, column, field }),
    );

    it("of what no layer writes is unknown: the schema's default holds", () =>
      expect(provenance.originOf(pool, ["scaling", "schedules"])).toBeUndefined());

    it.each([
      [
        { kind: "customer", account: "acme", customer: "abc" } as const,
        ["snapshots", "retentionDays"],
        [
          "account-overrides overrides.customers.snapshots.retentionDays: 30",
          "own snapshots.retentionDays: 3",
          "defaults customers.snapshots.retentionDays: 7",
        ],
      ],
      [
        { kind: "account", account: "acme" } as const,
        ["labels", "tier"],
        [
          'own labels.tier: "gold"',
          'account-defaults defaults.labels.tier: "silver"',
          'defaults labels.tier: "standard"',
        ],
      ],
      [
        pool,
        ["zones"],
        [
          'account-defaults defaults.gcpPools.zones: ["europe-west4-c"]',
          'defaults gcpPools.zones: ["europe-west4-a","europe-west4-b"]',
        ],
      ],
      [pool, ["scaling", "schedules"], []],
    ])("knows what each layer says, the winner first: %j %j", (at, path, layers) =>
      expect(
        provenance
          .writtenAt(at, path)
          .map(({ value, origin }) => `${origin.layer} ${origin.field}: ${JSON.stringify(value)}`),
      ).toEqual(layers),
    );

    it("lists every written value of an account once", () =>
      expect(
        provenance
          .leavesOf({ kind: "account", account: "acme" })
          .filter(({ path }) => path[0] === "labels" || path[0] === "linode")
          .map(({ path, origin }) => `${path.join(".")} < ${origin.layer} ${origin.field}`),
      ).toEqual([
        "labels.managed-by < defaults labels.managed-by",
        "labels.tier < own labels.tier",
        "labels.cost-center < account-defaults defaults.labels.cost-center",
        "labels.owner < account-overrides overrides.labels.owner",
        "linode < own linode",
      ]));

    it("knows the defaults of all as a document of its own", () =>
      expect(provenance.originOf({ kind: "defaults" }, ["labels", "tier"])).toMatchObject({
        layer: "defaults",
        line: 2,
      }));
  });
});

describe("loadFleetFrom", () => {
  it("loads files from memory", () => expect(linesOf(loadFleetFrom(accountFiles()))).toEqual([]));

  it("needs no defaults.yaml", () =>
    expect(loadFleetFrom(accountFiles({ "accounts/defaults.yaml": undefined })).ok).toBe(true));

  it("reads a file with a byte order mark and Windows line ends", () => {
    const text = `\ufeff${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\n`.replaceAll(
      "\n",
      "\r\n",
    );
    expect(linesOf(loadFleetFrom(accountFiles({ "accounts/acme/customers/abc.yaml": text })))).toEqual([]);
  });

  it("puts what a rule finds where the field is written, in whichever layer that is", () => {
    const files = accountFiles({
      "accounts/defaults.yaml": `${MODELINES.defaults}gcpPools:\n  machineType: n2-standard-5\n`,
    });
    expect(linesOf(loadFleetFrom(files))).toEqual([
      expect.stringMatching(/^accounts\/defaults\.yaml:3:16 gcpPools\.machineType: "n2-standard-5"/),
    ]);
  });

  it("reports a mistake once that a layer gives to several entities", () => {
    const files = accountFiles({
      "accounts/defaults.yaml": `${MODELINES.defaults}customers:\n  server: { zone: europe-west4-x }\n`,
      "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: { cloud: gcp }\n`,
      "accounts/acme/customers/xyz.yaml": `${MODELINES.customer}server: { cloud: gcp }\nbridgeOnServer: true\n`,
    });
    expect(linesOf(loadFleetFrom(files))).toEqual([
      expect.stringMatching(/^accounts\/defaults\.yaml:3:19 customers\.server\.zone: "europe-west4-x"/),
    ]);
  });

  it("blames a field that nothing writes on the innermost map around it", () => {
    const files = accountFiles({
      "accounts/acme/pools/eu-burst.yaml": `${MODELINES.pool}cloud: gcp\nregion: europe-west4\nserves: [abc]\nsize:\n  min: 2\n`,
    });
    expect(linesOf(loadFleetFrom(files))).toEqual([
      expect.stringMatching(/^accounts\/acme\/pools\/eu-burst\.yaml:5:1 size\.max: missing/),
    ]);
  });

  it("complains of nothing that follows from a broken file", () => {
    const broken = `${MODELINES.customer}server: [\n`;
    expect(linesOf(loadFleetFrom(accountFiles({ "accounts/acme/customers/abc.yaml": broken })))).toEqual([
      expect.stringMatching(/^accounts\/acme\/customers\/abc\.yaml:2:9 : not YAML/),
    ]);
  });

  it("does not list more problems of one file than a person can read", () => {
    const labels = Array.from({ length: 5000 }, (_, n) => `  Key${n}: 1.5\n`).join("");
    const files = accountFiles({
      "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\nlabels:\n${labels}`,
    });
    const lines = linesOf(loadFleetFrom(files));
    expect(lines).toHaveLength(101);
    expect(lines[100]).toMatch(/:5003:\d+ : the file has more than 100 problems; mend those above first$/);
  });
});
