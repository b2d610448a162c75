import { CUSTOMER_SECRETS } from "../../model/names";
import { bridgeLogins, drawnBy, telemetryLogins } from "../../model/turns";

const VERSIONS = [1, 2, 3, 4, 5, 6, 7];
const pool = { account: "acme", id: "eu-burst" };

describe.each([
  ["bridgeLogins", bridgeLogins],
  ["telemetryLogins", (customer: { secretsVersion: number }) => telemetryLogins(customer, pool)],
])("%s", (_, logins) => {
  it("gives bridges of a new version another account than those of the version before", () => {
    for (const secretsVersion of VERSIONS) {
      const [current, previous] = logins({ secretsVersion });
      expect(logins({ secretsVersion: secretsVersion + 1 })).toEqual([previous, current]);
    }
  });

  it("has a secret for each account", () => {
    const [current, previous] = logins({ secretsVersion: 1 });
    expect(new Set([current.user, previous.user]).size).toBe(2);
    expect(new Set([current.secret, previous.secret]).size).toBe(2);
  });
});

describe("telemetryLogins", () => {
  it("names accounts and secrets that no other pool has", () => {
    const pools = [
      { account: "a", id: "b-c" },
      { account: "a-b", id: "c" },
      { account: "a", id: "b-c-even" },
      { account: "a", id: "b" },
      { account: "a-even", id: "b" },
    ];
    const logins = pools.flatMap((each) => telemetryLogins({ secretsVersion: 1 }, each));
    expect(new Set(logins.map(({ user }) => user)).size).toBe(logins.length);
    expect(new Set(logins.map(({ secret }) => secret)).size).toBe(logins.length);
  });
});

describe("drawnBy", () => {
  it("draws at a rotation every secret but the passwords of bridges from before it, and what InfluxDB keeps", () => {
    const ofPool = telemetryLogins({ secretsVersion: 1 }, pool).map(({ secret }) => secret);
    for (const secretsVersion of VERSIONS) {
      const [before, after] = [{ secretsVersion }, { secretsVersion: secretsVersion + 1 }];
      const kept = [...CUSTOMER_SECRETS, ...ofPool].filter(
        (secret) => drawnBy(before, secret) === drawnBy(after, secret),
      );
      expect(kept).toEqual([
        "influxdb-operator-password",
        "influxdb-operator-token",
        bridgeLogins(before)[0].secret,
        telemetryLogins(before, pool)[0].secret,
      ]);
    }
  });
});
