import { valueText } from "../../../cli/explain/value-text";

describe("valueText", () => {
  it.each([
    ["europe-west4", "europe-west4"],
    ["45 7 * * MON-FRI", "45 7 * * MON-FRI"],
    ["03:00", '"03:00"'],
    ["true", '"true"'],
    ["1.10", '"1.10"'],
    ["", '""'],
    ["# no comment", '"# no comment"'],
    [0.65, "0.65"],
    [false, "false"],
    [{}, "{}"],
    [["abc", "xyz"], "[abc, xyz]"],
    [[["gcp-us-east1"], ["linode-nl-ams"]], "[[gcp-us-east1], [linode-nl-ams]]"],
    [[1, 2, 3, 4, 5, 6, 7], "[1, 2, 3, 4, 5, 6, … (7 in all)]"],
  ])("writes %j as a file would", (value, text) => expect(valueText(value)).toBe(text));

  it("does not repeat what looks like a secret, but a digest", () => {
    expect(valueText("AKIAabcdefghijklmnopqrstuvwxyz0123456789")).toContain("not shown");
    expect(valueText(`sha256:${"0a".repeat(32)}`)).toBe(`sha256:${"0a".repeat(32)}`);
  });
});
