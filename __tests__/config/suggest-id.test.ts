import { suggestId } from "../../config/suggest-id";
import { idSchema } from "../../model/schema/fields";

describe("suggestId", () => {
  it.each([
    ["ACME Corp", "acme-corp"],
    ["eu_burst", "eu-burst"],
    ["Zürich", "zurich"],
    ["--a--b--", "a-b"],
    ["2nd-pool", "nd-pool"],
    ["eu-burst-with-a-long-explanation", "eu-burst-with-a-long"],
    ["abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwx"],
    ["北京", undefined],
  ])("makes of %s %s", (name, expected) => {
    expect(suggestId(name)).toBe(expected);
    if (expected !== undefined) expect(idSchema.safeParse(expected).success).toBe(true);
  });
});
