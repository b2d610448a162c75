import { regionOfZone } from "../../model/catalog";
import type { Account, Customer, Pool } from "../../model/fleet";
import { bridgeImage, imageOf, tagOf } from "../../model/images";
import { bridgeRegion } from "../../model/mesh";
import { poolRegion } from "../../model/names";
import { type COMMON_TAGS, poolTag, SERVER_POOL, TELEMETRY_INTERVAL_SECONDS } from "../../model/telemetry";
import { renderTomlFile, type TomlSection } from "../text/toml";
import { bridgeInput, machineInputs, serverInputs, typeProcessors } from "./telegraf-inputs";
import { bridgeOutputs, serverOutput, stressMetric } from "./telegraf-outputs";

/**
 * Points that each output keeps for a database that is away; the oldest go first. A bridge has 45 a minute (7 series
 * every 10 s, 3 every minute), so this is 12 hours of them; a server has about 150, Prosody's by host, so 3 hours and a
 * half. How much memory that takes is in docs/measurements.md.
 */
export const BUFFERED_POINTS = 32_400;

/** Of a bridge machine; the pool's home first. */
export function renderBridgeTelegraf(
  account: Account,
  pool: Pool,
  served: readonly [Customer, ...Customer[]],
): string {
  const [home] = served;
  return renderTomlFile([
    tags({
      customer: home.id,
      account: pool.account,
      pool: poolTag(pool),
      cloud: pool.cloud,
      region: poolRegion(pool),
    }),
    agent(),
    bridgeInput(tagOf(bridgeImage(pool, home))),
    ...machineInputs("bridge"),
    ...typeProcessors(),
    ...bridgeOutputs(account, pool, served),
    ...(pool.cloud === "gcp" && account.gcp ? stressMetric(account.gcp.project) : []),
  ]);
}

/** Of an app server, with its own bridge if it has one. */
export function renderServerTelegraf(customer: Customer): string {
  const { cloud, zone } = customer.server;
  return renderTomlFile([
    tags({
      customer: customer.id,
      account: customer.account,
      pool: SERVER_POOL,
      cloud,
      region: bridgeRegion(cloud, regionOfZone(zone)),
    }),
    agent(),
    ...(customer.bridgeOnServer ? [bridgeInput(tagOf(imageOf(customer, "jvb")))] : []),
    ...serverInputs(),
    ...machineInputs("server"),
    ...typeProcessors(),
    serverOutput(customer),
  ]);
}

const tags = (known: Record<Exclude<(typeof COMMON_TAGS)[number], "instance">, string>): TomlSection => ({
  why: "Variables are in host.env and, passwords, in telegraf.env below /run/fleet/secrets.",
  header: "[global_tags]",
  settings: { ...known, instance: "${FLEET_INSTANCE}" },
});

const agent = (): TomlSection => ({
  header: "[agent]",
  settings: {
    interval: `${TELEMETRY_INTERVAL_SECONDS}s`,
    flush_interval: "10s",
    flush_jitter: "5s", // else all machines write at once
    precision: "1s",
    metric_buffer_limit: BUFFERED_POINTS,
    omit_hostname: true,
    skip_processors_after_aggregators: true,
    quiet: true,
  },
});
