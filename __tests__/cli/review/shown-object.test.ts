import { shownObject } from "../../../cli/review/shown-object";
import type { JsonObject, PlannedObject } from "../../../rollout/planned-object";
import { aPlannedObject } from "../../builders/planned-object";

const shown = (before: JsonObject, after: JsonObject, more: Partial<Omit<PlannedObject, "address">> = {}) =>
  shownObject(aPlannedObject({ action: "update", before, after, ...more })).changes;
const tags = (last: string): string[] => [
  ...["fleet-account:acme", "fleet-pool:nl-static", "fleet-role:bridge", "managed-by:fleet", "owner:acme"],
  last,
];

describe("shownObject", () => {
  it("shows the values of a change in place, and none of a replacement", () => {
    expect(shown({ size: 1 }, { size: 2 })).toEqual([{ attribute: "size", before: "1", after: "2" }]);
    expect(shown({ size: 1 }, { size: 2 }, { action: "replace" })).toEqual([]);
  });

  it("shows no two values that are alike because they are cut off before they differ", () => {
    const [change] = shown({ tags: tags("team:a") }, { tags: [...tags("team:meet"), "x".repeat(200)] });
    expect(change).toEqual({
      attribute: "tags",
      before: '…,"owner:acme","team:a"]',
      after: `…,"owner:acme","team:meet","${"x".repeat(51)}…`,
    });
    expect(change!.after).toHaveLength(80);
  });

  it("cuts a long value that takes the place of a short one at its end alone", () => {
    const [change] = shown({ text: null }, { text: "x".repeat(200) });
    expect(change).toEqual({ attribute: "text", before: "null", after: `"${"x".repeat(78)}…` });
  });

  it("says a label once, and what the provider adds to labels by itself", () => {
    const of = (team: string | null, own: string) => ({
      ...{ labels: { team }, terraform_labels: { team }, effective_labels: { team, own } },
    });
    expect(shown(of(null, "a"), of("meet", "b"))).toEqual([
      { attribute: "labels.team", before: "null", after: '"meet"' },
      { attribute: "effective_labels.own", before: '"a"', after: '"b"' },
    ]);
  });

  it("shows files as files, and nothing of what is hidden or not known", () => {
    expect(shown({ metadata: { "user-data": "a" } }, { metadata: { "user-data": "b" } })[0]).toMatchObject({
      ...{ before: "(files)", after: "(files)" },
    });
    expect(
      shown(
        { key: "a", id: "b" },
        { key: "c", id: null },
        { hidden: [{ key: true }], unknown: { id: true } },
      ),
    ).toEqual([
      { attribute: "key", before: "(hidden)", after: "(hidden)" },
      { attribute: "id", before: '"b"', after: "(known after apply)" },
    ]);
  });
});
