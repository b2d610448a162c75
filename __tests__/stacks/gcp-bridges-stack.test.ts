import { Testing } from "cdktf";
import { GcpBridgesStack, type GcpBridgesStackProps } from "../../stacks/gcp-bridges-stack";
import { servedServer } from "../../stacks/served-server";
import { aCustomer, aGcpPool, anAccount } from "../builders/fleet";
import type { Terraform } from "../builders/terraform";

const served = (id: string) => servedServer(anAccount(), aCustomer({ id }));

const terraform = (props: Partial<GcpBridgesStackProps> = {}): Terraform => {
  const stack = new GcpBridgesStack(Testing.app(), {
    account: anAccount(),
    pool: aGcpPool(),
    zonesOfRegion: 3,
    served: [served("abc")],
    source: "accounts/acme/pools/eu-burst.yaml",
    files: new Map([["/etc/fleet/jvb.env", "A=1\n"]]),
    cloudInit: "#cloud-config\n",
    ...props,
  });
  return JSON.parse(Testing.synth(stack, true)) as Terraform;
};
const templateName = (props: Partial<GcpBridgesStackProps>) =>
  terraform(props).resource.google_compute_region_instance_template.template.name;

describe("GcpBridgesStack", () => {
  it("is this, for a small pool", () => {
    expect(terraform()).toMatchSnapshot();
  });

  it("opens the brewery of each customer that it serves, and reads the bridges' passwords of each", () => {
    const { resource } = terraform({ served: [served("abc"), served("xyz")] });
    expect(resource.google_compute_firewall).toMatchObject({
      "brewery-abc": { target_service_accounts: ["srv-abc@acme-meet-prod.iam.gserviceaccount.com"] },
      "brewery-xyz": { target_service_accounts: ["srv-xyz@acme-meet-prod.iam.gserviceaccount.com"] },
    });
    expect(resource.google_secret_manager_secret_iam_member).toMatchObject({
      "password-abc": { secret_id: "abc-jvb-auth-password" },
      "even-password-abc": { secret_id: "abc-jvb-auth-password-even" },
      "password-xyz": { secret_id: "xyz-jvb-auth-password" },
      "even-password-xyz": { secret_id: "xyz-jvb-auth-password-even" },
    });
  });

  it("takes orders from its home's server only", () => {
    const { control } = terraform({ served: [served("xyz"), served("abc")] }).resource
      .google_compute_firewall;
    expect(control.source_service_accounts).toEqual(["srv-xyz@acme-meet-prod.iam.gserviceaccount.com"]);
  });

  it("labels machines with the release that they run, and nothing that outlives a release", () => {
    const { template } = terraform({ pool: aGcpPool({ nextImage: { tag: "Next.2" } }) }).resource
      .google_compute_region_instance_template;
    expect(template.labels["fleet-release"]).toBe("next_2");
    expect(
      terraform().resource.google_compute_region_instance_template.template.labels["fleet-release"],
    ).toBe("stable-11146-2");
    expect(JSON.stringify(template.disk)).not.toContain("fleet-release");
  });

  it("makes a new template for a changed file or cloud-init, and leaves the running bridges alone", () => {
    const name = templateName({});
    expect(templateName({ files: new Map([["/etc/fleet/jvb.env", "A=2\n"]]) })).not.toBe(name);
    expect(templateName({ files: new Map([["/etc/fleet/jvb2.env", "A=1\n"]]) })).not.toBe(name);
    expect(templateName({ cloudInit: "#cloud-config\nruncmd: []\n" })).not.toBe(name);
    expect(templateName({ served: [served("abc"), served("xyz")] })).toBe(name);
  });
});
