import type { CapacityReport } from "../../cli/capacity/capacity-report";
import { FleetCommand } from "../builders/fleet-command";

describe("fleet capacity", () => {
  const fleet = new FleetCommand();
  beforeAll(() => fleet.write());
  afterAll(fleet.close);

  it("prints what customers have room for, by region", async () => {
    const { code, out, err } = await fleet.run(["capacity", "abc", "--shape", "mixed"]);
    expect([code, err]).toEqual([0, ""]);
    const [tables] = out.split("\n- ");
    // 80 on each of 2, 3 and 8 bridges at Google; 3 Linodes. (0.8 - 0.5) x 100 x 2 = 60 join in 330 s.
    expect(tables).toMatchInlineSnapshot(`
      "Participants at once, by customer and region: at least / with schedules / at most
      Customer  Region                        mixed
      abc       gcp-europe-west4    160 / 240 / 640
      abc       linode-nl-ams                   240
      abc       all                 400 / 480 / 880
      abc       one bridge lost     320 / 400 / 800

      What one bridge carries, and what is full first
      Pool            Region            Machine         Serves    Bridges  mixed  Full first
      acme/eu-burst   gcp-europe-west4  n2-standard-4   abc     2 / 3 / 8     80         cpu
      acme/nl-static  linode-nl-ams     g6-dedicated-4  abc             3     80         cpu

      How pools grow: who may join before another bridge takes calls
      Pool           Room at size.min  New bridge after  Joins a minute  Promised       Burst check
      acme/eu-burst                60             330 s            10.9            nothing promised
      "
    `);
    expect(out).toContain("- Guessed: 25 mean participants for each processor");
    expect(out.split("\n").every((line) => line.length <= 100)).toBe(true);
  });

  it("says which thresholds were set, and what the burst check warns of", async () => {
    fleet.write({
      "accounts/acme/pools/eu-burst.yaml": `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: gcp
region: europe-west4
serves: [abc]
size: { min: 1, max: 8 }
bridge: { load: { cpuThreshold: 0.45 } }
scaling: { burstJoinsPerMinute: 90 }
`,
    });
    const { out } = await fleet.run(["capacity", "acme/eu-burst"]);
    expect(out).not.toContain("Customer");
    expect(out.replace(/\s+/g, " ")).toContain("warning acme/eu-burst: 90 joins a minute outrun the pool");
    expect(out.replace(/\s+/g, " ")).toContain(
      "not guessed: where stress 1 is, for acme/eu-burst (bridge.load)",
    );
    fleet.write();
  });

  it("says who has no room for one room of a shape", async () => {
    const { out } = await fleet.run(["capacity", "abc"]);
    // 56 of a webinar on each of 2 bridges and 3 Linodes are 280; a room of 300 people, 3 with a camera, has
    // 0.99 x 550 + 0.01 x 450 = 549 packets received, 650 / 300 sent and twice that for each bridge more. On 6 bridges:
    // 551.2 + 5 x 4.33 = 572.8, 32,000 / 572.8 = 55 on each of 5.
    expect(out).not.toContain("Less than one room");
    const large = await fleet.run(["capacity", "abc", "--shape", "people=300,cameras=3"]);
    expect(large.out.replace(/\s+/g, " ")).toContain(
      "Less than one room of 300 people, people=300,cameras=3, at least: abc (275).",
    );
  });

  it("says that a bridge on a server has its processors not for itself", async () => {
    const words =
      /Too high by what Jicofo, Prosody, web and the measurements take of the same processors: abc \(server\)\./;
    const text = async () => (await fleet.run(["capacity", "abc"])).out.replace(/\s+/g, " ");
    expect(await text()).not.toMatch(/Too high/);
    fleet.write({
      "accounts/acme/customers/abc.yaml": `# yaml-language-server: $schema=../../../schemas/customer.schema.json
server: { cloud: gcp, zone: europe-west4-a }
bridgeOnServer: true
`,
    });
    expect(await text()).toMatch(words);
    fleet.write();
  });

  it("prints JSON", async () => {
    const { out } = await fleet.run([
      "capacity",
      "bridges-acme-nl-static",
      "--json",
      "--shape",
      "people=3,cameras=0",
    ]);
    const report = JSON.parse(out) as CapacityReport;
    expect(report.customers).toEqual([]);
    // 0.8 x 40,000 / (50 + 50 / 3) on each of three Linodes
    expect(report.pools).toMatchObject([
      { name: "acme/nl-static", growth: null, shapes: [{ participants: { min: 1440, max: 1440 } }] },
    ]);
    expect(report.notes).not.toEqual([]);
  });

  it.each([
    [
      ["--shape", "webinars"],
      '"webinars" is no shape of meetings; allowed: mixed, small-rooms, webinar, class',
    ],
    [["abd"], 'No customer, pool or account is called "abd"'],
  ])("refuses %j", async (args, words) => {
    const { code, out, err } = await fleet.run(["capacity", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });

  it("ends with 1 when files are not as they must be", async () => {
    fleet.write({ "accounts/acme/customers/abc.yaml": "server: 1\n" });
    const { code, out } = await fleet.run(["capacity"]);
    expect([code, out]).toEqual([1, ""]);
    fleet.write();
  });
});
