import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { HOURLY_MEASUREMENTS, MEASUREMENTS } from "../../../model/measurements";
import { COMMON_TAGS } from "../../../model/telemetry";
import { DASHBOARD_TITLES, type DashboardUid } from "../../../render/grafana/dashboard";
import { buildDashboards } from "../../../render/grafana/dashboards/all-dashboards";
import { dashboardInput } from "../../../render/grafana/grafana-files";
import { DATASOURCES } from "../../../render/grafana/provisioning";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { aKnownPool, aServerInput } from "../../builders/machine-input";
import { panelsOf, type PanelJson } from "./shown-panels";

const inputs = {
  "two pools": aServerInput(),
  "one bridge, on the server": aServerInput({
    customer: aCustomer({ bridgeOnServer: true }),
    knownPools: [],
  }),
  "shared pools of three regions": aServerInput({
    knownPools: [
      aKnownPool(aGcpPool({ serves: ["xyz", "abc"] })),
      aKnownPool(aLinodePool()),
      aKnownPool(aGcpPool({ id: "us", region: "us-east1" })),
    ],
  }),
};

const all = Object.entries(inputs).flatMap(([name, input]) =>
  Object.entries(buildDashboards(dashboardInput(input))).map(
    ([uid, dashboard]) => [`${uid} of ${name}`, dashboard] as const,
  ),
);
const everyPanel = (dashboard: Dashboard): PanelJson[] =>
  panelsOf(dashboard).filter(({ type }) => type !== "row");

const REGIONS = ["gcp-europe-west4", "gcp-us-east1", "linode-nl-ams"];

const ALL = { ...MEASUREMENTS, ...HOURLY_MEASUREMENTS };
const NAMES: ReadonlySet<string> = new Set([
  ...COMMON_TAGS,
  ...Object.keys(ALL),
  ...Object.values(ALL).flatMap(({ tags, fields }) => [...tags, ...fields]),
]);

/** Names in double quotes that are neither measured nor made by the query itself. */
const strangers = (query: string): string[] => {
  const made = new Set([...query.matchAll(/ AS "(\w+)"/g)].map(([, name]) => name));
  return [...query.matchAll(/"(\w+)"/g)]
    .map(([, name]) => name!)
    .filter((name) => !NAMES.has(name) && !made.has(name));
};

describe.each(all)("%s", (_, dashboard) => {
  it("has panels with ids of their own, that do not lie over each other", () => {
    const panels = panelsOf(dashboard);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.every(({ id }) => id > 0)).toBe(true);
    const taken = new Map<string, string>();
    const overlaps: string[] = [];
    for (const { title, gridPos } of panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          const other = taken.get(`${x},${y}`);
          if (other !== undefined) overlaps.push(`${title} on ${other}`);
          taken.set(`${x},${y}`, title);
        }
      }
    }
    expect(overlaps).toEqual([]);
  });

  it("says of every panel what it means, and of every number its unit", () => {
    for (const { type, title, description, fieldConfig, options } of everyPanel(dashboard)) {
      expect([title, (description ?? "").length > 10]).toEqual([title, true]);
      if (type === "text") expect(options.content).not.toBe("");
      else expect([title, fieldConfig.defaults.unit]).toEqual([title, expect.any(String)]);
      if (type === "timeseries") expect([title, options.legend!.showLegend]).toEqual([title, true]);
    }
  });

  it("draws the limits of every chart that has some", () => {
    const charts = everyPanel(dashboard).filter(
      ({ type, fieldConfig }) => type === "timeseries" && fieldConfig.defaults.thresholds !== undefined,
    );
    for (const { title, fieldConfig } of charts)
      expect([title, fieldConfig.defaults.custom?.thresholdsStyle?.mode]).toEqual([title, "dashed"]);
  });

  it("asks data sources that exist for what is measured", () => {
    for (const { title, targets = [] } of everyPanel(dashboard)) {
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      for (const { datasource, query, expression } of targets) {
        if (expression !== undefined) {
          expect(datasource.uid).toBe("__expr__");
          const asked = [...expression.matchAll(/\$(\w+)/g)].map(([, refId]) => refId);
          expect(targets.map(({ refId }) => refId)).toEqual(expect.arrayContaining(asked));
        } else {
          expect(Object.keys(DATASOURCES)).toContain(datasource.uid);
          expect([title, strangers(query!)]).toEqual([title, []]);
        }
      }
    }
    for (const { query } of dashboard.templating?.list ?? []) expect(strangers(String(query))).toEqual([]);
  });

  it("names in overrides only series that there are", () => {
    for (const { title, type, targets = [], fieldConfig } of everyPanel(dashboard)) {
      for (const { matcher } of type === "text" ? [] : fieldConfig.overrides) {
        if (matcher.id !== "byName") continue;
        const names = targets.flatMap(({ alias = "", query = "" }) =>
          alias === "$col"
            ? [...query.matchAll(/ AS "(\w+)"/g)].map(([, name]) => name)
            : alias === "$tag_region"
              ? REGIONS
              : [alias],
        );
        expect([title, names]).toEqual([title, expect.arrayContaining([matcher.options])]);
      }
    }
  });

  it("links to every other dashboard, with time and variables", () => {
    const uids = Object.keys(DASHBOARD_TITLES);
    const links = dashboard.links!.map(({ url, keepTime, includeVars }) => {
      expect([keepTime, includeVars]).toEqual([true, true]);
      return url!.replace("/grafana/d/", "");
    });
    expect([...links, dashboard.uid].sort()).toEqual([...uids].sort());
    const texts = everyPanel(dashboard).map(({ options }) => options.content ?? "");
    for (const [, uid] of texts.join().matchAll(/\/grafana\/d\/([\w-]+)/g)) expect(uids).toContain(uid);
  });
});

