import { bridgeSecrets, mapSecrets } from "../../model/bridge-secrets";

const pool = { account: "acme", id: "eu-burst" };
const served = [
  { id: "abc", secretsVersion: 1 },
  { id: "xyz-europe", secretsVersion: 2 },
];

describe("bridgeSecrets", () => {
  const secrets = bridgeSecrets(pool, served);

  it("is two passwords for each customer, the home's at the brewery under the name that the image knows", () => {
    expect(mapSecrets(secrets, ({ customer, secret }) => `${customer.id} ${secret}`)).toEqual({
      jvb: {
        JVB_AUTH_PASSWORD: "abc jvb-auth-password",
        JVB_AUTH_PASSWORD_XYZ_EUROPE: "xyz-europe jvb-auth-password-even",
      },
      telegraf: {
        TELEMETRY_PASSWORD_ABC: "abc telemetry_acme_eu-burst",
        TELEMETRY_PASSWORD_XYZ_EUROPE: "xyz-europe telemetry_acme_eu-burst_even",
      },
    });
  });

  it("calls a secret by one name, whoever's turn it is", () => {
    const names = mapSecrets(secrets, ({ name }) => name);
    expect(names["jvb"]).toMatchObject({ JVB_AUTH_PASSWORD_XYZ_EUROPE: "jvb-auth-password" });
    expect(names["telegraf"]).toMatchObject({ TELEMETRY_PASSWORD_XYZ_EUROPE: "telemetry_acme_eu-burst" });
  });
});
