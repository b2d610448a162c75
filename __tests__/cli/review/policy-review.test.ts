import { join } from "node:path";
import { readFinishedStack } from "../../../cli/policy/read-finished-stack";
import {
  type JudgedStack,
  openFindings,
  policyReview,
  type PolicySide,
} from "../../../cli/review/policy-review";
import { policyHeadline, policySaid } from "../../../cli/review/policy-words";
import type { Waiver } from "../../../model/schema/waiver";

const TODAY = "2026-11-30";
const DISK = "customer-abc/google_compute_disk.data";
const STACKS = join(__dirname, "../../../synthesized/stacks");
const sound = readFinishedStack(STACKS, { id: "customer-abc", allowDestroys: false })!;
const ATTACHMENT = "google_compute_disk_resource_policy_attachment";

const stacks = (isPlanted: boolean): JudgedStack[] => [
  {
    account: "acme",
    finished: isPlanted
      ? { ...sound, resources: sound.resources.filter(({ type }) => type !== ATTACHMENT) }
      : sound,
  },
];
const waiver = (overrides: Partial<Waiver> = {}): Waiver => ({
  ...{ rule: "snapshots", on: DISK, reason: "copied by hand until it goes", owner: "ops@acme.example" },
  until: "2027-01-31",
  ...overrides,
});
const side = (isPlanted: boolean, ...waivers: readonly Waiver[]): PolicySide => ({
  stacks: stacks(isPlanted),
  accounts: [{ id: "acme", waivers: [...waivers] }],
});
const notes = (base: Parameters<typeof policyReview>[0], head: PolicySide): readonly string[] => {
  const said = policySaid(policyReview(base, head, TODAY));
  if (typeof said !== "object") throw new Error(String(said));
  return said.notes;
};
const FINDING =
  "no snapshot schedule is attached to the disk; a lost disk would be lost for good; attach one";

describe("policyReview", () => {
  it("finds nothing in a sound stack, and says how many it has looked at", () => {
    const review = policyReview(side(false), side(false), TODAY);
    expect(review).toEqual({
      ...{ today: TODAY, noBefore: null, stacks: ["customer-abc"], findings: [], waivers: [] },
    });
    expect(policySaid(review)).toBe("No policy finds anything in 1 changed stack.");
    expect(policyHeadline(review)).toBeUndefined();
  });

  it("finds what is planted, and that it is new and has no waiver", () => {
    const review = policyReview(side(false), side(true), TODAY);
    expect(review.findings).toMatchObject([
      { rule: "snapshots", on: DISK, isNew: true, waiver: null, ended: null },
    ]);
    expect(openFindings(review)).toHaveLength(1);
    expect(notes(side(false), side(true))).toEqual([
      `**Not allowed, new, no waiver**: \`${DISK}\` \`snapshots\`: ${FINDING}.`,
    ]);
    expect(policyHeadline(review)).toBe(
      "**1 finding of the policies has no waiver: mend it; no allowed class admits it.**",
    );
  });

  it("knows a finding that the base had, which is no more allowed", () => {
    const review = policyReview(side(true), side(true), TODAY);
    expect(review.findings).toMatchObject([{ isNew: false }]);
    expect(openFindings(review)).toHaveLength(1);
  });

  it("lets a finding be with its waiver, and shows the waiver where it is new", () => {
    const [base, head] = [side(false), side(true, waiver())];
    const review = policyReview(base, head, TODAY);
    expect(openFindings(review)).toEqual([]);
    expect(review.waivers).toEqual([
      { ...waiver(), account: "acme", change: "added", before: null, ended: null, findings: 1 },
    ]);
    expect(notes(base, head)).toEqual([
      `New, waived until 2027-01-31 by ops@acme.example (copied by hand until it goes): \`${DISK}\` \`snapshots\`: ${FINDING}.`,
      `**New waiver**: \`snapshots\` on \`${DISK}\` until 2027-01-31 by ops@acme.example (copied by hand until it goes), ` +
        "about 1 finding of them.",
    ]);
    expect(policyHeadline(review)).toBe("**1 waiver of a policy is new or changed.**");
  });

  it("is silent about a waiver that was there, and shows one that goes on for longer", () => {
    expect(policyReview(side(true, waiver()), side(true, waiver()), TODAY).waivers).toEqual([]);
    const longer = waiver({ until: "2027-06-30" });
    expect(notes(side(true, waiver()), side(true, longer))).toContainEqual(
      expect.stringMatching(
        /^\*\*Changed waiver\*\*: .* until 2027-06-30 .*; before: until 2027-01-31 by ops@acme\.example \(copied by hand until it goes\)\.$/,
      ),
    );
  });

  it("does not let a finding be by a waiver that has ended, says so, and whose it was", () => {
    const ended = waiver({ until: "2026-11-29" });
    const review = policyReview(side(true, ended), side(true, ended), TODAY);
    expect(review.findings).toMatchObject([
      { isNew: false, waiver: null, ended: { owner: "ops@acme.example", until: "2026-11-29" } },
    ]);
    expect(review.waivers).toMatchObject([{ change: "same", ended: expect.stringContaining("ended on") }]);
    expect(policyHeadline(review)).toMatch(/ \*\*1 waiver of a policy does not hold\.\*\*$/);
    const changed = policyReview(side(true), side(true, ended), TODAY);
    expect(policyHeadline(changed)).not.toMatch(/new or changed/);
    expect(notes(side(true, ended), side(true, ended))).toEqual([
      `**Not allowed, as in the base, its waiver of ops@acme.example ended on 2026-11-29**: \`${DISK}\` \`snapshots\`: ${FINDING}.`,
      expect.stringMatching(
        /^\*\*A waiver does not hold\*\*: the waiver of snapshots on .* ended on 2026-11-29;/,
      ),
    ]);
    // One of another day than people may name never held.
    const far = policyReview(side(true), side(true, waiver({ until: "2029-11-01" })), TODAY);
    expect(policyHeadline(far)).toMatch(/ \*\*1 waiver of a policy does not hold\.\*\*$/);
    // On its last day it holds.
    const last = waiver({ until: TODAY });
    expect(openFindings(policyReview(side(true, last), side(true, last), TODAY))).toEqual([]);
  });

  it("shows a waiver of an account whose stacks do not change, too", () => {
    const base = { stacks: [], accounts: [{ id: "acme", waivers: [] }] };
    const head = { stacks: [], accounts: [{ id: "acme", waivers: [waiver()] }] };
    expect(notes(base, head)).toEqual([expect.stringContaining("about nothing in the changed stacks.")]);
    expect(policySaid(policyReview(base, { ...head, accounts: base.accounts }, TODAY))).toBeUndefined();
  });

  it("takes every waiver for one to look at where the base's accounts are not known", () => {
    const base = { stacks: stacks(true), accounts: "The base has no accounts/." };
    const review = policyReview(base, side(true, waiver()), TODAY);
    expect(review).toMatchObject({
      noBefore: "The base has no accounts/.",
      findings: [{ isNew: false }],
      waivers: [{ change: "not known" }],
    });
    expect(policySaid(review)).toMatchObject({
      lead: ["Which waivers are new is as unknown as the cost before: all are here."],
      notes: [expect.stringMatching(/^As in the base, waived/), expect.stringMatching(/^Waiver: /)],
    });
  });

  it("does not let another account's waiver reach it", () => {
    const head = { stacks: stacks(true), accounts: [{ id: "globex", waivers: [waiver()] }] };
    expect(openFindings(policyReview(side(false), head, TODAY))).toHaveLength(1);
  });
});
