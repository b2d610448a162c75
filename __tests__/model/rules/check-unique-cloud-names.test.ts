import { CUSTOMER_SECRETS, secretName } from "../../../model/names";
import { checkUniqueCloudNames } from "../../../model/rules/check-unique-cloud-names";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const WAY_OUT = "allowed: an id whose cloud names are its own; rename this file";

describe("checkUniqueCloudNames", () => {
  it("refuses a customer with a secret that is called like another's", () => {
    const customers = [aCustomer(), aCustomer({ id: "abc-main" })];
    expect(findings(checkUniqueCloudNames, { customers })).toEqual([
      'customer acme/abc-main : a secret of customer abc-main would be called "abc-main-jvb-auth-password", ' +
        `like one of customer abc; ${WAY_OUT}`,
    ]);
  });

  it("knows every pair of ids whose secrets meet", () => {
    const ids = ["abc", "abc-main", "abc-jvb", "abc-jicofo", "abc-main-jvb", "abc-auth"];
    const owners = new Map<string, string>();
    const clashes = new Set<string>();
    for (const id of ids) {
      for (const secret of CUSTOMER_SECRETS) {
        const name = secretName({ id }, secret);
        if (owners.has(name)) clashes.add(id);
        owners.set(name, id);
      }
    }
    const found = findings(checkUniqueCloudNames, { customers: ids.map((id) => aCustomer({ id })) });
    expect(found.map((line) => /^customer acme\/(\S+) /.exec(line)?.[1])).toEqual([...clashes]);
  });

  it("refuses a pool that is called like a server", () => {
    const customers = [aCustomer({ id: "acme-eu" })];
    const pools = [aGcpPool({ id: "eu-server", serves: ["acme-eu"] })];
    expect(findings(checkUniqueCloudNames, { customers, pools })).toEqual([
      'pool acme/eu-server : pool eu-server would be called "acme-eu-server", ' +
        `like the server of customer acme-eu; ${WAY_OUT}`,
    ]);
  });

  it("accepts the same names in another project, and on Linode", () => {
    const customers = [
      aCustomer(),
      aCustomer({ id: "abc-main", account: "globex" }),
      aCustomer({ id: "acme-eu" }),
    ];
    const pools = [aLinodePool({ id: "eu-server" })];
    expect(findings(checkUniqueCloudNames, { customers, pools })).toEqual([]);
  });
});
