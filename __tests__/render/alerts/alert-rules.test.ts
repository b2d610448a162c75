import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "../../../model/fleet";
import { HOURLY_MEASUREMENTS, MEASUREMENTS } from "../../../model/measurements";
import { COMMON_TAGS, HOURLY_BUCKET, poolTag, RAW_BUCKET } from "../../../model/telemetry";
import { allAlerts } from "../../../render/alerts/all-alerts";
import { alertFiles, ALERTING } from "../../../render/alerts/alert-files";
import { LONGEST_UID, ruleUid } from "../../../render/alerts/grafana-rule";
import { DATASOURCES, type DatasourceUid } from "../../../render/grafana/provisioning";
import { alarmsOf, durationSeconds, EVALUATION_SECONDS, type Rule } from "../../builders/evaluate-alert";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { bridge, jicofo, type Planted, series } from "../../builders/planted";
import { describeWithInfluxDb, RealInfluxDb } from "../../builders/real-influxdb";
import { DATA_SETS, hour } from "./data-sets";

interface RuleFile {
  readonly groups?: readonly {
    readonly name: string;
    readonly interval: string;
    readonly rules: readonly Rule[];
  }[];
}

const rulesOf = (pools: readonly Pool[], account = anAccount()): Rule[] =>
  Object.values(alertFiles({ account, customer: aCustomer(), pools }))
    .flatMap((text) => (load(text) as RuleFile).groups ?? [])
    .flatMap(({ rules }) => rules);

const POOLS = [aGcpPool(), aLinodePool()];
const RULES = rulesOf(POOLS);
const ALERTS = allAlerts(aCustomer(), POOLS);
const KINDS = [...new Set(ALERTS.map(({ kind }) => kind))];
const RUNBOOK = readFileSync(join(__dirname, "../../../docs/runbook.md"), "utf8");

const ruleOf = (kind: string, pools: readonly Pool[], pool?: string): Rule => {
  const uid = ruleUid({ kind, ...(pool === undefined ? {} : { pool }) });
  const found = rulesOf(pools).find((rule) => rule.uid === uid);
  if (!found) throw new Error(`there is no rule ${uid}`);
  return found;
};

/** What each bucket has. */
const WRITTEN: Readonly<Record<string, Measured>> = {
  [RAW_BUCKET]: MEASUREMENTS,
  [HOURLY_BUCKET]: HOURLY_MEASUREMENTS,
};
type Measured = Readonly<
  Record<string, { readonly tags: readonly string[]; readonly fields: readonly string[] }>
>;
const isHourly = (line: string): boolean => /^\w+/.exec(line)![0] in HOURLY_MEASUREMENTS;

// Many small questions, on a machine that may be busy.
jest.setTimeout(60_000);

