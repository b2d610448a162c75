import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import type { KeeperStatus } from "../../cli/commands/keeper-status";
import type { KeeperOrderResult } from "../../cli/keeper/order-result";
import type { OrdersFile } from "../../keeper/orders";
import type { KeeperState } from "../../keeper/state";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";
import { PREFIX, PretendedPool } from "../builders/pretended-pool";

const STATE = `${PREFIX}state.json`;
const ORDERS = `${PREFIX}orders.json`;
const [A, B] = ["acme-eu-burst-aaaa", "acme-eu-burst-bbbb"] as const;
const ME = `${userInfo().username} at ${hostname()}`;

const aState = (overrides: Partial<KeeperState> = {}): KeeperState => ({
  holder: "first",
  beat: 7,
  at: new Date().toISOString(),
  now: 1_796_000_000,
  mode: "act",
  intervalSeconds: 30,
  memory: { drains: {} },
  summary: "one bridge too many, just now",
  problem: null,
  group: {
    target: 2,
    recommended: 1,
    min: 1,
    max: 8,
    template: "acme-eu-burst-0a1b2c3d",
    release: "stable-11146-2",
  },
  bridges: [
    {
      id: B,
      phase: "running",
      ageSeconds: 7260,
      stress: 0.314,
      localEndpoints: 42,
      drain: null,
      state: "takes calls",
    },
    {
      id: A,
      phase: "running",
      ageSeconds: 90,
      stress: null,
      localEndpoints: null,
      drain: { since: 1_796_000_000 - 600, why: "scale-in" },
      state: "does not answer (its statistics are no JSON)",
    },
  ],
  decisions: [
    { at: "2026-11-30T10:00:00Z", kind: "drain", bridge: B, reason: "one too many", done: true },
    { at: "2026-11-30T10:01:00Z", kind: "set-min", reason: "3: room", done: false },
  ],
  ...overrides,
});

let fleet: FleetCommand;
let cloud: PretendedPool;
beforeEach(async () => {
  fleet = new FleetCommand();
  fleet.write();
  cloud = await PretendedPool.start();
  cloud.accept("given");
  fleet.environment = {
    CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: `${cloud.url}/`,
    GCE_METADATA_HOST: "127.0.0.1:1", // nobody there
    GOOGLE_OAUTH_ACCESS_TOKEN: "given",
  };
});
afterEach(async () => {
  await cloud.stop();
  fleet.close();
});

async function keeper(...args: string[]) {
  const result = await fleet.run(["keeper", ...args]);
  expect(result.out + result.err).not.toContain("given");
  return result;
}
/** The state was written so many seconds ago. */
function stored(state: KeeperState, secondsAgo = 0): void {
  cloud.store(STATE, state);
  cloud.objects.get(STATE)!.updated -= secondsAgo;
}

