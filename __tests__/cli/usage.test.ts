import { HOURLY_BUCKET, RAW_BUCKET, READER } from "../../model/telemetry";
import { TestAuthority } from "../builders/certificates";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";
import { freePort } from "../builders/free-port";
import { PretendedGoogle } from "../builders/pretended-google";
import { PretendedGrafana } from "../builders/pretended-grafana";
import { aPoint } from "../builders/points";
import { describeWithInfluxDb, RealInfluxDb } from "../builders/real-influxdb";

jest.setTimeout(30_000);

const SECRET = "projects/acme-meet-prod/secrets/abc-grafana-admin-password";
const PASSWORD = "Canary1grafana";
const READERS_PASSWORD = "Canary2reader";
/** Where the clock stands. */
const NOW = Date.UTC(2026, 10, 21, 12, 34);
const HOUR = 3600;
const DAY = 24 * HOUR;
const OCTOBER = Date.UTC(2026, 9) / 1000;
const NOVEMBER = Date.UTC(2026, 10) / 1000;

let fleet: FleetCommand;
let google: PretendedGoogle;
let influxDb: RealInfluxDb;
let grafana: PretendedGrafana;
const grafanaWith = (more: object = {}, readersPassword = READERS_PASSWORD) =>
  PretendedGrafana.start({
    password: PASSWORD,
    influxDb: { url: influxDb.url, user: READER, password: readersPassword },
    dataSources: ["influx", "influx-hourly"],
    ...more,
  });

/** One hour of a bridge; what a test does not name is an hour of an idle one. */
const bridge = (time: number, instance: string, fields: object = {}, pool = "acme-eu-burst") =>
  aPoint(
    "jvb_hourly",
    { customer: "abc", account: "acme", pool, cloud: "gcp", region: "gcp-europe-west4", instance },
    {
      samples: { integer: 360 },
      local_endpoints_mean: 0,
      bytes_sent: 0,
      bytes_sent_octo: 0,
      ...fields,
    },
    time,
  );
const server = (time: number, fields: object = {}) =>
  aPoint(
    "jicofo_hourly",
    { customer: "abc", account: "acme", pool: "server", instance: "abc-server" },
    {
      samples: { integer: 360 },
      participants_mean: 0,
      participants_max: 0,
      conferences_created: 0,
      ...fields,
    },
    time,
  );
const peak = (time: number, local_endpoints_max: number) =>
  aPoint("customer_hourly", { customer: "abc" }, { local_endpoints_max }, time);

/** Every hour from one time to another: a bridge and the server, idle. */
const idle = (from: number, to: number): string[] =>
  Array.from({ length: (to - from) / HOUR }, (_, hour) => from + hour * HOUR).flatMap((time) => [
    bridge(time, "x1"),
    server(time),
    peak(time, 0),
  ]);

async function plant(...lines: readonly string[]): Promise<void> {
  for (const measurement of ["jvb_hourly", "jicofo_hourly", "customer_hourly"])
    await influxDb.query(`DROP MEASUREMENT ${measurement}`, HOURLY_BUCKET);
  if (lines.length > 0) await influxDb.write(lines, HOURLY_BUCKET);
}

const SHARED = {
  "accounts/acme/customers/xyz.yaml": `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\n`,
  "accounts/acme/pools/nl-static.yaml": `${MODELINES.pool}cloud: linode\nregion: nl-ams\nserves: [abc, xyz]\nsize: 3\n`,
};

async function usage(args: readonly string[] = [], changes: Parameters<FleetCommand["write"]>[0] = {}) {
  fleet.write(changes);
  const result = await fleet.run([
    ...["usage", "abc", "--month", "2026-10", "--grafana", grafana.url],
    ...args,
  ]);
  expect(result.out + result.err).not.toMatch(/Canary|ya29|Basic/);
  return result;
}

