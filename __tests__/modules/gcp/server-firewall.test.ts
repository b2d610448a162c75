import { buildMachineIdentity } from "../../../modules/gcp/machine-identity";
import { buildServerFirewall } from "../../../modules/gcp/server-firewall";
import { terraformOf } from "../../builders/terraform";

const rules = (media: boolean) =>
  terraformOf((stack) => {
    const identity = buildMachineIdentity(stack, {
      project: "p",
      accountId: "srv-abc",
      displayName: "Server",
      operators: [],
    });
    buildServerFirewall(stack, { customer: "abc", network: "net", identity, media });
  }).resource.google_compute_firewall;

describe("buildServerFirewall", () => {
  it("opens the web, on this server alone", () => {
    expect(rules(false)).toEqual({
      web: {
        name: "abc-web",
        network: "net",
        direction: "INGRESS",
        source_ranges: ["0.0.0.0/0"],
        target_service_accounts: ["${google_service_account.identity.email}"],
        allow: [{ protocol: "tcp", ports: ["80", "443"] }],
      },
    });
  });

  it("opens media when a bridge runs on the server", () => {
    expect(rules(true)["media-on-server"].allow).toEqual([{ protocol: "udp", ports: ["10000"] }]);
  });
});
