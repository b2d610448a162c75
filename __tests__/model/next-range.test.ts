import { parseIpv4Network } from "../../model/ipv4-network";
import { nextRange } from "../../model/next-range";

const used = (...cidrs: readonly string[]) => cidrs.map(parseIpv4Network);

describe("nextRange", () => {
  it.each([
    ["the first when nothing is in use", used(), 20, undefined, "10.0.0.0/20"],
    ["a /16 behind everything in use", used("10.20.0.0/20", "10.40.16.0/20"), 20, undefined, "10.41.0.0/20"],
    ["beside the range before it", used("10.20.0.0/20"), 20, "10.20.0.0/20", "10.20.16.0/20"],
    ["at its own size", used("10.20.0.0/24"), 16, "10.20.0.0/24", "10.21.0.0/16"],
    ["from the beginning when the end is reached", used("10.255.0.0/16"), 20, undefined, "10.0.0.0/20"],
    ["apart from ranges elsewhere", used("192.168.0.0/16"), 20, undefined, "10.0.0.0/20"],
  ])("is %s", (_, ranges, prefix, after, expected) =>
    expect(nextRange(ranges, prefix, after === undefined ? undefined : parseIpv4Network(after))).toBe(
      expected,
    ),
  );

  it("is nothing when all is in use", () => expect(nextRange(used("10.0.0.0/8"), 20)).toBeUndefined());
});
