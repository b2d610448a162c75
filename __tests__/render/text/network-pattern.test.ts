import fc from "fast-check";
import { parseIpv4Network } from "../../../model/ipv4-network";
import { networkPattern } from "../../../render/text/network-pattern";

const dotted = (address: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

describe("networkPattern", () => {
  it.each([
    ["203.0.113.0/24", "^203[.]0[.]113[.][0-9]+$"],
    ["10.20.16.0/20", "^10[.]20[.](?:1[6-9]|2[0-9]|3[0-1])[.][0-9]+$"],
    ["192.0.2.4/30", "^192[.]0[.]2[.][4-7]$"],
    ["192.0.2.255/32", "^192[.]0[.]2[.]255$"],
    ["0.0.0.0/0", "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$"],
  ])("of %s is %s", (network, pattern) => expect(networkPattern(network)).toBe(pattern));

  it("takes the addresses of the network and no others", () => {
    const address = fc.nat(2 ** 32 - 1);
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), address, (base, prefix, other) => {
        const { first, last, text } = parseIpv4Network(`${dotted(base)}/${prefix}`);
        const pattern = new RegExp(networkPattern(text));
        const asked = [first, last, first - 1, last + 1, first + (other % (last - first + 1)), other];
        for (const one of asked.filter((n) => n >= 0 && n < 2 ** 32)) {
          expect([dotted(one), pattern.test(dotted(one))]).toEqual([
            dotted(one),
            first <= one && one <= last,
          ]);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});
