import { checkUniqueHostKeys } from "../../../model/rules/check-unique-host-keys";
import { aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withKey = (account: string, key: string) =>
  aLinodePool({ account, bridges: { "bridge-1": { generation: 1, hostKey: `ecdsa-sha2-nistp256 ${key}` } } });

describe("checkUniqueHostKeys", () => {
  it("refuses the key of another machine, whatever its comment", () =>
    expect(
      findings(checkUniqueHostKeys, { pools: [withKey("acme", "AAAA one"), withKey("beta", "AAAA two")] }),
    ).toEqual([
      "pool beta/nl-static bridges.bridge-1.hostKey: it is already the host key of bridge-1 of pool nl-static of " +
        "account acme; allowed: the machine's own key; remove it until the machine is there",
    ]));

  it("accepts a key for each", () =>
    expect(
      findings(checkUniqueHostKeys, { pools: [withKey("acme", "AAAA"), withKey("beta", "BBBB")] }),
    ).toEqual([]));
});
