import { type BridgeTemplateProps, buildBridgeTemplate } from "../../../modules/gcp/bridge-template";
import { aGcpPool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const template = (props: Partial<BridgeTemplateProps> = {}) =>
  terraformOf((stack) =>
    buildBridgeTemplate(stack, {
      pool: aGcpPool(),
      subnetwork: "projects/p/regions/europe-west4/subnetworks/acme-europe-west4",
      serviceAccountEmail: "jvb-eu-burst@p.iam.gserviceaccount.com",
      metadata: { "user-data": "text" },
      metadataFingerprint: "1",
      labels: { owner: "acme", "fleet-release": "one" },
      diskLabels: { owner: "acme" },
      dependsOn: [],
      ...props,
    }),
  ).resource.google_compute_region_instance_template.template;

describe("buildBridgeTemplate", () => {
  it("replaces a template only when the new one is there: the group still names the old one", () => {
    expect(template().lifecycle).toEqual({ create_before_destroy: true });
  });

  it("names it after the pool and eight digits of its inputs", () => {
    expect(template().name).toMatch(/^acme-eu-burst-[0-9a-f]{8}$/);
    expect(template().name).toBe(template().name);
  });

  it.each<[string, Partial<BridgeTemplateProps>]>([
    ["machine type", { pool: aGcpPool({ machineType: "n2-standard-8" }) }],
    ["boot disk", { pool: aGcpPool({ bootDiskGb: 30 }) }],
    ["region", { pool: aGcpPool({ region: "us-east1" }) }],
    ["subnet", { subnetwork: "other" }],
    ["service account", { serviceAccountEmail: "other@p" }],
    ["labels", { labels: { owner: "globex" } }],
    ["release", { labels: { owner: "acme", "fleet-release": "two" } }],
    ["labels of the disk", { diskLabels: { owner: "globex" } }],
    ["files", { metadataFingerprint: "2" }],
  ])("takes another name for another %s: one name with two contents cannot be created", (_, change) => {
    expect(template(change).name).not.toBe(template().name);
  });

  it("keeps its name when what it does not hold changes", () => {
    const larger = aGcpPool({ size: { min: 3, max: 20 }, serves: ["abc", "xyz"] });
    expect(template({ pool: larger })).toEqual(template());
  });

  it("gives each bridge a public address and a disk that goes with it", () => {
    expect(template()).toMatchObject({
      labels: { owner: "acme", "fleet-release": "one" },
      network_interface: [{ nic_type: "GVNIC", access_config: [{ network_tier: "PREMIUM" }] }],
      disk: [{ boot: true, auto_delete: true, labels: { owner: "acme" } }],
    });
  });
});
