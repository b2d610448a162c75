import { buildNetwork } from "../../../modules/gcp/network";
import { terraformOf } from "../../builders/terraform";

const network = (regions: Record<string, string>) =>
  terraformOf((stack) => buildNetwork(stack, { account: "acme", regions, dependsOn: [] })).resource;

describe("buildNetwork", () => {
  it("makes a subnet for each region in use, and none by itself", () => {
    const { google_compute_network, google_compute_subnetwork } = network({
      "us-east1": "10.20.16.0/20",
      "europe-west4": "10.20.0.0/20",
    });
    expect(google_compute_network.network.auto_create_subnetworks).toBe(false);
    expect(google_compute_subnetwork).toMatchObject({
      "subnet-europe-west4": { name: "acme-europe-west4", ip_cidr_range: "10.20.0.0/20" },
      "subnet-us-east1": { name: "acme-us-east1", ip_cidr_range: "10.20.16.0/20" },
    });
  });

  it("keeps the address of a region's subnet when another region is added", () => {
    const before = network({ "us-east1": "10.20.16.0/20" }).google_compute_subnetwork;
    const after = network({
      "asia-east1": "10.20.32.0/20",
      "us-east1": "10.20.16.0/20",
    }).google_compute_subnetwork;
    expect(after["subnet-us-east1"]).toEqual(before["subnet-us-east1"]);
  });

  it("lets SSH in from Identity-Aware Proxy, and nothing else", () => {
    const rules = Object.values(network({}).google_compute_firewall);
    expect(rules).toEqual([
      expect.objectContaining({
        source_ranges: ["35.235.240.0/20"],
        allow: [{ protocol: "tcp", ports: ["22"] }],
      }),
    ]);
  });
});