describe("fleet keeper status", () => {
  it("says what the keeper sees, did and was ordered", async () => {
    stored(aState(), 12);
    cloud.store(ORDERS, {
      paused: {
        by: "ops@acme.example",
        at: "2026-11-30T10:00:00Z",
        until: "2099-01-01T00:00:00Z",
        reason: "all-hands",
      },
      drain: [{ bridge: A, by: "on-call@acme.example", at: "2026-11-30T09:00:00Z" }],
    });
    const { code, out, err } = await keeper("status", "acme/eu-burst");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.replace(/1[23] s ago/, "12 s ago")).toMatchInlineSnapshot(`
      "acme/eu-burst  the keeper acts
      said           12 s ago: one bridge too many, just now
      group          2 machines, the autoscaler would like 1; at least 1, at most 8; new ones from acme-eu-burst-0a1b2c3d (stable-11146-2)

      Ordered:
        paused until 2099-01-01 00:00:00 UTC, by ops@acme.example at 2026-11-30 10:00:00 UTC: all-hands. npx fleet keeper resume acme/eu-burst ends it.
        acme-eu-burst-aaaa shall take no new calls: by on-call@acme.example at 2026-11-30 09:00:00 UTC.

      bridge              age   stress  people  state
      acme-eu-burst-aaaa  90 s  -       -       does not answer (its statistics are no JSON), for 10 min
      acme-eu-burst-bbbb  2 h   0.31    42      takes calls

      Last decisions:
      2026-11-30 10:01:00 UTC  set-min                      not known to be done  3: room
      2026-11-30 10:00:00 UTC  drain    acme-eu-burst-bbbb  done                  one too many
      "
    `);
  });

  it("prints the same as one JSON object for machines", async () => {
    const state = aState();
    stored(state);
    const { code, out } = await keeper("status", "acme/eu-burst", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out) as KeeperStatus).toEqual({
      pool: "acme/eu-burst",
      silent: null,
      ageSeconds: expect.any(Number) as number,
      paused: false,
      orders: { paused: null, drain: [] },
      state,
    });
  });

  it("says that the keeper only observes, and what stands in its way", async () => {
    stored(
      aState({ mode: "observe", problem: "Jicofo does not answer", group: null, bridges: [], decisions: [] }),
    );
    const { out } = await keeper("status", "acme/eu-burst");
    expect(out.replace("1 s ago", "0 s ago")).toMatchInlineSnapshot(`
      "acme/eu-burst  the keeper observes: it says what it would do, and does nothing
      said           0 s ago: one bridge too many, just now
      problem        Jicofo does not answer
      group          not seen

      Nothing is ordered.
      "
    `);
  });

  it.each([
    [
      "is silent for more than three intervals",
      () => stored(aState(), 100),
      /^The keeper of acme\/eu-burst has been silent for 1\d\d s, and should say something every 60 s: look at `sudo journalctl CONTAINER_NAME=fleet-keeper-1 -n 50` on abc-server\. Bridges stay as they are meanwhile\.$/m,
    ],
    [
      "was stopped, and is away",
      () => stored(aState({ holder: "" }), 7200),
      /^The keeper of acme\/eu-burst was stopped and has been away for 2 h: look at /m,
    ],
    [
      "has never written anything",
      () => undefined,
      /^The keeper of acme\/eu-burst has never said anything: deploy customer-abc; if that was done, look at /m,
    ],
  ])("says, and ends with 1, when the keeper %s", async (_, change, sentence) => {
    change();
    const { code, out } = await keeper("status", "acme/eu-burst");
    expect(code).toBe(1);
    expect(out).toMatch(sentence);
  });

  it("says, too, that somebody may not be allowed to read what the keeper says", async () => {
    cloud.missingIsRefused = true;
    const { code, out } = await keeper("status", "acme/eu-burst");
    expect(code).toBe(1);
    expect(out).toMatch(
      /never said anything: .*; or you may not read what it says: those whom operators\.iap of account acme /,
    );
  });

  it("does not call a keeper silent that wrote within three intervals, whatever this machine's clock says", async () => {
    stored(aState({ at: "2020-01-01T00:00:00Z" }), 85);
    expect((await keeper("status", "acme/eu-burst")).code).toBe(0);
  });

  it.each([
    [
      "state.json",
      () => cloud.store(STATE, "{"),
      /state\.json is damaged: it is no JSON\. The keeper begins a new one/,
    ],
    [
      "orders.json",
      () => cloud.store(ORDERS, "[]"),
      /orders\.json is damaged: it is no JSON object\. The keeper does nothing/,
    ],
  ])("says when %s is damaged, and what to do", async (_, change, message) => {
    stored(aState());
    change();
    const { code, err } = await keeper("status", "acme/eu-burst");
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  it("shows no characters that move others, whoever wrote them", async () => {
    stored(aState({ summary: "\u001b[2Jgone" }));
    expect((await keeper("status", "acme/eu-burst")).out).toContain("\\u001b[2Jgone");
  });

  it.each([
    [
      "acme/nl-static",
      "Pool acme/nl-static is on Linode and has no keeper: its size is a number in its file, and so is `draining`.\n",
    ],
    [
      "acme/eu-bursd",
      'No pool is called "acme/eu-bursd"; there are acme/eu-burst, acme/nl-static. Did you mean acme/eu-burst?\n',
    ],
  ])("has one sentence for %s", async (name, sentence) => {
    expect(await keeper("status", name)).toEqual({ code: 2, out: "", err: sentence });
    expect(cloud.asked).toEqual([]);
  });

  it("has one sentence for a pool whose keeper is off", async () => {
    fleet.write({
      "accounts/acme/pools/eu-burst.yaml": `${MODELINES.pool}cloud: gcp
region: europe-west4
serves: [abc]
size: { min: 1, max: 8 }
keeper: { mode: "off" }
`,
    });
    expect(await keeper("pause", "acme/eu-burst")).toEqual({
      code: 2,
      out: "",
      err:
        "Pool acme/eu-burst has no keeper: keeper.mode in its file is off. Set it to act, or to observe first, then " +
        "deploy customer-abc.\n",
    });
  });

  it.each([
    [
      "may not read",
      () => cloud.faults.push({ at: /storage/, with: 403 }),
      /^you may not read and write below gs:\/\/acme-meet-prod-fleet-artifacts\/keeper\/acme-eu-burst\/; /,
    ],
    ["brings a token that is none", () => cloud.revokeTokens(), /^Google refuses the access token: /],
  ])("says what to do when somebody %s", async (_, change, message) => {
    stored(aState());
    change();
    const { code, err } = await keeper("resume", "acme/eu-burst");
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});

describe("fleet keeper drain and undrain", () => {
  beforeEach(() => stored(aState()));
  const drained = () =>
    (cloud.json(ORDERS)["drain"] as { bridge: string; by: string }[]).map(({ bridge }) => bridge);

  it("orders a drain, says when it is followed, and takes it back", async () => {
    expect(await keeper("drain", "acme/eu-burst", "--bridge", B)).toEqual({
      code: 0,
      err: "",
      out:
        `Ordered: ${B} takes no new calls; those on it go on, and the machine stays until the order is taken back.\n` +
        `The keeper reads this within 30 s.\nnpx fleet keeper undrain acme/eu-burst --bridge ${B}\n`,
    });
    expect(cloud.json(ORDERS)).toEqual({
      paused: null,
      drain: [{ bridge: B, by: ME, at: expect.stringMatching(/Z$/) as string }],
    });
    expect((await keeper("drain", "acme/eu-burst", "--bridge", B)).out).toMatch(/is ordered already\./);
    await keeper("drain", "acme/eu-burst", "--bridge", A);
    expect(drained()).toEqual([B, A]);
    const { out } = await keeper("undrain", "acme/eu-burst", "--bridge", B);
    expect(out).toMatch(new RegExp(`^Taken back: ${B}\\.`));
    expect(drained()).toEqual([A]);
    await keeper("drain", "acme/eu-burst", "--bridge", B);
    expect((await keeper("undrain", "acme/eu-burst", "--all")).out).toMatch(
      new RegExp(`^Taken back: ${A}, ${B}\\.`),
    );
    expect(drained()).toEqual([]);
    expect((await keeper("undrain", "acme/eu-burst", "--all")).out).toBe(
      "No bridge was drained by an order.\n",
    );
  });

  it("prints the same as one JSON object for machines", async () => {
    const order = async (...args: string[]) =>
      JSON.parse((await keeper(...args, "acme/eu-burst", "--json")).out) as KeeperOrderResult;
    expect(await order("drain", "--bridge", B)).toEqual({
      pool: "acme/eu-burst",
      changed: true,
      bridges: [B],
      orders: cloud.json(ORDERS) as unknown as OrdersFile,
      notes: ["The keeper reads this within 30 s."],
    } satisfies KeeperOrderResult);
    expect(await order("drain", "--bridge", B)).toMatchObject({ changed: false, bridges: [B] });
    expect(await order("undrain", "--all")).toMatchObject({ changed: true, bridges: [B] });
    expect(await order("undrain", "--all")).toEqual({
      ...{ pool: "acme/eu-burst", changed: false, bridges: [], notes: [] },
      orders: { paused: null, drain: [] },
    } satisfies KeeperOrderResult);
    const { orders } = await order("pause", "--reason", "all-hands");
    expect(orders.paused).toMatchObject({ by: ME, until: null, reason: "all-hands" });
    expect(await order("resume")).toMatchObject({ changed: true, orders: { paused: null } });
    expect(await order("resume")).toMatchObject({ changed: false });
  });

  it("lists the bridges that there are for one that is not", async () => {
    expect(await keeper("drain", "acme/eu-burst", "--bridge", "acme-eu-burst-aaab")).toEqual({
      code: 2,
      out: "",
      err: `No bridge is called "acme-eu-burst-aaab"; there are ${A}, ${B}. Did you mean ${A}?\n`,
    });
    expect(await keeper("undrain", "acme/eu-burst", "--bridge", B)).toMatchObject({
      code: 2,
      err: `No bridge that is drained by an order is called "${B}"; there is none.\n`,
    });
    expect(cloud.objects.has(ORDERS)).toBe(false);
  });

  it.each([[[]], [["--bridge", B, "--all"]]])("takes back either one or all, and not %p", async (options) => {
    expect(await keeper("undrain", "acme/eu-burst", ...options)).toEqual({
      code: 2,
      out: "",
      err: "Either --bridge <machine> or --all: choose one.\n",
    });
  });

  it("says what stands in the way of an order", async () => {
    stored(aState({ mode: "observe" }));
    cloud.store(ORDERS, {
      paused: { by: "a", at: "2026-11-30T10:00:00Z", until: null, reason: null },
      drain: [],
    });
    const { out } = await keeper("drain", "acme/eu-burst", "--bridge", B);
    expect(out).toContain("It only observes, and will say what it would do instead of doing it.\n");
    expect(out).toContain("It is paused until somebody resumes it: npx fleet keeper resume acme/eu-burst.\n");
    stored(aState(), 3600);
    expect((await keeper("undrain", "acme/eu-burst", "--all")).out).toMatch(
      /silent .* It follows the order when it is back\.$/m,
    );
  });

  it("orders nothing when nobody knows the bridges", async () => {
    cloud.objects.clear();
    expect(await keeper("drain", "acme/eu-burst", "--bridge", B)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^The keeper of acme\/eu-burst has never said anything/) as string,
    });
  });

  it("loses no order that somebody else gives at the same moment", async () => {
    let others = 0;
    cloud.onAsked = ({ path }) => {
      if (!path.startsWith("/upload/") || others++ >= 2) return;
      const drain = [...((cloud.objects.has(ORDERS) ? cloud.json(ORDERS)["drain"] : []) as object[])];
      cloud.store(ORDERS, {
        paused: null,
        drain: [...drain, { bridge: `other-${others}`, by: "b", at: "2026-11-30T10:00:00Z" }],
      });
    };
    expect((await keeper("drain", "acme/eu-burst", "--bridge", B)).code).toBe(0);
    expect(drained()).toEqual(["other-1", "other-2", B]);
  });

  it("gives up, and says so, when somebody else writes again and again", async () => {
    cloud.onAsked = ({ path }) => {
      if (path.startsWith("/upload/")) cloud.store(ORDERS, { paused: null, drain: [] });
    };
    const { code, err } = await keeper("drain", "acme/eu-burst", "--bridge", B);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^somebody else wrote .*orders\.json 5 times meanwhile; nothing was ordered, try again\.$/m,
    );
  });

  it("writes the first order also as somebody who may not list objects", async () => {
    cloud.missingIsRefused = true;
    expect((await keeper("drain", "acme/eu-burst", "--bridge", B)).code).toBe(0);
    expect(drained()).toEqual([B]);
  });
});

