import { bridgeLogins, drawnBy } from "../../model/bridge-logins";
import { CUSTOMER_SECRETS } from "../../model/names";

const VERSIONS = [1, 2, 3, 4, 5, 6, 7];

describe("bridgeLogins", () => {
  it("gives bridges of a new version another account than those of the version before", () => {
    for (const secretsVersion of VERSIONS) {
      const [current, previous] = bridgeLogins({ secretsVersion });
      expect(bridgeLogins({ secretsVersion: secretsVersion + 1 })).toEqual([previous, current]);
    }
  });
});

describe("drawnBy", () => {
  it("draws at a rotation every secret but the password of bridges from before it", () => {
    for (const secretsVersion of VERSIONS) {
      const [before, after] = [{ secretsVersion }, { secretsVersion: secretsVersion + 1 }];
      const kept = CUSTOMER_SECRETS.filter((secret) => drawnBy(before, secret) === drawnBy(after, secret));
      expect(kept).toEqual([bridgeLogins(before)[0].secret]);
    }
  });
});
