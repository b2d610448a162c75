import { load } from "js-yaml";
import { renderServerFiles } from "../../render/server/server-files";
import { mountsOf } from "../../review/compose-file";
import { lostData } from "../../review/kept-data";
import type { JsonObject } from "../../rollout/planned-object";
import { aServerInput } from "../builders/machine-input";

const COMPOSE = "/etc/fleet/compose.yaml";
const SETUP = "/etc/fleet/influxdb-setup.env";
const server = new Map([...renderServerFiles(aServerInput())]);

/** What a change of one file of a server is judged as; a change that changes nothing is a mistake of the test. */
function judged(path: string, from: string | RegExp, to: string): string[] {
  const changed = server.get(path)!.replace(from, to);
  expect(changed).not.toBe(server.get(path));
  return lostData(server, new Map([...server, [path, changed]])).map(
    ({ notice, at }) => `${notice}: ${at.join()}`,
  );
}

describe("lostData", () => {
  it.each([
    ["of InfluxDB are elsewhere", "/var/lib/fleet/influxdb:", "/var/lib/fleet/measurements:"],
    ["of InfluxDB are off the data disk", "/var/lib/fleet/influxdb:", "/srv/influxdb:"],
    ["of InfluxDB are in a volume of Docker's", "/var/lib/fleet/influxdb:", "influxdb:"],
    ["of InfluxDB are where it does not look", ":/var/lib/influxdb2\n", ":/var/lib/influxdb\n"],
    ["of InfluxDB cannot be written", ":/var/lib/influxdb2\n", ":/var/lib/influxdb2:ro\n"],
    ["of InfluxDB are partly in memory", "- /etc/influxdb2:size", "- /var/lib/influxdb2/engine:size"],
    ["of Prosody are elsewhere", "/var/lib/fleet/prosody:", "/var/lib/fleet/other:"],
  ])("takes data that %s for destroyed, whatever is left of them on the disk", (_, from, to) => {
    expect(judged(COMPOSE, from, to)).toContain(`destroys data: ${COMPOSE}`);
  });

  it("says what becomes of them, and what to do instead", () => {
    const after = server.get(COMPOSE)!.replace("/var/lib/fleet/influxdb:", "/srv/influxdb:");
    expect(lostData(server, new Map([...server, [COMPOSE, after]]))).toEqual([
      {
        notice: "destroys data",
        says: "InfluxDB begins without its measurements: what it has is elsewhere, and what it writes from now on is not beside it",
        instead: expect.stringMatching(/^Leave the place as it is; or stop the service, copy/),
        at: [COMPOSE],
      },
    ]);
  });

  it.each([
    ["web has its certificate elsewhere", "/var/lib/fleet/web:", "/srv/web:"],
    ["web has no certificate", /\n *- \/var\/lib\/fleet\/web:\/storage/, ""],
    [
      "the brewery waits for a certificate elsewhere",
      /\/var\/lib\/fleet\/certificates:/g,
      "/srv/certificates:",
    ],
    ["who gets another file of the machine is not known", "/run/fleet:/run/fleet:ro", "/run:/run:ro"],
  ])("does not take it for harmless that %s", (_, from, to) => {
    expect(judged(COMPOSE, from, to)).toEqual([`interrupts calls: ${COMPOSE}`]);
  });

  it.each([
    [
      "a folder of the files, which the review shows",
      "/etc/fleet/jicofo:/config:ro",
      "/etc/fleet/other:/config:ro",
    ],
    ["copies of a program", "/var/lib/fleet/keeper:/var", "/var/lib/fleet/other:/var"],
  ])("does not miss %s", (_, from, to) => {
    expect(judged(COMPOSE, from, to)).toEqual([]);
  });

  it("does not miss a trial's certificates when the trial is over", () => {
    const trial = server.get(COMPOSE)!.replace("/var/lib/fleet/web:", "/var/lib/fleet/web-staging:");
    expect(trial).not.toBe(server.get(COMPOSE));
    expect(lostData(new Map([...server, [COMPOSE, trial]]), server)).toEqual([]);
  });

  it.each([
    ["another place of its files", "/etc/fleet/influxdb.env", /^/, "INFLUXD_ENGINE_PATH=/tmp/engine\n"],
    ["no place at all", "/etc/fleet/influxdb.env", /^/, "INFLUXD_STORE=memory\n"],
    ["a shorter time", SETUP, /^RAW_RETENTION=.*$/m, "RAW_RETENTION=24h0m0s"],
    ["hardly any time by the hour", SETUP, /^HOURLY_RETENTION=.*$/m, "HOURLY_RETENTION=1h0m0s"],
    ["a time that cannot be read", SETUP, /^RAW_RETENTION=.*$/m, "RAW_RETENTION=long"],
    ["another bucket", SETUP, /^RAW_BUCKET=.*$/m, "RAW_BUCKET=new"],
  ])("takes %s for a loss of measurements", (_, path, from, to) => {
    expect(judged(path, from, to)).toEqual([`destroys data: ${path}`]);
  });

  it.each([
    ["a longer time", SETUP, /^RAW_RETENTION=.*$/m, "RAW_RETENTION=99999h0m0s"],
    ["for ever", SETUP, /^RAW_RETENTION=.*$/m, "RAW_RETENTION=0h0m0s"],
    ["a level of its log", "/etc/fleet/influxdb.env", "INFLUXD_LOG_LEVEL=warn", "INFLUXD_LOG_LEVEL=info"],
    ["a patch of its image", COMPOSE, /influxdb:(\d+\.\d+)\.\d+/g, "influxdb:$1.99"],
  ])("keeps measurements with %s", (_, path, from, to) => {
    expect(judged(path, from, to)).toEqual([]);
  });

  it.each([
    ["another version of InfluxDB reads", COMPOSE, /influxdb:\d+\.\d+\.\d+/, "influxdb:3.0.1"],
    [
      "another command line of InfluxDB finds",
      COMPOSE,
      /(\n  influxdb:\n)/,
      "$1    command: [influxd, --bolt-path, /x]\n",
    ],
    [
      "another setup makes of measurements",
      "/etc/fleet/influxdb-setup/setup.sh",
      /$/,
      "influx bucket delete\n",
    ],
  ])("does not know what %s", (_, path, from, to) => {
    expect(judged(path, from, to)).toEqual([`interrupts calls: ${path}`]);
  });

  it("knows every place that a service of a server keeps anything at", () => {
    const { services } = load(server.get(COMPOSE)!) as { readonly services: Record<string, JsonObject> };
    const kept = Object.entries(services).flatMap(([service, definition]) =>
      [...mountsOf(definition)]
        .filter(([, { from }]) => from.startsWith("/var/lib/"))
        .map(([path]) => [service, path]),
    );
    expect(kept.length).toBeGreaterThan(4);
    for (const [service, path] of kept) {
      const [was, is] = ["/before", "/after"].map((from) => ({
        services: { [service!]: { volumes: [`${from}:${path}`] } },
      }));
      const files = (compose: object) => new Map([[COMPOSE, JSON.stringify(compose)]]);
      const says = lostData(files(was!), files(is!)).map((verdict) => verdict.says);
      expect(says.filter((text) => text.startsWith("not known"))).toEqual([]);
    }
  });
});

describe("mountsOf", () => {
  it("reads the short forms and the long ones, and what is in memory", () => {
    expect([
      ...mountsOf({
        tmpfs: "/tmp:size=1M",
        volumes: [
          "/a:/b:ro,z",
          "named:/c",
          "/anonymous",
          { type: "bind", source: "/d", target: "/e", read_only: true },
          { type: "tmpfs", target: "/f" },
        ],
      }),
    ]).toEqual([
      ["/tmp", { from: "memory", readOnly: false }],
      ["/b", { from: "/a", readOnly: true }],
      ["/c", { from: "named", readOnly: false }],
      ["/anonymous", { from: "", readOnly: false }],
      ["/e", { from: "/d", readOnly: true }],
      ["/f", { from: "memory", readOnly: false }],
    ]);
  });
});
