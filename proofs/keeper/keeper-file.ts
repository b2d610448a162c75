import { KEEPER_TIMES } from "../../model/keeper-defaults";
import { keeperSettings } from "../../model/keeper-settings";
import { keeperSchema } from "../../model/schema/keeper";
import type { KeeperSettings } from "../../keeper/decide/settings";
import type { KeeperFile } from "../../model/keeper-file";
import type { PoolObjects } from "../../sandbox/stage/pool-objects";

export const BUCKET = "acme-meet-prod-fleet-artifacts";
export const PREFIX = "keeper/acme-eu-burst/";

/** What the keeper of the example's pool is told where its file says nothing, with a deadline of half an hour. */
export function keeperFileOf(objects: PoolObjects, settings: Partial<KeeperSettings>): KeeperFile {
  const standard = keeperSettings({
    size: { min: 2, max: 8 },
    scaling: { bootSeconds: 150 } as Parameters<typeof keeperSettings>[0]["scaling"],
    drainDeadlineMinutes: 30,
    keeper: keeperSchema.parse({}),
  });
  return {
    customer: "abc",
    jicofo: "http://127.0.0.1:8888",
    influxdb: { url: "http://127.0.0.1:8086", database: "jitsi", username: "server" },
    pools: [
      {
        pool: "acme-eu-burst",
        project: objects.project,
        region: objects.region,
        group: objects.group.name,
        mode: "act",
        store: { bucket: BUCKET, prefix: PREFIX },
        intervalSeconds: KEEPER_TIMES.intervalSeconds,
        lookaheadSeconds: 0,
        schedules: [],
        tags: { customer: "abc", account: "acme", cloud: "gcp", region: "gcp-europe-west4" },
        settings: { ...standard, ...settings },
      },
    ],
  };
}
