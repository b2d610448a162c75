import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatProblems } from "../../../config/format-problems";
import { renderCheckovPage } from "../../../scripts/checkov/checkov-page";
import { readCheckovWaivers, WAIVERS_FILE } from "../../../scripts/checkov/read-waivers";

const ROOT = join(__dirname, "../../..");
const WAIVER = `waivers:
  - rule: CKV_GCP_26
    on: google_compute_subnetwork.subnet-*
    reason: it is right here
    owner: platform@fleet.example
    until: 2027-01-31
`;
const read = (text: string, today?: string) => readCheckovWaivers(Buffer.from(text), today);
const said = (text: string, today?: string) =>
  formatProblems(read(text, today).problems, undefined, "").split("\n").slice(0, -3);

describe("readCheckovWaivers", () => {
  it("takes a waiver", () =>
    expect(read(WAIVER, "2026-11-30")).toEqual({
      waivers: [
        {
          rule: "CKV_GCP_26",
          on: "google_compute_subnetwork.subnet-*",
          reason: "it is right here",
          owner: "platform@fleet.example",
          until: "2027-01-31",
        },
      ],
      problems: [],
    }));

  it.each([
    [
      "2027-02-01",
      "scripts/checkov/waivers.yaml:6:12  waivers[0].until: the waiver of CKV_GCP_26 on google_compute_subnetwork.subnet-* " +
        "ended on 2027-01-31; allowed: today, 2027-02-01, or later; mend the finding and remove the waiver, or let " +
        "platform@fleet.example say why it goes on and until when",
    ],
    [
      "2026-01-01",
      "scripts/checkov/waivers.yaml:6:12  waivers[0].until: 2027-01-31 is 395 days ahead; allowed: at most 366; name an " +
        "earlier day: a waiver that nobody looks at again is a rule that nobody has",
    ],
    [
      "2027-01-30",
      "scripts/checkov/waivers.yaml:6:12  warning: waivers[0].until: the waiver of CKV_GCP_26 on " +
        "google_compute_subnetwork.subnet-* ends tomorrow; tell platform@fleet.example",
    ],
  ])("judges its end by the day: %s", (today, sentence) => expect(said(WAIVER, today)).toEqual([sentence]));

  it("judges no end without a day: the page is the same next year", () =>
    expect(read(WAIVER.replace("2027-01-31", "1999-12-31")).problems).toEqual([]));

  it.each([
    [
      "rule: CKV_GCP_26",
      "rule: open-ports",
      '2:11  waivers[0].rule: "open-ports" is not valid; allowed: an id of Checkov',
    ],
    [
      "subnetwork.subnet-*",
      "subnetwork",
      '3:9  waivers[0].on: "google_compute_subnetwork" is not valid; allowed: an address',
    ],
    [
      "google_compute_subnetwork.subnet-*",
      '"*.subnet"',
      '3:9  waivers[0].on: "*.subnet" is not valid; allowed: an address',
    ],
    [
      "reason: it is right here",
      "reason: later",
      '4:13  waivers[0].reason: "later" is not valid; allowed: why this is right',
    ],
    ["    owner: platform@fleet.example\n", "", "2:5  waivers[0].owner: missing; add it: Mail address"],
    [
      "    until: 2027-01-31\n",
      "",
      "2:5  waivers[0].until: missing; add it: Last day on which it holds, in UTC",
    ],
    [
      "until: 2027-01-31",
      "until: 2027-02-30",
      '6:12  waivers[0].until: "2027-02-30" is not valid; allowed: a day of the calendar',
    ],
    [
      "    owner:",
      "    ticket: 1\n    owner:",
      "5:5  waivers[0].ticket: unknown key; allowed: rule, on, reason, owner, until",
    ],
  ])("refuses %p -> %p, with its line", (what, by, sentence) => {
    const { waivers } = read(WAIVER.replace(what, by));
    expect(waivers).toEqual([]);
    expect(said(WAIVER.replace(what, by))).toEqual([
      expect.stringContaining(`scripts/checkov/waivers.yaml:${sentence}`),
    ]);
  });
});

describe("the waivers of what Checkov finds", () => {
  const { waivers, problems } = readCheckovWaivers(readFileSync(join(ROOT, WAIVERS_FILE)));

  it("can be read", () => {
    expect(problems).toEqual([]);
    expect(waivers.length).toBeGreaterThan(0);
  });

  it("are the page", () =>
    expect(readFileSync(join(ROOT, "docs/checkov.md"), "utf8")).toBe(renderCheckovPage(waivers)));
});
