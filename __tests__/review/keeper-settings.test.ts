import { renderServerFiles } from "../../render/server/server-files";
import type { KeeperFile } from "../../model/keeper-file";
import { keeperSettings } from "../../review/keeper-settings";
import { aServerInput } from "../builders/machine-input";

const [KEEPER, COMPOSE] = ["/etc/fleet/keeper.json", "/etc/fleet/compose.yaml"];
const server = new Map([...renderServerFiles(aServerInput())]);
const told = JSON.parse(server.get(KEEPER)!) as KeeperFile;
const SCHEDULE = { start: "0 8 * * *", durationSeconds: 3600, minBridges: 3, timeZone: "UTC" };

const withPool = (change: object, settings: object = {}) => {
  const [pool] = told.pools;
  const changed = { ...pool, schedules: [SCHEDULE], ...change, settings: { ...pool!.settings, ...settings } };
  return new Map([...server, [KEEPER, JSON.stringify({ ...told, pools: [changed] })]]);
};
const was = withPool({});

describe("keeperSettings", () => {
  it.each([
    ["fullStress", 0.2, 0.7],
    ["releaseStress", 0.3, 0.75],
    ["surplusSeconds", 9999, 0],
    ["protectSeconds", 99999, 0],
    ["drainsAtOnce", 1, 100],
    ["moveEarlyBelow", 0, 100],
    ["drainDeadlineSeconds", 99999, 700],
    ["min", 100, 0],
    ["mixedSeconds", 0, 999999],
  ])(
    "says that bridges are drained where %s lets the keeper remove more, and not where less",
    (key, less, more) => {
      expect(keeperSettings(was, withPool({}, { [key]: less }))).toEqual([]);
      expect(keeperSettings(was, withPool({}, { [key]: more }))).toMatchObject([
        { notice: "drains bridges", says: expect.stringContaining(`(${key})`), at: [KEEPER] },
      ]);
    },
  );

  it("takes a deadline of less than ten minutes for what it is, unless the keeper waits for ever", () => {
    const [short, waits] = [
      { drainDeadlineSeconds: 599 },
      { drainDeadlineSeconds: 599, moveAtDeadline: false },
    ];
    expect(keeperSettings(was, withPool({}, short))).toMatchObject([{ notice: "moves calls" }]);
    expect(keeperSettings(was, withPool({}, waits))).toMatchObject([{ notice: "drains bridges" }]);
  });

  it.each([
    ["fewer bridges", [{ ...SCHEDULE, minBridges: 2 }], "drains bridges"],
    ["other times", [{ ...SCHEDULE, durationSeconds: 60 }], "drains bridges"],
    ["nothing any more", [], "drains bridges"],
    [
      "more bridges",
      [
        { ...SCHEDULE, minBridges: 4 },
        { ...SCHEDULE, start: "0 9 * * *" },
      ],
      undefined,
    ],
  ])("reads schedules that ask for %s", (_, schedules, notice) => {
    expect(keeperSettings(was, withPool({ schedules })).map((verdict) => verdict.notice)).toEqual(
      notice === undefined ? [] : [notice],
    );
  });

  it("does not take what it does not know for harmless, and what only says something for more", () => {
    expect(keeperSettings(was, withPool({}, { newSetting: 1 }))).toMatchObject([
      { notice: "drains bridges" },
    ]);
    expect(keeperSettings(was, withPool({ group: "another" }))).toMatchObject([{ notice: "drains bridges" }]);
    expect(keeperSettings(was, withPool({ intervalSeconds: 60, tags: {} }, { bootSeconds: 1 }))).toEqual([]);
  });

  it("does not trust another program to decide as the one before, where it acts", () => {
    const other = (files: ReadonlyMap<string, string>) =>
      new Map([...files, [COMPOSE, files.get(COMPOSE)!.replace("--sha256=0a1b2c3d", "--sha256=ffff")]]);
    expect(other(was).get(COMPOSE)).not.toBe(was.get(COMPOSE));
    expect(keeperSettings(was, other(was))).toMatchObject([{ notice: "drains bridges", at: [COMPOSE] }]);
    const observed = withPool({ mode: "observe" });
    expect(keeperSettings(observed, other(observed))).toEqual([]);
    expect(keeperSettings(withPool({ mode: "observe" }), withPool({ mode: "observe" }, { min: 0 }))).toEqual(
      [],
    );
  });
});