describeWithInfluxDb("alerts, asked of a real database", () => {
  let database: RealInfluxDb;
  /** Each data set has hours of its own, so that no query sees another's. */
  let beginning = Date.UTC(2026, 0, 1) / 1000;
  beforeAll(async () => void (database = await RealInfluxDb.start()));
  afterAll(() => database.stop());

  const plant = async (those: readonly Planted[]): Promise<void> => {
    beginning += 12 * 3600;
    const lines = those.flatMap((planted) => planted(beginning));
    const [hourly, raw] = [true, false].map((wanted) => lines.filter((line) => isHourly(line) === wanted));
    if (hourly!.length > 0) await database.write(hourly!, HOURLY_BUCKET);
    if (raw!.length > 0) await database.write(raw!);
  };

  describe.each(Object.entries(DATA_SETS))("%s", (name, { pools = POOLS, pool, minutes = 15, ...sets }) => {
    const rule = ruleOf(name.split(",")[0]!, pools, pool);
    const alarms = async (planted: readonly Planted[]) => {
      await plant(planted);
      return alarmsOf(database, rule, beginning, beginning + minutes * 60);
    };

    it("is raised", async () => {
      const found = await alarms(sets.raises);
      expect(found.map(({ labels }) => labels)).toEqual(sets.labels ?? [{}]);
      // `pool-silent` begins with data, and most others with what they look back for.
      expect(found[0]!.second - (beginning + durationSeconds(rule.for))).toBeLessThanOrEqual(600);
    });

    it.each(Object.entries(sets.misses))("is not: %s", async (_, planted) => {
      expect(await alarms(planted)).toEqual([]);
    });
  });

  it("have data sets of both kinds", () => {
    const tried = Object.entries(DATA_SETS).filter(
      ([, { raises, misses }]) => raises.length > 0 && Object.keys(misses).length > 0,
    );
    expect(new Set(tried.map(([name]) => name.split(",")[0]))).toEqual(new Set(KINDS));
  });

  it("are raised by silence where they say so, and nowhere else", async () => {
    await plant([]);
    const raised: string[] = [];
    for (const rule of RULES) {
      const alarms = await alarmsOf(
        database,
        rule,
        beginning,
        beginning + Math.min(durationSeconds(rule.for), 5400),
      );
      if (alarms.length > 0) raised.push(rule.uid);
    }
    const silence = ALERTS.filter(({ silence }) => silence === "alarm").map(ruleUid);
    expect(raised.sort()).toEqual(silence.sort());
  });

  it("leave everybody alone while all is well, and a drained bridge above the minimum goes", async () => {
    const machines = [
      { pool: "server", instance: "abc-server" },
      { pool: "acme-nl-static", instance: "nl-1" },
    ];
    await plant([
      ...["nl-1", "nl-2", "nl-3"].map((instance) => bridge("acme-nl-static", instance)),
      bridge("acme-eu-burst", "eu-1"),
      bridge("acme-eu-burst", "eu-2", { drain: { integer: 1 } }, { to: 300 }),
      jicofo(5, {}, { to: 300 }),
      jicofo(4, {}, { from: 300 }),
      hour(-3),
      hour(-2),
      ...["influxdb", "jicofo", "prosody", "prosody-brewery", "web"].map((service) =>
        series("service_health", { ...machines[0], service }, { result_code: { integer: 0 } }),
      ),
      series("fleet_certificate", { ...machines[0], result: "current" }, { days_left: 60 }),
      series(
        "fleet_boot",
        { pool: "acme-eu-burst", instance: "eu-1" },
        { first_boot: { integer: 1 }, seconds: 90 },
      ),
      series("keeper", { pool: "acme-eu-burst" }, { size: 1, draining: 0 }),
      ...machines.flatMap((machine) => [
        series("system", machine, { uptime: 4711 }),
        series("cpu", machine, { usage_steal: 0.1 }),
        series("disk", { ...machine, path: "/" }, { used_percent: 41, free: 1e10 }, { from: -21_600 }),
        series("nstat", machine, (second) => ({ UdpRcvbufErrors: 3, UdpInDatagrams: 1e6 + second * 1000 })),
        series("fleet_apply", { ...machine, result: "applied" }, { ok: { integer: 1 } }),
      ]),
    ]);
    for (const rule of RULES) {
      const alarms = await alarmsOf(database, rule, beginning, beginning + 900);
      expect([rule.uid, alarms]).toEqual([rule.uid, []]);
    }
  });
});

