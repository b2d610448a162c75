import { readKeeperFile, requestSecondsOf } from "../../keeper/read-keeper-file";
import { PretendedPool } from "../builders/pretended-pool";

let file: Record<string, unknown>;
beforeAll(async () => {
  const pool = await PretendedPool.start();
  file = JSON.parse(JSON.stringify(pool.file())) as typeof file;
  await pool.stop();
});

/** The file with one field, named by its path, set or taken out. */
function withField(path: string, value: unknown): string {
  const copy = structuredClone(file);
  const steps = path.split(".");
  const last = steps.pop()!;
  let at = copy as Record<string, unknown>;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  at[last] = value;
  return JSON.stringify(copy);
}

describe("readKeeperFile", () => {
  it("reads a file, also without what has a default", () => {
    expect(readKeeperFile(JSON.stringify(file))).toEqual(file);
    expect(readKeeperFile(withField("endpoints", undefined)).endpoints).toBeUndefined();
  });

  it.each([
    ["customer", undefined, "customer: missing; allowed: a text"],
    ["jicofo", "127.0.0.1:8888", "jicofo: missing; allowed: a URL without a path"],
    ["influxdb", undefined, "influxdb: missing; allowed: an object"],
    ["endpoints.storage", undefined, "endpoints.storage: missing; allowed: a URL without a path"],
    ["pools", {}, "pools: missing; allowed: a list"],
    ["pools.0.mode", "off", "pools[0].mode: allowed: act, observe"],
    ["pools.0.group", "", "pools[0].group: missing; allowed: a text"],
    ["pools.0.intervalSeconds", 0, "pools[0].intervalSeconds: allowed: more than 0"],
    ["pools.0.requestSeconds", 0, "pools[0].requestSeconds: allowed: more than 0"],
    ["pools.0.lookaheadSeconds", "15", "pools[0].lookaheadSeconds: missing; allowed: a number, 0 or more"],
    ["pools.0.store.prefix", undefined, "pools[0].store.prefix: missing; allowed: a text"],
    ["pools.0.tags.region", 3, "pools[0].tags.region: missing; allowed: a text"],
    ["pools.0.settings.min", -1, "pools[0].settings.min: missing; allowed: a number, 0 or more"],
    ["pools.0.settings.moveAtDeadline", 1, "pools[0].settings.moveAtDeadline: allowed: true, false"],
    [
      "pools.0.schedules",
      [{ start: "* * * * *" }],
      "pools[0].schedules[0].timeZone: missing; allowed: a text",
    ],
  ])("refuses another %s", (path, value, message) => {
    expect(() => readKeeperFile(withField(path, value))).toThrow(message);
  });

  it("refuses two pools of one name, a schedule that never begins, and what is no JSON", () => {
    expect(() =>
      readKeeperFile(withField("pools", [...(file["pools"] as object[]), ...(file["pools"] as object[])])),
    ).toThrow("pools: two have the same name");
    const schedule = { start: "61 * * * *", durationSeconds: 60, minBridges: 1, timeZone: "UTC" };
    expect(() => readKeeperFile(withField("pools.0.schedules", [schedule]))).toThrow(
      /^pools\[0\]\.schedules\[0\]: /,
    );
    const nowhere = { ...schedule, start: "* * * * *", timeZone: "Europe/Atlantis" };
    expect(() => readKeeperFile(withField("pools.0.schedules", [nowhere]))).toThrow(
      /^pools\[0\]\.schedules\[0\]: /,
    );
    expect(() => readKeeperFile("{")).toThrow("it is no JSON");
  });
});

describe("requestSecondsOf", () => {
  it("is a sixth of the interval, unless it is told", () => {
    const [pool] = readKeeperFile(JSON.stringify(file)).pools;
    expect(requestSecondsOf(pool!)).toBe(5);
    expect(requestSecondsOf({ ...pool!, requestSeconds: 0.5 })).toBe(0.5);
  });
});
