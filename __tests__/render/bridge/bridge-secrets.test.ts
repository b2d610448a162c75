import { bridgeSecrets, mapSecrets } from "../../../render/bridge/bridge-secrets";
import { secretVariable } from "../../../model/names";

const served = [{ id: "abc" }, { id: "xyz-europe" }];

describe("bridgeSecrets", () => {
  it("is one password for each customer, the home's under the name that the image knows", () => {
    const names = mapSecrets(bridgeSecrets(served), ({ customer, secret }) => `${customer.id} ${secret}`);
    expect(names).toEqual({
      jvb: {
        JVB_AUTH_PASSWORD: "abc jvb-auth-password",
        JVB_AUTH_PASSWORD_XYZ_EUROPE: "xyz-europe jvb-auth-password",
      },
    });
  });

  it("comes to machines on Linode in Terraform variables", () => {
    const names = mapSecrets(bridgeSecrets(served), ({ customer, secret }) =>
      secretVariable(customer, secret),
    );
    expect(Object.values(names["jvb"]!)).toEqual(["abc_jvb_auth_password", "xyz_europe_jvb_auth_password"]);
  });
});
