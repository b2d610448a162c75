import { AnnotationQueryBuilder, type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { BridgeGroup } from "../bridge-group";
import { buildDashboard, dashboardPath } from "../dashboard";
import { groupNow } from "../influx-ql";
import { lines, note, type Placed, table } from "../panels";
import { influxQl } from "../queries";
import type { DashboardInput } from "./dashboard-input";

/** How large are the pools, how large may they be, and who wants what? */
export const buildPoolsDashboard = ({ customer, groups }: DashboardInput): Dashboard =>
  buildDashboard({
    uid: "fleet-pools",
    description: `Pools that serve ${customer.id}: their size, its bounds, and what changes it.`,
    from: "now-24h",
    annotations: [
      new AnnotationQueryBuilder()
        .name("Keeper's decisions")
        .datasource({ type: "influxdb", uid: "influx" })
        .enable(true)
        .iconColor("purple")
        .target({
          build: () => ({
            ...influxQl('SELECT "reason", "action", "bridge" FROM "keeper_decision" WHERE $timeFilter', {
              format: "table",
            })("Anno").build(),
            // Where Grafana's InfluxDB data source looks for them.
            textColumn: "reason",
            titleColumn: "bridge",
            tagsColumn: "action",
            fromAnnotations: true,
          }),
        }),
    ],
    rows: [
      { panels: [now(groups)] },
      { title: "Bridges over time", panels: groups.map(history) },
      { panels: [elsewhere(customer)] },
    ],
  });

const now = (groups: readonly BridgeGroup[]): Placed =>
  table({
    title: "Pools now",
    description:
      "Machines that reported in the last full minute, between the bounds of the pool's file; draining ones among them. Wish: " +
      "how many machines the cloud's autoscaler recommends, as the keeper sees it; empty where no keeper runs (Linode, or " +
      "keeper.mode: off). A pool that has been silent for more than six hours is not listed: its alert is.",
    unit: "none",
    height: 7,
    columns: {
      pool: "Pool",
      bridges: "Now",
      min: "Min",
      max: "Max",
      wish: "Wish",
      draining: "Draining",
      people: "Participants",
    },
    queries: [
      ...groups.map((group) => influxQl(groupNow(group), { format: "table" })),
      influxQl(
        'SELECT last("recommended_size") AS "wish" FROM "keeper" WHERE time > ${__to}ms - 5m AND time <= ${__to}ms GROUP BY "pool"',
        { format: "table" },
      ),
    ],
  });

/** @param group One pool: lines of different pools lie over each other. */
const history = ({ tag, min, max }: BridgeGroup): Placed =>
  lines({
    title: tag,
    description:
      `Bridges that report, and those among them that drain. Dashed: ${min} that always run, and at most ${max}. The wish ` +
      "comes with the keeper, whose decisions are marked.",
    unit: "none",
    decimals: 0,
    min: 0,
    steps: ["transparent", [min, "green"], ...(max > min ? [[max, "red"] as const] : [])],
    calcs: ["lastNotNull", "min", "max"],
    queries: [
      influxQl(
        `SELECT count("drain") AS "bridges", sum("drain") AS "draining" FROM (SELECT last("drain") AS "drain" FROM "jvb" WHERE ` +
          `"pool" = '${tag}' AND $timeFilter GROUP BY time($__interval), "instance" fill(none)) WHERE $timeFilter ` +
          `GROUP BY time($__interval) fill(0)`,
        { alias: "$col" },
      ),
      influxQl(
        `SELECT mean("recommended_size") AS "wish" FROM "keeper" WHERE "pool" = '${tag}' AND $timeFilter ` +
          "GROUP BY time($__interval) fill(none)",
        { alias: "$col" },
      ),
    ],
  });

/** Without their names: a new pool changes nothing on the servers of customers whom it does not serve. */
const elsewhere = ({ account, hostname }: DashboardInput["customer"]): Placed =>
  note({
    title: "Other pools of the account",
    description: "Pools that do not serve this customer: their measurements are not in its InfluxDB.",
    height: 5,
    content:
      `Bridges write to the servers of the customers that they serve. A pool of account ${account} that is missing here is in ` +
      `this dashboard of a customer that its file (\`accounts/${account}/pools\`) names under \`serves\`: ` +
      `\`https://<host name>${dashboardPath("fleet-pools")}\`, as it is for this one at ` +
      `[${hostname}](https://${hostname}${dashboardPath("fleet-pools")}).`,
  });
