import { contains, overlaps, parseIpv4Network } from "../../model/ipv4-network";

describe("parseIpv4Network", () => {
  it.each([
    ["10.20.0.0/20", 169_082_880, 169_086_975, "10.20.0.0/20"],
    ["10.20.1.7/20", 169_082_880, 169_086_975, "10.20.0.0/20"],
    ["0.0.0.0/0", 0, 4_294_967_295, "0.0.0.0/0"],
    ["255.255.255.255/32", 4_294_967_295, 4_294_967_295, "255.255.255.255/32"],
    ["192.168.1.130/25", 3_232_235_904, 3_232_236_031, "192.168.1.128/25"],
  ])("reads %s", (cidr, first, last, text) => {
    expect(parseIpv4Network(cidr)).toMatchObject({ first, last, text });
  });
});

describe("contains, overlaps", () => {
  const [a, b, c] = ["10.0.0.0/8", "10.255.255.0/24", "11.0.0.0/24"].map(parseIpv4Network);

  it("compares whole ranges", () => {
    expect(contains(a!, b!)).toBe(true);
    expect(contains(b!, a!)).toBe(false);
    expect([overlaps(a!, b!), overlaps(b!, a!), overlaps(a!, a!)]).toEqual([true, true, true]);
    expect([overlaps(a!, c!), overlaps(c!, b!)]).toEqual([false, false]);
  });
});
