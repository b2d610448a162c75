import { load } from "js-yaml";
import { type Month, parseMonth } from "../../cli/usage/month";
import { usageQueries } from "../../cli/usage/usage-queries";
import { HOURLY_MEASUREMENTS, MEASUREMENTS } from "../../model/measurements";
import { alertFiles } from "../../render/alerts/alert-files";
import { buildDashboards } from "../../render/grafana/dashboards/all-dashboards";
import { dashboardInput } from "../../render/grafana/grafana-files";
import { renderHourlyTask } from "../../render/telemetry/hourly-task";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../builders/fleet";
import { aServerInput } from "../builders/machine-input";

/** Why it is measured all the same -> what no dashboard, alert, report or roll-up names. */
const UNREAD: Readonly<Record<string, readonly string[]>> = {
  "what people look up in Grafana (Explore) about one bridge whose calls are bad": [
    "jvb.endpoints",
    "jvb.num_eps_no_msg_transport_after_delay",
  ],
  "what people look up about one machine": [
    "cpu.usage_idle",
    "mem.available",
    "mem.total",
    "system.load1",
    "system.n_cpus",
    "net.bytes_recv",
    "net.bytes_sent",
    "net.drop_out",
    "net.packets_recv",
    "net.packets_sent",
    "disk.total",
  ],
  "the keeper's own view of a pool, beside its decisions": ["keeper.min", "keeper.max", "keeper.draining"],
  "with local_endpoints_mean, how much a participant loads a machine type, over 13 months": [
    "jvb_hourly.stress_level_mean",
  ],
};

/** Every query in InfluxQL that is anywhere in a value. */
const queriesIn = (value: unknown): string[] =>
  typeof value === "string"
    ? value.includes('FROM "')
      ? [value]
      : []
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(queriesIn)
      : [];

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name]) => name!);

/** `measurement.field` of all that is read. */
function readFields(): ReadonlySet<string> {
  const pools = [aGcpPool(), aLinodePool()];
  const alerts = alertFiles({ account: anAccount(), customer: aCustomer(), pools });
  const queries = queriesIn([
    Object.values(buildDashboards(dashboardInput(aServerInput()))),
    Object.values(alerts).map((text) => load(text)),
    usageQueries(parseMonth("2026-10", Date.UTC(2026, 10, 21)) as Month),
  ]);
  const ofTask = [...renderHourlyTask().matchAll(/(?<!save)\(measurement: "(\w+)", field: "(\w+)"\)/g)];
  return new Set([
    ...queries.flatMap((query) =>
      matches(query, /FROM "(\w+)"/g).flatMap((measurement) =>
        matches(query, /"(\w+)"/g).map((name) => `${measurement}.${name}`),
      ),
    ),
    ...ofTask.map(([, measurement, field]) => `${measurement}.${field}`),
  ]);
}

it("has nothing that nobody reads, but for a reason", () => {
  const read = readFields();
  const unread = Object.entries({ ...MEASUREMENTS, ...HOURLY_MEASUREMENTS }).flatMap(
    ([measurement, { fields }]) =>
      fields.map((field) => `${measurement}.${field}`).filter((name) => !read.has(name)),
  );
  expect(unread).toEqual(Object.values(UNREAD).flat());
});
