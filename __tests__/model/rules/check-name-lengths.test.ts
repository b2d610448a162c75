import { checkNameLengths } from "../../../model/rules/check-name-lengths";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const LONG = "international-video"; // 19 characters
const accounts = [anAccount(), anAccount({ id: LONG })];

describe("checkNameLengths", () => {
  it("refuses Linode labels above 32 characters, counting the number of the last placement group", () => {
    const pools = [aLinodePool({ account: LONG, id: "nl-static1" })];
    expect(findings(checkNameLengths, { accounts, pools })).toEqual([
      'pool international-video/nl-static1 : "international-video-nl-static1-20", the name of the last placement group, ' +
        "has 33 characters; allowed: at most 32; shorten the id of account international-video or pool nl-static1 by 1",
    ]);
    const fits = [
      aLinodePool({ account: LONG, id: "nl-static" }),
      aLinodePool({ account: LONG, id: "nl-static-12", placement: "none" }),
    ];
    expect(findings(checkNameLengths, { accounts, pools: fits })).toEqual([]);
    const alone = [aLinodePool({ account: LONG, id: "nl-static-123", placement: "none" })];
    expect(findings(checkNameLengths, { accounts, pools: alone })).toEqual([
      'pool international-video/nl-static-123 : "international-video-nl-static-123", the name of the Linode ' +
        "firewall, has 33 characters; allowed: at most 32; " +
        "shorten the id of account international-video or pool nl-static-123 by 1",
    ]);
  });

  it("refuses firewall rules above 63 characters, at the customer that makes it so", () => {
    const pools = [
      aGcpPool({ account: LONG, id: "europe-burst-1", serves: ["abc", "a-customer-with-a-name"] }),
    ];
    expect(findings(checkNameLengths, { accounts, pools })).toEqual([
      "pool international-video/europe-burst-1 serves.1: " +
        '"a-customer-with-a-name-xmpp-from-international-video-europe-burst-1", the name of the firewall rule, ' +
        "has 67 characters; allowed: at most 63; shorten the id of customer a-customer-with-a-name or account " +
        "international-video or pool europe-burst-1 by 4",
    ]);
  });

  it("refuses service accounts below 6 characters", () => {
    const customers = [aCustomer({ id: "a" })];
    const pools = [aGcpPool({ id: "b", serves: ["a"] }), aLinodePool({ id: "c", serves: ["a"] })];
    expect(findings(checkNameLengths, { customers, pools })).toEqual([
      'customer acme/a : "srv-a", the name of the service account, has 5 characters; allowed: at least 6; ' +
        "lengthen the id of customer a by 1",
      'pool acme/b : "jvb-b", the name of the service account, has 5 characters; allowed: at least 6; ' +
        "lengthen the id of pool b by 1",
    ]);
  });

  it("refuses host names of bridges above 253 characters", () => {
    const domain = `${"a-label-of-thirty-characters.".repeat(8)}acme.example`; // 244 characters
    const dns = { managedZone: "acme", domain, createZone: true };
    const [found, ...others] = findings(checkNameLengths, { accounts: [anAccount({ dns })] });
    expect(found).toMatch(
      /^pool acme\/nl-static : "nl-static-100\.bridges\..*…", the name of the last bridge, has 266 characters; allowed: at most 253; shorten the id of pool nl-static or dns\.domain of its account by 13$/,
    );
    expect(others).toEqual([]);
  });

  it("refuses buckets above 63 characters, at the project", () => {
    const project = `${"a".repeat(38)}.example:video`;
    const gcp = { ...anAccount().gcp!, project };
    const [found] = findings(checkNameLengths, { accounts: [anAccount({ gcp })], customers: [], pools: [] });
    expect(found).toMatch(
      /^account acme gcp\.project: .* has 68 characters; allowed: at most 63; shorten the id of project .* by 5$/,
    );
  });

  it("accepts the longest ids of Google pools with short customers", () => {
    const longest = "a".repeat(24);
    const pools = [aGcpPool({ id: longest, account: longest, serves: ["ab"] })];
    expect(findings(checkNameLengths, { accounts: [anAccount({ id: longest })], pools })).toEqual([]);
  });
});
