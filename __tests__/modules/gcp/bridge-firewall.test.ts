import { buildBridgeFirewall } from "../../../modules/gcp/bridge-firewall";
import { buildMachineIdentity } from "../../../modules/gcp/machine-identity";
import { aGcpPool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const rules = () =>
  terraformOf((stack) => {
    const identity = buildMachineIdentity(stack, {
      project: "p",
      accountId: "jvb-eu-burst",
      displayName: "Bridges",
      operators: [],
    });
    buildBridgeFirewall(stack, { pool: aGcpPool(), network: "net", identity, homeServer: "srv-abc@p" });
  }).resource.google_compute_firewall;

describe("buildBridgeFirewall", () => {
  it("opens media to the world, and nothing else", () => {
    const open = Object.values<{ source_ranges?: string[]; allow: unknown }>(rules()).filter((rule) =>
      rule.source_ranges?.includes("0.0.0.0/0"),
    );
    expect(open.map(({ allow }) => allow)).toEqual([[{ protocol: "udp", ports: ["10000"] }]]);
  });

  it("opens the control port to health probes and to the home's server", () => {
    const { "health-probes": probes, control } = rules();
    expect(probes).toMatchObject({
      source_ranges: ["130.211.0.0/22", "35.191.0.0/16"],
      allow: [{ protocol: "tcp", ports: ["8080"] }],
    });
    expect(control).toMatchObject({
      source_service_accounts: ["srv-abc@p"],
      allow: [{ protocol: "tcp", ports: ["8080"] }],
    });
    expect(control).not.toHaveProperty("source_ranges");
  });

  it("aims every rule at the pool's own machines", () => {
    for (const rule of Object.values<object>(rules())) {
      expect(rule).toMatchObject({
        network: "net",
        target_service_accounts: ["${google_service_account.identity.email}"],
      });
    }
  });
});
