import { Testing } from "cdktf";
import { FLEET_PUSH } from "../../modules/linode/pushes";
import { LinodeBridgesStack, type LinodeBridgesStackProps } from "../../stacks/linode-bridges-stack";
import { servedServer, type ServedServer } from "../../stacks/served-server";
import { aCustomer, aLinodePool, anAccount } from "../builders/fleet";
import type { Terraform } from "../builders/terraform";

const account = anAccount();

const stackOf = (props: Partial<LinodeBridgesStackProps> = {}) =>
  new LinodeBridgesStack(Testing.app(), {
    account,
    pool: aLinodePool({ size: 1 }),
    placementGroupLimit: 5,
    served: [servedServer(account, aCustomer())],
    source: "accounts/acme/pools/nl-static.yaml",
    files: new Map([["/etc/fleet/jvb.env", "A=1\n"]]),
    cloudInit: "#cloud-config\nwrite_files: []\n",
    programs: new Map([[FLEET_PUSH, "#!/usr/bin/python3\n"]]),
    ...props,
  });
const terraform = (props: Partial<LinodeBridgesStackProps> = {}): Terraform =>
  JSON.parse(Testing.synth(stackOf(props), true)) as Terraform;

describe("LinodeBridgesStack", () => {
  it("is this, for one machine", () => {
    expect(terraform()).toMatchSnapshot();
  });

  it("brings the password of each customer in the variable that `fleet secrets env` sets, whichever account's turn it is", () => {
    const served = [aCustomer({ secretsVersion: 2 }), aCustomer({ id: "xyz-europe" })].map((customer) =>
      servedServer(account, customer),
    ) as [ServedServer, ServedServer];
    const { variable, resource } = terraform({ served });
    expect(Object.keys(variable).filter((name) => !name.startsWith("ssh_"))).toEqual([
      "abc_jvb_auth_password",
      "abc_secrets_version",
      "abc_telemetry_acme_nl_static",
      "xyz_europe_jvb_auth_password",
      "xyz_europe_secrets_version",
      "xyz_europe_telemetry_acme_nl_static",
    ]);
    expect(resource.terraform_data["push-1"].triggers_replace.secrets).toBe("abc=2 xyz-europe=1");
  });

  it("says after a failure what fetches the secrets, and what a rollout or a destroy takes instead", () => {
    const { drain, "push-1": push } = terraform().resource.terraform_data;
    const again = (resource: unknown) => /--again '([^']*)'/.exec(JSON.stringify(resource))?.[1];
    expect([push, drain].map(again)).toEqual([
      "run: npx fleet deploy bridges-acme-nl-static, or npx fleet deploy --resume to go on with a fleet deploy",
      "run: npx fleet deploy bridges-acme-nl-static --allow-destroys, npx fleet deploy --resume --allow-destroys to go on " +
        "with a fleet deploy, or the same destroy",
    ]);
  });

  it("names each machine both ways, and only after its record is there", () => {
    const { google_dns_record_set: records, linode_rdns: names } = terraform().resource;
    expect(records["bridge-1-record"].name).toBe("nl-static-1.bridges.meet.acme.example.");
    expect(names["bridge-1-name"]).toMatchObject({
      rdns: "nl-static-1.bridges.meet.acme.example",
      wait_for_available: true,
      depends_on: ["google_dns_record_set.bridge-1-record"],
    });
  });

  it("names none for an account without a domain", () => {
    const { dns: _, ...withoutDns } = account;
    const { resource } = terraform({ account: withoutDns });
    expect(resource).not.toHaveProperty("google_dns_record_set");
    expect(resource).not.toHaveProperty("linode_rdns");
  });

  it("is admitted by customers of other accounts, in their project", () => {
    const globex = anAccount({ id: "globex", gcp: { ...account.gcp!, project: "globex-video" } });
    const xyz = aCustomer({ id: "xyz", account: "globex" });
    const { gcp: _, dns: __, ...linodeOnly } = account;
    const { provider, resource } = terraform({ account: linodeOnly, served: [servedServer(globex, xyz)] });
    expect(resource.google_compute_firewall).toEqual({
      "brewery-xyz": expect.objectContaining({
        project: "globex-video",
        network: "projects/globex-video/global/networks/globex",
        source_ranges: ["${element(tolist(linode_instance.bridge-1.ipv4), 0)}/32"],
        target_service_accounts: ["srv-xyz@globex-video.iam.gserviceaccount.com"],
      }),
    });
    expect(provider.google).toEqual([{ add_terraform_attribution_label: false }]);
  });

  it("makes no placement groups when the data says none", () => {
    const { resource } = terraform({ pool: aLinodePool({ placement: "none" }), placementGroupLimit: 0 });
    expect(resource).not.toHaveProperty("linode_placement_group");
  });

  it("takes the operators' keys in an order of their own: the file's order means nothing", () => {
    const keys = { zoe: "ssh-ed25519 AAAA zoe", al: "ssh-ed25519 BBBB al" };
    const { resource } = terraform({
      account: { ...account, operators: { ...account.operators, sshKeys: keys } },
    });
    expect(resource.linode_instance["bridge-1"].authorized_keys).toEqual([keys.zoe, keys.al]);
  });

  it("refuses more user data than Linode takes, with the pool and the size", () => {
    // Digits of pi would do as well: what counts is that they do not compress.
    const noise = Array.from({ length: 4000 }, (_, i) => (i * 2_654_435_761) % 4_294_967_296).join("\n");
    expect(() => stackOf({ files: new Map([["/etc/fleet/noise", noise]]) })).toThrow(
      /^bridges-acme-nl-static: user data of a bridge has \d{5} base64 characters, and the cloud takes at most 16384\./,
    );
  });
});
