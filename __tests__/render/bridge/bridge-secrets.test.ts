import { bridgeSecrets, mapSecrets } from "../../../render/bridge/bridge-secrets";

const served = [
  { id: "abc", secretsVersion: 1 },
  { id: "xyz-europe", secretsVersion: 2 },
];

describe("bridgeSecrets", () => {
  it("is one password for each customer, the home's under the name that the image knows", () => {
    const names = mapSecrets(bridgeSecrets(served), ({ customer, secret }) => `${customer.id} ${secret}`);
    expect(names).toEqual({
      jvb: {
        JVB_AUTH_PASSWORD: "abc jvb-auth-password",
        JVB_AUTH_PASSWORD_XYZ_EUROPE: "xyz-europe jvb-auth-password-even",
      },
    });
  });
});