describe("alert rules", () => {
  it("have a uid each, which is short enough and the same whatever else there is", () => {
    const uids = RULES.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    const long = aLinodePool({ id: "p".repeat(24), account: "a".repeat(24) });
    const withMore = rulesOf([long, ...POOLS]).map(({ uid }) => uid);
    expect(withMore.filter((uid) => uid.length > LONGEST_UID || !/^[\w-]+$/.test(uid))).toEqual([]);
    expect(uids.filter((uid) => !withMore.includes(uid))).toEqual([]);
    expect(ruleUid({ kind: "pool-silent", pool: "acme-eu-burst" })).toBe("pool-silent-b2ba8d5f");
  });

  it("have a title each, also for pools of one name: Grafana refuses two in a folder", () => {
    const titles = rulesOf([aLinodePool(), aLinodePool({ account: "globex" })]).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("say where a person reads on, in a section that there is", () => {
    const anchors = [...RUNBOOK.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
    expect(RULES.map(({ annotations }) => annotations.runbook)).toEqual(
      RULES.map(({ labels }) => `docs/runbook.md#${labels.kind}`),
    );
    expect(KINDS.filter((kind) => !anchors.includes(kind))).toEqual([]);

    const runbook = "https://git.acme.example/docs/runbook.md";
    const account = anAccount();
    const [rule] = rulesOf(POOLS, { ...account, operators: { ...account.operators, alerts: { runbook } } });
    expect(rule!.annotations).toMatchObject({ runbook_url: `${runbook}#no-bridge` });
  });

  it("are either a page or a warning, and mean something for callers", () => {
    for (const { labels, annotations, title } of RULES) {
      expect(["critical", "warning"]).toContain(labels.severity);
      expect(annotations.summary).toMatch(/^[A-Z{].{30,}\.$/);
      expect(labels).toMatchObject({ customer: "abc", account: "acme" });
      expect(title).not.toMatch(/\{\{/); // Grafana fills in no labels there
    }
  });

  it("are asked for no more than a label that their queries return", () => {
    for (const { annotations, data } of RULES) {
      const wanted = [...annotations.summary!.matchAll(/\.Labels\.(\w+)/g)].map(([, label]) => label!);
      const query = data[0]!.model.query!;
      const grouped = [...(/GROUP BY ([^()]+)$/.exec(query)?.[1] ?? "").matchAll(/"(\w+)"/g)].map(
        ([, tag]) => tag,
      );
      expect(wanted.filter((label) => !grouped.includes(label))).toEqual([]);
    }
  });

  it("are whole: a time range in every entry, a data source that there is, minutes that are evaluated", () => {
    for (const rule of RULES) {
      for (const { relativeTimeRange, datasourceUid, model } of rule.data) {
        expect(relativeTimeRange.from).toBeGreaterThanOrEqual(60);
        expect(relativeTimeRange.to).toBe(0);
        if (model.query === undefined) expect(datasourceUid).toBe("__expr__");
        else expect(Object.keys(DATASOURCES)).toContain(datasourceUid);
        // As far as its query looks back.
        for (const [, seconds] of (model.query ?? "").matchAll(/now\(\) - (\d+)s/g))
          expect(Number(seconds)).toBeLessThanOrEqual(relativeTimeRange.from);
      }
      expect(rule.condition).toBe(rule.data.at(-1)!.refId);
      expect(durationSeconds(rule.for) % EVALUATION_SECONDS).toBe(0);
    }
  });

  it("name what is written, and nothing that Grafana would replace by its environment", () => {
    for (const rule of RULES) {
      for (const { model, datasourceUid } of rule.data) {
        if (model.query === undefined) continue;
        const written = WRITTEN[DATASOURCES[datasourceUid as DatasourceUid]]!;
        expect(model.query).not.toContain("$");
        const measurements = [...model.query.matchAll(/FROM "(\w+)"/g)].map(([, name]) => name!);
        expect(measurements.filter((name) => !(name in written))).toEqual([]);
        const known = new Set<string>([
          ...measurements,
          ...COMMON_TAGS,
          ...measurements.flatMap((name) => [...written[name]!.tags, ...written[name]!.fields]),
          ...[...model.query.matchAll(/ AS "(\w+)"/g)].map(([, name]) => name!),
        ]);
        const names = [...model.query.matchAll(/"(\w+)"/g)].map(([, name]) => name!);
        expect(names.filter((name) => !known.has(name))).toEqual([]);
      }
      expect(JSON.stringify([rule.title, rule.labels, rule.annotations])).not.toContain("$");
    }
  });

  it("leave silence to others only where one of these is raised by it", () => {
    for (const { kind, silence } of ALERTS) {
      if (silence === "alarm") continue;
      const covering = ALERTS.filter((alert) => silence.coveredBy.includes(alert.kind));
      expect([kind, covering.some((alert) => alert.silence === "alarm")]).toEqual([kind, true]);
      expect(silence.coveredBy.filter((name) => !KINDS.includes(name))).toEqual([]);
    }
    // Without a database nothing changes but this one, or an outage would call for everything at once.
    const erring = RULES.filter(({ execErrState }) => execErrState !== "KeepLast").map(({ uid }) => uid);
    expect(erring).toEqual(["server-silent"]);
  });

  it("watch a pool from its home only, whatever account it is of", () => {
    const guest = aLinodePool({ id: "guest", serves: ["xyz", "abc"] });
    const foreign = aLinodePool({ id: "own", account: "globex", serves: ["abc", "xyz"] });
    const pools = new Set(rulesOf([guest, foreign]).map(({ labels }) => labels.pool));
    expect([...pools]).toEqual([undefined, poolTag(foreign)]);
    const paths = Object.keys(
      alertFiles({ account: anAccount(), customer: aCustomer(), pools: [guest, foreign] }),
    );
    expect(paths).toEqual([`${ALERTING}/rules.yaml`, `${ALERTING}/rules-globex-own.yaml`]);
  });

  it("have no maximum for a pool that never grows", () => {
    const uids = rulesOf([aGcpPool({ size: { min: 3, max: 3 } })]).map(({ labels }) => labels.kind);
    expect(uids).not.toContain("pool-at-maximum");
    expect(uids).toContain("stress-above-target");
  });
});
