import { keeperFileOnStage } from "../../../sandbox/stage/keeper-file-on-stage";
import type { KeeperFile } from "../../../model/keeper-file";

const FILE: KeeperFile = {
  customer: "abc",
  jicofo: "http://127.0.0.1:8888",
  influxdb: { url: "http://127.0.0.1:8086", database: "jitsi", username: "server" },
  pools: [
    {
      pool: "acme-eu-burst",
      project: "acme-meet-prod",
      region: "europe-west4",
      group: "acme-eu-burst",
      mode: "act",
      store: { bucket: "acme-meet-prod-fleet-artifacts", prefix: "keeper/acme-eu-burst/" },
      intervalSeconds: 30,
      lookaheadSeconds: 900,
      schedules: [
        { start: "45 7 * * MON-FRI", durationSeconds: 36_000, minBridges: 3, timeZone: "Europe/Amsterdam" },
      ],
      tags: { account: "acme" },
      settings: { min: 2, fullStress: 0.6, staleSeconds: 45, moveAtDeadline: true },
    },
  ],
};

describe("keeperFileOnStage", () => {
  it("makes all times shorter and nothing else, and leads everywhere to the stage", () => {
    const endpoints = {
      compute: "http://127.20.0.1:9",
      storage: "http://127.20.0.1:9",
      metadata: "http://127.20.0.1:9",
    };
    const stage = {
      jicofo: "http://127.20.0.2:9",
      influxdb: "http://127.20.0.3:9",
      endpoints,
      bridgePort: 9,
    };
    const file = keeperFileOnStage(FILE, FILE.pools[0]!, stage, 30);
    expect(file).toMatchObject({
      jicofo: "http://127.20.0.2:9",
      influxdb: { url: "http://127.20.0.3:9", database: "jitsi" },
      endpoints,
      bridgePort: 9,
    });
    expect(file.pools).toMatchObject([
      {
        pool: "acme-eu-burst",
        intervalSeconds: 1,
        requestSeconds: 0.5,
        lookaheadSeconds: 30,
        schedules: [],
        settings: { min: 2, fullStress: 0.6, staleSeconds: 1.5, moveAtDeadline: true },
      },
    ]);
  });
});
