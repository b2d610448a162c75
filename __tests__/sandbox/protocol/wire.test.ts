import { decodeValue, encodeValue } from "../../../sandbox/protocol/wire";
import { isUnknown, UNKNOWN } from "../../../sandbox/protocol/value";

describe("the wire format", () => {
  it.each([
    ["nothing", null],
    ["numbers", [0, -1, 0.5, 255, 65_536, 4_000_000_000_000]],
    ["text", "ü ${x} %{y}\n"],
    ["objects with lists", { a: [{ b: true }, { b: null }], c: {} }],
  ])("brings back %s", (_, value) => {
    expect(decodeValue(encodeValue(value))).toEqual(value);
  });

  it("writes an unknown value as Terraform does: extension 0 with one zero byte", () => {
    expect([...encodeValue(UNKNOWN).msgpack!]).toEqual([0xd4, 0, 0]);
  });

  it("brings back unknown values wherever they are", () => {
    const value = decodeValue(encodeValue({ list: [UNKNOWN, "a"] })) as { list: never[] };
    expect(value.list.map(isUnknown)).toEqual([true, false]);
  });

  it("reads a refined unknown value, whose limits it drops, as unknown", () => {
    // Extension 12, 3 bytes: the map {1: false}, which says that the value will not be null.
    const refined = Uint8Array.from([0xc7, 3, 12, 0x81, 0x01, 0xc2]);
    expect(decodeValue({ msgpack: refined })).toBe(UNKNOWN);
  });

  it("reads JSON where Terraform sends a state as it was stored", () => {
    expect(decodeValue({ json: Buffer.from('{"a":1}') })).toEqual({ a: 1 });
  });
});
