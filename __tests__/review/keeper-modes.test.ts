import { keeperModes } from "../../review/keeper-modes";

const ALERTS = "/etc/fleet/grafana/provisioning/alerting/rules-acme-eu-burst.yaml";
const withMode = (mode: string): readonly [string, string] => [
  "/etc/fleet/keeper.json",
  JSON.stringify({ pools: [{ pool: "acme-eu-burst", mode, tags: { account: "acme" } }] }),
];
const there = (...files: readonly (readonly [string, string])[]) => new Map([[ALERTS, ""], ...files]);

describe("keeperModes", () => {
  it.each([
    ["observed", there(withMode("observe"))],
    ["had no keeper", there()],
    ["had a file that nobody can read", there(["/etc/fleet/keeper.json", "{"])],
  ])("says that bridges are drained from now on where a pool %s before", (_, before) => {
    expect(keeperModes(before, there(withMode("act")))).toEqual([
      {
        notice: "drains bridges",
        says:
          "the keeper of acme/eu-burst begins to act: it drains bridges that are too many or of an older template, " +
          "if there are any",
        instead: "Read first what it would do: `npx fleet keeper status acme/eu-burst`.",
        at: ["/etc/fleet/keeper.json"],
      },
    ]);
  });

  it("says that bridges stay where a keeper only looks on from now on, or is switched off", () => {
    for (const after of [there(withMode("observe")), there()])
      expect(keeperModes(there(withMode("act")), after)).toMatchObject([
        {
          notice: "none",
          says: expect.stringMatching(/^nothing removes or renews bridges of acme\/eu-burst any more/),
        },
      ]);
  });

  it("has nothing to say of a pool that is new or goes, or whose keeper does what it did", () => {
    const [none, acts, looks] = [
      new Map<string, string>(),
      there(withMode("act")),
      there(withMode("observe")),
    ];
    for (const [before, after] of [
      [none, acts],
      [acts, none],
      [acts, acts],
      [looks, there()],
    ] as const)
      expect(keeperModes(before, after)).toEqual([]);
  });
});
