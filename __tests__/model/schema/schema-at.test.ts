import { gcpPoolFileSchema, defaultsFileSchema } from "../../../model/schema/defaults";
import { keysOf, schemaAt } from "../../../model/schema/schema-at";

describe("schemaAt", () => {
  it("goes through maps with fixed keys, maps with free keys and lists", () => {
    expect(keysOf(schemaAt(gcpPoolFileSchema, ["size"]))).toEqual(["min", "max"]);
    expect(keysOf(schemaAt(gcpPoolFileSchema, ["scaling", "schedules", "any-name"]))).toContain("minBridges");
    expect(schemaAt(gcpPoolFileSchema, ["serves", 3])).toBeDefined();
    expect(keysOf(schemaAt(defaultsFileSchema, ["customers", "server"]))).toContain("machineType");
  });

  it.each([[["maks"]], [["size", "maks"]], [["region", "x"]], [["toString"]], [["size", "constructor"]]])(
    "knows no field at %j",
    (path) => expect(schemaAt(gcpPoolFileSchema, path)).toBeUndefined(),
  );

  it("has no keys for a map with free keys", () =>
    expect(keysOf(schemaAt(gcpPoolFileSchema, ["labels"]))).toBeUndefined());
});
