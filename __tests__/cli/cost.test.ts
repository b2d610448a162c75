import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CostReport } from "../../cli/cost/cost-report";
import { usageJson } from "../../cli/usage/usage-text";
import { parseMonth } from "../../cli/usage/month";
import type { Usage } from "../../cli/usage/usage";
import { addUsd } from "../../estimate/amounts";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

describe("fleet cost", () => {
  const fleet = new FleetCommand();
  beforeEach(() => fleet.write());
  afterAll(fleet.close);

  const file = (name: string, text: string): string => {
    const path = join(fleet.folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("prints customers, pools and what for", async () => {
    const { code, out, err } = await fleet.run(["cost", "abc", "--participant-hours", "abc=0"]);
    expect([code, err]).toEqual([0, ""]);
    const [customers] = out.split("\n\nPool");
    // Server: n2-standard-8 of the account, 4 x 0.106916 x 730 = 312.19, disks 7.70, address 3.65, snapshots 0, 2.65
    // and 39.75. Linodes: 3 x 72. The schedule adds a third bridge for 50 of 168 hours: 730 x (2 + 50 / 168) h.
    expect(customers).toMatchInlineSnapshot(`
      "USD for a month of 730 hours, mixed meetings

      Customer                   Floor  Expected   Ceiling
      abc                       911.83    914.48  4,928.03
                server          323.54    326.19    363.29
                acme/eu-burst   372.29    372.29  4,348.74
                acme/nl-static  216.00    216.00    216.00"
    `);
    expect(out).toContain("- Expected, given: participant-hours spread like an office week");
  });

  it("explains each figure with its price, source and date", async () => {
    const { out } = await fleet.run(["cost", "acme/nl-static", "--explain"]);
    expect(out).toMatch(
      /acme\/nl-static +bridges, g6-dedicated-4 +linode\/machine\/g6-dedicated-4\/nl-ams +3 +month +216\.00/,
    );
    const words = out.replace(/\s+/g, " ");
    expect(words).toContain(
      "- linode/egress/nl-ams: 0.005 USD per GB; list, 2024-09: Linode, network transfer overage.",
    );
    expect(words).toContain("the account's machines have 15,000 GB a month for nothing together");
    expect(out).not.toContain("Customer");
  });

  it("sums up in JSON, and names the price of every line", async () => {
    const { out } = await fleet.run(["cost", "--json"]);
    const report = JSON.parse(out) as CostReport;
    expect(report.total).toEqual(addUsd(report.lines.map(({ usd }) => usd!)));
    const known = new Set(report.prices.map(({ id }) => id));
    expect(report.lines.filter(({ price }) => !known.has(price))).toEqual([]);
    expect(report.prices.every(({ source, date }) => source !== "" && date !== "")).toBe(true);
  });

  it("takes prices of one's own, and says which are missing", async () => {
    fleet.write({
      "accounts/defaults.yaml": `${MODELINES.defaults}catalog:
  extra:
    gcpMachineTypes: { z9-standard-4: { vcpus: 4, memoryGb: 16 }, z9-standard-8: { vcpus: 8, memoryGb: 32 } }
customers: { server: { machineType: z9-standard-4 } }
gcpPools: { machineType: z9-standard-8 }
prices: { source: our contract, date: "2026-07-01", usd: { gcp/machine/z9-standard-8: 1 } }
`,
      "accounts/acme/account.yaml": fleet
        .read("accounts/acme/account.yaml")
        .replace(/defaults:\n.*\n.*\n/, ""),
    });
    const { out } = await fleet.run(["cost"]);
    expect(out.replace(/\s+/g, " ")).toContain(
      "NOT in the sums marked * (abc): no price known for gcp/machine/z9-standard-4/europe-west4 (USD an hour); add it under prices",
    );
    expect(out).toContain("- Prices of accounts/defaults.yaml: gcp/machine/z9-standard-8/europe-west4.");
    // What lacks a price is marked: the customer for the server, the sums, and machines in the summary.
    const starred = out.split("\n").filter((line) => / \* /.test(line) && !line.startsWith("-"));
    expect(starred.map((line) => line.replace(/ \*.*/, "").trim())).toEqual([
      "abc",
      "server",
      "gcp     europe-west4  machines",
      "Sum",
    ]);
    const report = JSON.parse((await fleet.run(["cost", "--json"])).out) as CostReport;
    expect(report.unknown.map(({ id, of }) => [id, of])).toEqual([
      ["gcp/machine/z9-standard-4/europe-west4", ["abc"]],
    ]);
  });

  it("refuses a price that nothing can use", async () => {
    fleet.write({
      "accounts/defaults.yaml": `${MODELINES.defaults}prices: { source: our contract, date: "2026-07-01", usd: { gcp/machine/n2-standrd-8: 1 } }
`,
    });
    const { code, out, err } = await fleet.run(["cost"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^accounts\/defaults\.yaml:2:\d+ {2}prices\.usd\.gcp\/machine\/n2-standrd-8: /);
    expect(err).toContain('did you mean "n2-standard-8"?');
  });

  it("names no more than eight pools in a note", async () => {
    const pool = fleet.read("accounts/acme/pools/nl-static.yaml");
    fleet.write(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [`accounts/acme/pools/nl-${index + 10}.yaml`, pool]),
      ),
    );
    const { out } = await fleet.run(["cost"]);
    expect(out.replace(/\s+/g, " ")).toMatch(
      /another one is added: (?:acme\/[a-z0-9-]+,? ){8}and 14 more\. Say better/,
    );
  });

  it("says where more people are expected than bridges carry", async () => {
    // 80 on each of 8 bridges and 3 Linodes. By what is kept (3 bridges of stress 0.5, 3 of 0.65): 150 and 195 parts of 345.
    // 400,000 hours are 400,000 / (0.2268 x 730) = 2416 people at the fullest: 1050.4 and 1365.6.
    const { out } = await fleet.run(["cost", "abc", "--participant-hours", "abc=400000"]);
    expect(out.replace(/\s+/g, " ")).toContain(
      "TOO SMALL for those who are expected, at stress 0.8: acme/eu-burst (1,051 people at the fullest, 640 carried), " +
        "acme/nl-static (1,366 people at the fullest, 240 carried).",
    );
    expect((await fleet.run(["cost", "abc"])).out).not.toContain("TOO SMALL");
  });

  it("expects what was used, as fleet usage reports it", async () => {
    const month = parseMonth("2026-04", Date.UTC(2026, 10, 1));
    if (typeof month === "string") throw new Error(month);
    const pool = { sharedWith: [], known: true, reported: true, hours: 720 };
    const usage: Usage = {
      ...{
        customer: "abc",
        month,
        countedBy: "bridges",
        conferences: 1,
        peakParticipants: 1,
        compared: null,
      },
      participantMinutes: 600_000,
      pools: [
        { ...pool, pool: "acme-eu-burst", bridgeHours: 1800, relayEgressGb: 20, totalEgressGb: 1020 },
        { ...pool, pool: "acme-nl-static", bridgeHours: 2160, relayEgressGb: 30, totalEgressGb: 3030 },
      ],
      sum: {
        own: { bridgeHours: 0, relayEgressGb: 0, totalEgressGb: 0 },
        all: { bridgeHours: 0, relayEgressGb: 0, totalEgressGb: 0 },
      },
      coverage: { hours: 720, withoutServer: [], withoutBridges: [], incomplete: 0 },
    };
    const path = file("abc.json", usageJson(usage));
    const { code, out, err } = await fleet.run([
      "cost",
      "abc",
      "--hours-per-month",
      "720",
      "--usage",
      path,
      "--json",
    ]);
    expect([code, err]).toEqual([0, ""]);
    const report = JSON.parse(out) as CostReport;
    const [burst] = report.pools;
    expect(burst!.use).toMatchObject({
      basis: "measured",
      bridgeHours: { expected: 1800 },
      egressGb: { expected: 1000 },
      relayGb: { expected: 20 },
    });
    const usdOf = (kind: string) =>
      report.lines.find((line) => line.of.name === "acme/eu-burst" && line.kind === kind)!.usd!.expected;
    // 1800 h x 0.213832; 1020 GB to the Internet are 1000 x 0.12 + 20 x 0.11 = 122.20, of which 1000 / 1020 and 20 / 1020.
    expect([usdOf("machines"), usdOf("egress"), usdOf("relay")]).toEqual([384.9, 119.8, 2.4]);
    expect(report.notes.join(" ")).toContain("from abc 2026-04 (720 hours)");
  });

  it.each([
    [["--hours-per-month", "24"], "--hours-per-month must be 672 to 744"],
    [["--participant-hours", "abc"], "such as abc=12000"],
    [["--participant-hours", "abc=1", "--participant-hours", "abc=2"], "names abc twice"],
    [["--participant-hours", "abd=1"], 'No customer is called "abd"'],
    [["--shape", "people=2,cameras=2"], "people must be 3 to 1000"],
    [["--usage", "no-such-file.json"], "cannot be read (ENOENT)"],
    [["acme/eu-bursts"], "Did you mean acme/eu-burst?"],
  ])("refuses %j", async (args, words) => {
    const { code, out, err } = await fleet.run(["cost", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });

  it.each([
    ["{", "this is not JSON"],
    ["[]", "expected object"],
    ['{"customer":"abc"}', "month: "],
    [
      '{"customer":"abc","month":"2026-10","participantMinutes":1,"pools":[],"coverage":{"hours":0,"withoutServer":[]}}',
      "has no hour in which anything was stored",
    ],
  ])("refuses a report %s", async (text, words) => {
    const { code, out, err } = await fleet.run(["cost", "--usage", file("broken.json", text)]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(words);
    expect(err).toContain("write it with fleet usage");
  });
});