describe("buildDashboards", () => {
  const built = (input: Parameters<typeof dashboardInput>[0]) => buildDashboards(dashboardInput(input));
  const panel = (uid: DashboardUid, title: string, input: Parameters<typeof dashboardInput>[0]) =>
    panelsOf(built(input)[uid]).find((one) => one.title === title)!;

  it("gives every dashboard the uid that bookmarks have", () => {
    expect(
      Object.entries(built(aServerInput())).map(([uid, { uid: own, title }]) => [uid, own, title]),
    ).toEqual([
      ["fleet-bridge", "fleet-bridge", "Bridge"],
      ["fleet-customer", "fleet-customer", "Customer"],
      ["fleet-octo", "fleet-octo", "Octo"],
      ["fleet-pools", "fleet-pools", "Fleet"],
      ["fleet-signalling", "fleet-signalling", "Signalling"],
    ]);
  });

  it("takes thresholds from the pools' own numbers", () => {
    const aSchedule = { start: "45 7 * * *", durationMinutes: 60, minBridges: 4, timeZone: "UTC" };
    const pool = aGcpPool({
      scaling: {
        ...aGcpPool().scaling,
        ...{ targetStress: 0.4, burstJoinsPerMinute: 20, bootSeconds: 120 },
        schedules: {
          morning: { ...aSchedule, burstJoinsPerMinute: 30 },
          evening: aSchedule,
        },
      },
    });
    const input = aServerInput({ knownPools: [aKnownPool(pool), aKnownPool(aLinodePool())] });
    const steps = (title: string, region: string) =>
      panel("fleet-customer", title, input)
        .fieldConfig.overrides.find(({ matcher }) => matcher.options === region)!
        .properties.find(({ id }) => id === "thresholds")!.value;
    expect(steps("Stress", "gcp-europe-west4")).toMatchObject({
      steps: [
        { color: "green", value: null },
        { color: "yellow", value: 0.4 },
        { color: "red", value: 0.8 },
      ],
    });
    expect(steps("Stress", "linode-nl-ams")).toMatchObject({
      steps: [
        { color: "green", value: null },
        { color: "red", value: 0.8 },
      ],
    });
    // 30 a minute for 300 seconds until a new bridge is up.
    expect(steps("Headroom", "gcp-europe-west4")).toMatchObject({
      steps: [
        { color: "red", value: null },
        { color: "yellow", value: 150 },
        { color: "green", value: 300 },
      ],
    });
    const limits = panel("fleet-customer", "Stress by region", input).fieldConfig.defaults.thresholds!.steps;
    expect(limits).toEqual([
      { color: "green", value: null },
      { color: "yellow", value: 0.4 },
      { color: "red", value: 0.8 },
    ]);
  });

  it("says where pools are that do not serve the customer, and names none: a new one changes nothing here", () => {
    const { content } = panel("fleet-pools", "Other pools of the account", aServerInput()).options;
    expect(content).toContain("`accounts/acme/pools`");
    expect(content).toContain("(https://abc.meet.acme.example/grafana/d/fleet-pools)");
  });

  it("says whose traffic is counted, too, where a pool is shared", () => {
    const ofShared = inputs["shared pools of three regions"];
    const traffic = (input: Parameters<typeof dashboardInput>[0]) =>
      everyPanel(built(input)["fleet-octo"])
        .filter(({ description }) => description!.includes("Other customers"))
        .map(({ title }) => title);
    expect(traffic(aServerInput())).toEqual([]);
    expect(traffic(ofShared)).toEqual([
      "Relays now",
      "Sent by region",
      "Relays in this period",
      "Relays, a day",
      "All traffic out, a day",
      "Price of relays, a day",
      "Price of all traffic out, a day",
    ]);
    expect(panel("fleet-customer", "Sent by region", ofShared).description).toContain("Other customers");
  });

  it("draws nothing between regions where there is one", () => {
    const input = aServerInput({ knownPools: [aKnownPool(aGcpPool())] });
    expect(panel("fleet-octo", "Between regions (estimate)", input)).toBeUndefined();
  });
});