describe("fleet keeper pause and resume", () => {
  beforeEach(() => stored(aState()));

  it("pauses for a time, with a reason, and keeps other orders", async () => {
    const drain = [{ bridge: A, by: "on-call@acme.example", at: "2026-11-30T10:00:00Z" }];
    cloud.store(ORDERS, { paused: null, drain });
    const before = Date.now();
    const { code, out } = await keeper(
      "pause",
      "acme/eu-burst",
      "--for",
      "2h",
      "--reason",
      "all-hands at ten",
    );
    expect(code).toBe(0);
    const { paused, drain: kept } = cloud.json(ORDERS) as { paused: Record<string, string>; drain: object[] };
    expect(paused).toMatchObject({ by: ME, reason: "all-hands at ten" });
    expect(Date.parse(paused["until"]!) - before).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(Date.parse(paused["until"]!) - before).toBeLessThan(2 * 3_600_000 + 60_000);
    expect(kept).toEqual(drain);
    expect(out).toMatch(
      /^Ordered: the keeper of acme\/eu-burst takes back what it has drained, then does nothing at all until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: /,
    );
    expect(out).toContain("The keeper reads this within 30 s.\nnpx fleet keeper resume acme/eu-burst\n");
  });

  it("pauses until it is resumed, and resumes", async () => {
    expect((await keeper("pause", "acme/eu-burst")).out).toMatch(
      /takes back what it has drained, then does nothing at all until it is resumed: /,
    );
    expect(cloud.json(ORDERS)).toMatchObject({ paused: { until: null, reason: null } });
    expect((await keeper("status", "acme/eu-burst")).out).toMatch(
      /^ {2}paused until somebody resumes it, by /m,
    );
    expect((await keeper("resume", "acme/eu-burst")).out).toBe(
      "The keeper of acme/eu-burst goes on.\nThe keeper reads this within 30 s.\n",
    );
    expect(cloud.json(ORDERS)).toEqual({ paused: null, drain: [] });
    expect((await keeper("resume", "acme/eu-burst")).out).toBe(
      "The keeper of acme/eu-burst was not paused.\n",
    );
  });

  it.each([["2"], ["0h"], ["31d"], ["2 h"], ["-1h"], ["forever"]])(
    "takes %p for no duration",
    async (duration) => {
      expect(await keeper("pause", "acme/eu-burst", `--for=${duration}`)).toEqual({
        code: 2,
        out: "",
        err: `--for ${duration}: allowed: minutes, hours or days such as 30m, 2h, 1d, at most 30d.\n`,
      });
    },
  );
});

describe("who gave an order", () => {
  beforeEach(() => stored(aState()));

  it("is the account of gcloud where gcloud gives the token", async () => {
    const { GOOGLE_OAUTH_ACCESS_TOKEN: _, ...environment } = fleet.environment;
    mkdirSync(join(fleet.folder, "bin"));
    const gcloud = join(fleet.folder, "bin", "gcloud");
    writeFileSync(
      gcloud,
      '#!/bin/sh\ncase "$1" in auth) echo given ;; config) echo ops@acme.example ;; esac\n',
    );
    chmodSync(gcloud, 0o755);
    fleet.environment = environment;
    await keeper("pause", "acme/eu-burst");
    expect(cloud.json(ORDERS)).toMatchObject({ paused: { by: "ops@acme.example" } });
  });
});