/** The report as JSON, of planted points. */
async function figures(args: readonly string[] = [], changes = {}) {
  const { code, out, err } = await usage(["--json", ...args], changes);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as {
    readonly countedBy: string;
    readonly participantMinutes: number | null;
    readonly conferences: number | null;
    readonly peakParticipants: number | null;
    readonly pools: readonly object[];
    readonly sum: object;
    readonly coverage: object;
    readonly compared: object | null;
    readonly notes: readonly string[];
  };
}

describeWithInfluxDb("fleet usage", () => {
  beforeAll(async () => {
    influxDb = await RealInfluxDb.start([{ name: READER, password: READERS_PASSWORD, may: "READ" }]);
  });
  afterAll(() => influxDb.stop());
  beforeEach(async () => {
    jest.spyOn(Date, "now").mockReturnValue(NOW);
    fleet = new FleetCommand();
    google = await PretendedGoogle.start();
    google.secrets.set(SECRET, PASSWORD);
    google.goodTokens.add("given");
    fleet.environment = {
      CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: `http://${google.host}/`,
      GOOGLE_OAUTH_ACCESS_TOKEN: "given",
    };
    grafana = await grafanaWith();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await grafana.stop();
    await google.stop();
    fleet.close();
  });

  it("counts ten people in a call over two bridges as ten", async () => {
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      bridge(OCTOBER + 9 * HOUR, "x1", { local_endpoints_mean: 6 }),
      bridge(OCTOBER + 9 * HOUR, "x2", { local_endpoints_mean: 4 }),
      server(OCTOBER + 9 * HOUR, { participants_mean: 10, participants_max: 10, conferences_created: 1 }),
      peak(OCTOBER + 9 * HOUR, 10),
    );
    expect(await figures()).toMatchObject({
      countedBy: "bridges",
      participantMinutes: 600,
      conferences: 1,
      peakParticipants: 10,
      coverage: { hours: 744, withoutServer: [], withoutBridges: [], incomplete: 0 },
    });
  });

  it("weighs each hour with the time that the bridge was there: one that restarts, one that lives for ten minutes", async () => {
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      // A restart cost 60 of 360 samples; the roll-up has counted its bytes on.
      bridge(OCTOBER, "x1", {
        samples: { integer: 300 },
        local_endpoints_mean: 3,
        bytes_sent: 4e9,
        bytes_sent_octo: 1e9,
      }),
      bridge(OCTOBER, "x3", { samples: { integer: 60 }, local_endpoints_mean: 12, bytes_sent: 2e9 }),
    );
    const { participantMinutes, pools, sum } = await figures();
    expect(participantMinutes).toBe(3 * 50 + 12 * 10);
    const burst = { bridgeHours: 743 + 1, relayEgressGb: 1, totalEgressGb: 7 };
    expect(pools).toMatchObject([
      { pool: "acme-eu-burst", sharedWith: [], known: true, reported: true, ...burst },
      { pool: "acme-nl-static", reported: false, bridgeHours: 0 },
    ]);
    expect(sum).toEqual({ own: burst, all: burst });
  });

  it("takes hours of the month and none of its neighbours, in UTC, across the end of summer time", async () => {
    const one = { local_endpoints_mean: 1, bytes_sent: 1e9 };
    const hours = [OCTOBER - HOUR, OCTOBER, Date.UTC(2026, 9, 25, 1) / 1000, NOVEMBER - HOUR, NOVEMBER];
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      ...hours.flatMap((time) => [bridge(time, "x1", one), server(time)]),
    );
    const before = process.env["TZ"];
    for (const zone of ["UTC", "Europe/Amsterdam", "Pacific/Auckland"]) {
      process.env["TZ"] = zone;
      try {
        expect(await figures()).toMatchObject({
          participantMinutes: 180,
          sum: { all: { totalEgressGb: 3, bridgeHours: 744 } },
          coverage: { hours: 744 },
        });
      } finally {
        if (before === undefined) delete process.env["TZ"];
        else process.env["TZ"] = before;
      }
    }
  });

  it("names hours that the server stored nothing in, and those in which no bridge reported", async () => {
    const day = OCTOBER + 5 * DAY;
    await plant(
      ...idle(OCTOBER, day),
      ...idle(day + DAY, NOVEMBER - 2 * HOUR),
      server(NOVEMBER - HOUR, { samples: { integer: 200 } }),
    );
    const { coverage, notes } = await figures();
    const absent = [
      ["2026-10-06T00:00:00.000Z", "2026-10-07T00:00:00.000Z"],
      ["2026-10-31T22:00:00.000Z", "2026-10-31T23:00:00.000Z"],
    ];
    expect(coverage).toEqual({
      hours: 744,
      withoutServer: absent,
      withoutBridges: [absent[0], ["2026-10-31T22:00:00.000Z", "2026-11-01T00:00:00.000Z"]],
      incomplete: 1,
    });
    expect(notes).toContain(
      "25 of 744 hours without data of the server (Jicofo's counts, conferences): 2026-10-06 00:00 to " +
        "2026-10-07 00:00, 2026-10-31 22:00 to 2026-10-31 23:00. They are not in the sums.",
    );
    expect(notes).toContain(
      "1 of 744 hours are incomplete: what was not measured in them is not in the sums.",
    );
  });

  it("says that bridges counted less than Jicofo: one of two pools was silent for three days", async () => {
    const [silent, heard] = [OCTOBER + 10 * DAY, OCTOBER + 13 * DAY];
    const hours = Array.from({ length: 31 * 24 }, (_, hour) => OCTOBER + hour * HOUR);
    const people = { participants_mean: 10, participants_max: 10 };
    await plant(
      ...hours.flatMap((time) => [
        bridge(time, "x1", { local_endpoints_mean: 5 }),
        ...(time < silent || time >= heard
          ? [bridge(time, "n1", { local_endpoints_mean: 5 }, "acme-nl-static")]
          : []),
        // Where Jicofo has a gap itself, it is no measure of the bridges.
        server(time, time < OCTOBER + DAY ? { samples: { integer: 36 }, ...people } : people),
      ]),
    );
    const { compared, notes, pools, coverage } = await figures();
    expect(coverage).toMatchObject({ withoutServer: [], withoutBridges: [], incomplete: 24 });
    expect(pools).toMatchObject([
      { pool: "acme-eu-burst", hours: 744 },
      { pool: "acme-nl-static", hours: 672 },
    ]);
    expect(compared).toEqual({ bridges: (720 * 10 - 72 * 5) * 60, jicofo: 720 * 10 * 60 });
    // 5 %: still alike.
    expect(notes.join("\n")).not.toContain("apart");
    await influxDb.write([server(heard, { participants_mean: 60, participants_max: 60 })], HOURLY_BUCKET);
    expect((await figures()).notes).toContain(
      "In the hours that Jicofo counted whole, bridges have 410,400 participant-minutes and Jicofo has 435,000, " +
        "6 % apart. Either figures of bridges are missing, then the report counts too little; or people waited alone " +
        "in their rooms, where Jicofo counts them and no bridge does. Hours in which each pool reported, of 744: " +
        "acme-eu-burst 744, acme-nl-static 672.",
    );
    const [header, , , static_] = (await usage(["--csv"])).out.split("\n").map((row) => row.split(","));
    expect(static_![header!.indexOf("hours_without_bridges")]).toBe("72");
  });

  it("says that bridges counted more than Jicofo", async () => {
    await plant(...idle(OCTOBER, NOVEMBER), bridge(OCTOBER, "x1", { local_endpoints_mean: 2 }));
    const { compared, notes } = await figures();
    expect(compared).toEqual({ bridges: 120, jicofo: 0 });
    expect(notes.join("\n")).toContain("100 % apart. Bridges may have served others then.");
  });

  it("says that a figure is not known where nobody counted, instead of 0", async () => {
    await plant(server(OCTOBER, { conferences_created: 2 }));
    expect(await figures()).toMatchObject({
      participantMinutes: null,
      peakParticipants: null,
      conferences: 2,
    });
    expect((await usage()).out).toMatch(/^Participant-minutes +not known$/m);
    const [header, customer, pool] = (await usage(["--csv"])).out.split("\n").map((row) => row.split(","));
    const cell = (row: readonly string[], name: string) => row[header!.indexOf(name)];
    expect(cell(customer!, "participant_minutes")).toBe("");
    expect(cell(pool!, "bridge_hours")).toBe("");
  });

  it("asks Jicofo how many there are when the bridges serve others too, and divides nothing", async () => {
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      bridge(OCTOBER, "x1", { local_endpoints_mean: 2, bytes_sent: 1e9 }),
      bridge(OCTOBER, "n1", { local_endpoints_mean: 50, bytes_sent: 9e9 }, "acme-nl-static"),
      peak(OCTOBER, 52),
      server(OCTOBER, { participants_mean: 7, participants_max: 9 }),
    );
    const { notes, ...rest } = await figures([], SHARED);
    expect(rest).toMatchObject({
      countedBy: "jicofo",
      compared: null,
      participantMinutes: 420,
      peakParticipants: 9,
      pools: [
        { pool: "acme-eu-burst", sharedWith: [], totalEgressGb: 1 },
        { pool: "acme-nl-static", sharedWith: ["xyz"], totalEgressGb: 9, bridgeHours: 1 },
      ],
      sum: { own: { bridgeHours: 744, totalEgressGb: 1 }, all: { bridgeHours: 745, totalEgressGb: 10 } },
    });
    expect(notes.join("\n")).toMatch(/those that Jicofo counts for this customer/);
    expect(notes.join("\n")).toMatch(/of a shared pool are those of the whole pool/);
  });

  it("has a row for the bridge on the server, with pools and without", async () => {
    const onServer = `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\nbridgeOnServer: true\n`;
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      bridge(OCTOBER, "abc-server", { local_endpoints_mean: 3, bytes_sent: 2e9 }, "server"),
    );
    const row = {
      pool: "server",
      sharedWith: [],
      known: true,
      reported: true,
      bridgeHours: 1,
      totalEgressGb: 2,
    };
    const both = await figures([], { "accounts/acme/customers/abc.yaml": onServer });
    expect(both.participantMinutes).toBe(180);
    expect(both.pools).toMatchObject([{ pool: "acme-eu-burst" }, { pool: "acme-nl-static" }, row]);
    const alone = await figures([], {
      "accounts/acme/customers/abc.yaml": onServer,
      "accounts/acme/pools/eu-burst.yaml": undefined,
      "accounts/acme/pools/nl-static.yaml": undefined,
    });
    expect(alone.pools).toMatchObject([{ pool: "acme-eu-burst", known: false }, row]);
    // Not the customer's in the data: its row stays, as that of a pool that is gone.
    expect((await figures()).pools).toContainEqual(expect.objectContaining({ pool: "server", known: false }));
  });

  it("asks Grafana at the customer's host name when no other address is given", async () => {
    await plant(...idle(OCTOBER, NOVEMBER));
    const { fetch } = globalThis;
    const asked: string[] = [];
    jest.spyOn(globalThis, "fetch").mockImplementation((address, init) => {
      const url = String(address);
      if (!url.startsWith("https:")) return fetch(url, init);
      asked.push(url.replace(/\?.*/, ""));
      return fetch(url.replace("https://abc.meet.acme.example/grafana", grafana.url), init);
    });
    fleet.write();
    expect(await fleet.run(["usage", "abc", "--month", "2026-10"])).toMatchObject({ code: 0, err: "" });
    const address = "https://abc.meet.acme.example/grafana/api/datasources/proxy/uid/influx-hourly/query";
    expect(asked).toEqual([address, address, address]);
  });

  it("names a pool that accounts/ does not have any more, and keeps what its bridges did", async () => {
    await plant(...idle(OCTOBER, NOVEMBER), bridge(OCTOBER, "o1", { local_endpoints_mean: 1 }, "acme-old"));
    const { participantMinutes, pools, notes } = await figures();
    expect(participantMinutes).toBe(60);
    expect(pools).toContainEqual(expect.objectContaining({ pool: "acme-old", known: false, bridgeHours: 1 }));
    expect(notes.join("\n")).toContain("acme-old: no pool of this name serves the customer now");
  });

  it("counts the running month up to its last full hour, once that is rolled up", async () => {
    const noon = Date.UTC(2026, 10, 21, 12) / 1000;
    await plant(...idle(NOVEMBER, noon), bridge(noon, "x1", { local_endpoints_mean: 99 }));
    const running = ["--month", "2026-11"];
    expect(await figures(running)).toMatchObject({
      participantMinutes: 0,
      to: "2026-11-21T12:00:00.000Z",
      running: true,
      coverage: { hours: 20 * 24 + 12, withoutServer: [], withoutBridges: [] },
      notes: expect.arrayContaining(["The month is running: counted up to 2026-11-21 12:00 UTC."]),
    });
    jest.spyOn(Date, "now").mockReturnValue(Date.UTC(2026, 10, 21, 12, 4));
    expect(await figures(running)).toMatchObject({ to: "2026-11-21T11:00:00.000Z" });
  });

  it("prints a table for people", async () => {
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      bridge(OCTOBER, "x1", { local_endpoints_mean: 210.5, bytes_sent: 1.5e12, bytes_sent_octo: 2.25e11 }),
      bridge(OCTOBER, "n1", { bytes_sent: 9e9 }, "acme-nl-static"),
      server(OCTOBER, { participants_mean: 210.5, participants_max: 230, conferences_created: 1234 }),
    );
    const { code, out, err } = await usage([], SHARED);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatchInlineSnapshot(`
      "abc, 2026-10: 2026-10-01 00:00 to 2026-11-01 00:00 UTC

      Participant-minutes  12,630
      Conferences           1,234
      Peak participants       230

      Pool                   Shared with  Bridge-hours  Relay egress GB  Total egress GB
      acme-eu-burst                              744.0           225.00         1,725.00
      acme-nl-static         xyz                   1.0             0.00             9.00
      Sum of its own pools                       744.0           225.00         1,725.00
      Sum with shared pools                      745.0           225.00         1,734.00

      - Participants are those that Jicofo counts for this customer: its bridges serve others too and
        cannot tell whose participants they have.
      - Bridge-hours and egress of a shared pool are those of the whole pool, for all its customers:
        nothing says which part is whose. Which pools are shared is read from accounts/ as it is now.
      - Egress is RTP as bridges count it (10^9 bytes a GB), without the headers of UDP and IP. A bridge
        counts a connection when it ends: what spans the end of a month is in the later one, and a bridge
        that is lost takes the count of its open connections along.
      - Hours are kept for 397 days; those of the last day may still grow by points that come late.
      "
    `);
  });

  it("prints rows for a spreadsheet", async () => {
    await plant(
      ...idle(OCTOBER, NOVEMBER),
      bridge(OCTOBER, "x1", { local_endpoints_mean: 6, bytes_sent: 1e9 }),
      peak(OCTOBER, 6),
    );
    expect((await usage(["--csv"])).out).toMatchInlineSnapshot(`
      "customer,month,to_utc,pool,shared_with,participant_minutes,conferences,peak_participants,participants_counted_by,bridge_hours,relay_egress_gb,total_egress_gb,hours,hours_without_server,hours_without_bridges,hours_incomplete
      abc,2026-10,2026-11-01 00:00,,,360,0,6,bridges,,,,744,0,0,0
      abc,2026-10,2026-11-01 00:00,acme-eu-burst,,,,,,744,0,1,744,,0,
      abc,2026-10,2026-11-01 00:00,acme-nl-static,,,,,,,,,744,,744,
      "
    `);
  });

  it("prints a trace: minutes of single points while they are kept, hours before", async () => {
    const friday = Date.UTC(2026, 9, 30, 8) / 1000;
    await plant(
      server(OCTOBER, { participants_mean: 7 }),
      server(friday, { participants_mean: 999 }),
      server(friday + HOUR, { participants_mean: 30.5 }),
      server(NOVEMBER, { participants_mean: 5 }),
    );
    await influxDb.query("DROP MEASUREMENT jicofo", RAW_BUCKET);
    const point = (time: number, participants: number, conferences: number) =>
      aPoint("jicofo", { customer: "abc", pool: "server" }, { participants, conferences }, time);
    await influxDb.write(
      [point(friday, 10, 2), point(friday + 50, 13, 3), point(friday + 60, 20, 4), point(NOVEMBER, 9, 9)],
      RAW_BUCKET,
    );
    expect(await usage(["--trace"])).toEqual({
      code: 0,
      out:
        "time,participants,conferences\n2026-10-01T00:30:00Z,7,\n2026-10-30T08:00:30Z,11.5,2.5\n" +
        "2026-10-30T08:01:30Z,20,4\n2026-10-30T09:30:00Z,30.5,\n",
      err:
        "2 rows are means of an hour, because single points are kept for 30 days: how steeply people joined within " +
        "such an hour is not in them.\n",
    });
  });

  it("has no trace of a month that nobody counted in", async () => {
    await plant();
    await influxDb.query("DROP MEASUREMENT jicofo", RAW_BUCKET);
    expect(await usage(["--trace"])).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("InfluxDB of abc has no hour of 2026-10."),
    });
  });

  it.each([
    ["2026-13", '"2026-13" is no month; a year and a month are, such as --month 2026-11.\n'],
    ["October", '"October" is no month; a year and a month are, such as --month 2026-11.\n'],
    ["2026-12", "2026-12 has not begun; the running month is 2026-11.\n"],
    [
      "2025-09",
      "2025-09 is gone: hours are kept for 397 days; the oldest month is 2025-10. Store a month's report (--json) " +
        "when it is over.\n",
    ],
  ])("refuses the month %s before it asks anybody", async (month, err) => {
    expect(await usage(["--month", month])).toEqual({ code: 2, out: "", err });
    expect([...google.asked, ...grafana.asked]).toEqual([]);
  });

  it("has no report of a month of which there is no full hour yet", async () => {
    jest.spyOn(Date, "now").mockReturnValue(Date.UTC(2026, 11, 1, 1, 3));
    expect(await usage(["--month", "2026-12"])).toEqual({
      code: 2,
      out: "",
      err: "2026-12 has no full hour yet; come back in an hour.\n",
    });
  });

  it.each([
    [["--csv", "--json"], "--csv and --json: choose one.\n"],
    [["--json", "--trace"], "--json and --trace: choose one.\n"],
    [
      ["--grafana", "http://abc.meet.acme.example/grafana"],
      /the password would travel unencrypted; allowed are/,
    ],
    [["--grafana", "nonsense"], /the password would travel unencrypted/],
  ])("refuses %j", async (args, message) => {
    const { code, out, err } = await usage(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
    expect(google.asked).toEqual([]);
  });

  it("names what there is for a customer that is not there", async () => {
    fleet.write();
    expect(await fleet.run(["usage", "abd", "--month", "2026-10"])).toEqual({
      code: 2,
      out: "",
      err: 'No customer is called "abd"; there are abc. Did you mean abc?\n',
    });
  });

  describe("says what to do", () => {
    const failing = async (args: readonly string[] = []) => {
      const { code, out, err } = await usage(args);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err.split("\n")).toHaveLength(2);
      return err;
    };
    const insteadOf = async (other: PretendedGrafana) => {
      await grafana.stop();
      grafana = other;
    };

    it("when there is no data", async () => {
      await plant();
      expect(await failing()).toContain("InfluxDB of abc has no hour of 2026-10. If the customer was there");
    });

    it("when the secret may not be read, or is not there", async () => {
      google.forbidden.add(SECRET);
      expect(await failing()).toContain(`${SECRET}: you may not read it`);
      google.forbidden.clear();
      google.secrets.clear();
      expect(await failing()).toContain("deploy customer-abc first");
      expect(grafana.asked).toEqual([]);
    });

    it("when Grafana has another password", async () => {
      google.secrets.set(SECRET, "Canary3other");
      expect(await failing()).toContain("Grafana refuses the password of its administrator");
    });

    it("when the data source is missing", async () => {
      await insteadOf(await grafanaWith({ dataSources: ["influx"] }));
      expect(await failing()).toContain("none with a data source influx-hourly");
    });

    it("when InfluxDB refuses Grafana", async () => {
      await insteadOf(await grafanaWith({}, "Canary4wrong"));
      expect(await failing()).toContain("InfluxDB refuses the password that Grafana reads with");
    });

    it("when InfluxDB is down", async () => {
      await insteadOf(
        await grafanaWith({
          influxDb: { url: `http://127.0.0.1:${await freePort()}`, user: "x", password: "x" },
        }),
      );
      expect(await failing()).toContain("Grafana or InfluxDB is down (HTTP status 502)");
    });

    it.each([
      [403, "Grafana does not let its administrator ask"],
      [500, "HTTP status 500; look into the log of Grafana"],
      [302, "it redirects elsewhere"],
    ])("when Grafana answers with %i", async (status, message) => {
      grafana.outage = status;
      expect(await failing()).toContain(message);
    });

    it("when nobody answers, DNS knows nobody, or the certificate is not to be trusted", async () => {
      await insteadOf(await grafanaWith({ tls: new TestAuthority("Nobody").pair() }));
      expect(await failing()).toMatch(/its certificate is not to be trusted \([A-Z_]+\); see "Certificates"/);
      expect(await failing(["--grafana", `https://127.0.0.1:${await freePort()}/grafana`])).toContain(
        "no answer (ECONNREFUSED); look whether the server is up",
      );
      expect(await failing(["--grafana", "https://nobody.invalid/grafana"])).toMatch(
        /DNS does not know the host \((ENOTFOUND|EAI_AGAIN)\)/,
      );
    });

    it("when a proxy is set, which the command does not use", async () => {
      const nobody = ["--grafana", `https://127.0.0.1:${await freePort()}/grafana`];
      const hint =
        'HTTPS_PROXY is set, but this command does not go through a proxy: open a tunnel to the server ("Usage of a ' +
        'month" in docs/operations.md) and add --grafana http://127.0.0.1:3000/grafana.\n';
      const proxy = "http://Canary5user:Canary5pass@proxy.example:3128";
      const { environment } = fleet;
      fleet.environment = { ...environment, HTTPS_PROXY: proxy };
      expect(await failing(nobody)).toMatch(
        /no answer \(ECONNREFUSED\); .*, docs\/operations\.md\. HTTPS_PROXY is/,
      );
      expect(await failing(nobody)).toContain(hint);
      expect(await failing(["--grafana", "https://nobody.invalid/grafana"])).toContain(hint);
      fleet.environment = { ...environment, all_proxy: proxy };
      expect(await failing(nobody)).toContain("all_proxy is set, but");
      // Who has a tunnel, or an answer, has no need of the proxy.
      expect(await failing(["--grafana", `http://127.0.0.1:${await freePort()}/grafana`])).not.toContain(
        "proxy",
      );
      google.secrets.set(SECRET, "Canary3other");
      expect(await failing()).not.toContain("proxy");
    });
  });

  it("helps with examples", async () => {
    const { code, out } = await fleet.run(["usage", "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("npx fleet usage abc --month 2026-10 --csv > abc-2026-10.csv");
  });
});
