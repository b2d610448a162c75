import { fleetMap } from "../../../cli/map/fleet-map";
import { detailedPicture } from "../../../cli/map/picture";
import { pictureOf } from "../../../cli/map/summary";
import { textMap } from "../../../cli/map/text-map";
import { accountFiles, MODELINES } from "../../builders/account-files";
import { fleetOf, sharedByMany, TWO_ACCOUNTS } from "../../builders/fleet-of";

describe("textMap", () => {
  it("draws two accounts with a pool in common", () => {
    expect(textMap(detailedPicture(fleetMap(fleetOf(TWO_ACCOUNTS))), 100)).toMatchInlineSnapshot(`
      "╭─ acme ─ project acme-meet-prod · meet.acme.example ────────────────────────────────────────╮
      │ Europe · gcp-europe-west4                                                                  │
      │ ╭────────────────────────────────╮                      ╭────────────────────────────────╮ │
      │ │ abc                            ├─────●────────────────┤ eu-burst                Google ╞═╪═══╗
      │ │ abc.meet.acme.example          │     │                │ 2 to 8 bridges · n2-standard-4 │ │   ║
      │ │ n2-standard-8 in europe-west4… │     │                │ home abc · keeper acts         │ │   ║
      │ ╰────────────────────────────────╯     │                ╰────────────────────────────────╯ │   ║
      │                                        │                Europe · linode-nl-ams             │   ║
      │                                        │                ╭────────────────────────────────╮ │   ║
      │                                        ●────────────────┤ nl-static               Linode ╞═╪═══╣
      │                                        │                │ 3 bridges · g6-dedicated-4     │ │   ║
      │                                        │                │ home abc                       │ │   ║
      │                                        │                ╰────────────────────────────────╯ │   ║
      ╰────────────────────────────────────────┼───────────────────────────────────────────────────╯   ║
                                               │                                                       ║
      ╭─ globex ─ project globex-video ────────┼───────────────────────────────────────────────────╮   ║
      │ North America · gcp-us-east1           │                                                   │   ║
      │ ╭────────────────────────────────╮     │                ╭────────────────────────────────╮ │   ║
      │ │ a-customer-of-24-letters       ├──●──┼────────────────┤ us-burst-of-21-letter   Google ╞═╪═╗ ║
      │ │ a-very-long-host-name-of-a-cu… │  │  │                │ 1 to 3 bridges · n2-standard-4 │ │ ║ ║
      │ │ n2-standard-4 in us-east1-b    │  │  │                │ home a-customer-of-24-letters… │ │ ║ ║
      │ ╰────────────────────────────────╯  │  │                ╰────────────────────────────────╯ │ ║ ║
      │                                     │  │                ╭────────────────────────────────╮ │ ║ ║
      │                                     ●──┼────────────────┤ on the server           Google ╞═╪═╣ ║
      │                                     │  │                │ 1 bridge · n2-standard-4       │ │ ║ ║
      │                                     │  │                │ shares the server of a-custom… │ │ ║ ║
      │                                     │  │                ╰────────────────────────────────╯ │ ║ ║
      │                                     │  │                North America · linode-us-ord      │ ║ ║
      │                                     │  │                ╭────────────────────────────────╮ │ ║ ║
      │                                     │  ╰────────────────┤ us-static               Linode ╞═╪═╬═╝
      │                                     ╰───────────────────┤ 3 bridges · g6-dedicated-4     ╞═╪═╝
      │                                                         │ home a-customer-of-24-letters… │ │
      │                                                         ╰────────────────────────────────╯ │
      ╰────────────────────────────────────────────────────────────────────────────────────────────╯

      Octo (═): bridges of these pools relay calls to one another, for
        abc: acme/eu-burst, acme/nl-static, globex/us-static
        a-customer-of-24-letters: globex/us-burst-of-21-letter, globex/us-static, globex/on the server
      "
    `);
  });

  it("lists what it cannot draw so that lines can be followed", () => {
    const lines = textMap(pictureOf(fleetMap(fleetOf(sharedByMany(20)))), 100).split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.slice(0, 3)).toEqual([
      "── acme ─ project acme-meet-prod · meet.acme.example ".padEnd(100, "─"),
      "Europe · gcp-europe-west4",
      "  ▪ abc        abc.meet.acme.example · n2-standard-8 in europe-west4-a",
    ]);
    expect(lines.slice(-10)).toMatchInlineSnapshot(`
      [
        "               serves abc, xyz-1, xyz-2, xyz-3, xyz-4, xyz-5, xyz-6, xyz-7, xyz-8, xyz-9, xyz-10,",
        "                      xyz-11, xyz-12, xyz-13, xyz-14, xyz-15, xyz-16, xyz-17, xyz-18, xyz-19, xyz-20",
        "Europe · linode-nl-ams",
        "  ○ nl-static  Linode · 3 bridges, 1 draining · g6-dedicated-4 · home abc",
        "               serves abc, xyz-1, xyz-2, xyz-3, xyz-4, xyz-5, xyz-6, xyz-7, xyz-8, xyz-9, xyz-10,",
        "                      xyz-11, xyz-12, xyz-13, xyz-14, xyz-15, xyz-16, xyz-17, xyz-18, xyz-19, xyz-20",
        "",
        "Octo (═): bridges of these pools relay calls to one another, for",
        "  21 customers: eu-burst, nl-static",
        "",
      ]
    `);
  });

  it("sums up many customers by region", () => {
    const text = textMap(pictureOf(fleetMap(fleetOf(sharedByMany(40)))), 100);
    expect(text).toContain("│ 41 customers ");
    expect(text).toContain("│ 3 bridges, 1 draining ");
    expect(text).toContain("41 customers: 1 pool in gcp-europe-west4, 1 pool in linode-nl-ams\n");
    expect(text.split("\n").length).toBeLessThan(20);
  });

  it.each([60, 79])("lists on a screen of %i columns and cuts what is longer", (columns) => {
    const lines = textMap(pictureOf(fleetMap(fleetOf(TWO_ACCOUNTS))), columns).split("\n");
    const body = lines.slice(0, lines.indexOf(""));
    expect(body.filter((line) => line.length > columns)).toEqual([]);
    expect(lines[0]).toContain("── acme");
  });

  it("does not join the calls of customers that it sums up", () => {
    const each = (id: string) => [
      [`accounts/acme/customers/${id}.yaml`, String(accountFiles().get("accounts/acme/customers/abc.yaml"))],
      [
        `accounts/acme/pools/${id}-gcp.yaml`,
        `${MODELINES.pool}cloud: gcp\nregion: europe-west4\nserves: [${id}]\nsize: { min: 1, max: 2 }\n`,
      ],
      [
        `accounts/acme/pools/${id}-linode.yaml`,
        `${MODELINES.pool}cloud: linode\nregion: nl-ams\nserves: [${id}]\nsize: 1\n`,
      ],
    ];
    const many = Array.from({ length: 30 }, (_, index) => each(`xyz-${index}`)).flat();
    const text = textMap(pictureOf(fleetMap(fleetOf(Object.fromEntries(many)))), 100);
    expect(text.split("\n").slice(-3)).toEqual([
      "Octo (═): bridges relay calls to one another where their pools share a customer; that is",
      "  31 customers: 31 pools in gcp-europe-west4, 31 pools in linode-nl-ams",
      "",
    ]);
  });
});
