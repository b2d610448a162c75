import { Testing } from "cdktf";
import type { Account, Customer, Pool } from "../../model/fleet";
import { CustomerStack } from "../../stacks/customer-stack";
import { keeperSchema } from "../../model/schema/keeper";
import { aCustomer, aGcpPool, anAccount } from "../builders/fleet";
import type { Terraform } from "../builders/terraform";

const FILES = new Map([["/etc/fleet/web.env", "A=${B} < %{C}\n"]]);

const stackOf = (
  customer: Partial<Customer> = {},
  account: Account = anAccount(),
  pools: readonly Pool[] = [aGcpPool()],
) =>
  new CustomerStack(Testing.app(), {
    account,
    customer: aCustomer(customer),
    pools,
    source: "accounts/acme/customers/abc.yaml",
    files: FILES,
    cloudInit: "#cloud-config\n",
  });
const terraform = (...args: Parameters<typeof stackOf>): Terraform =>
  JSON.parse(Testing.synth(stackOf(...args), true)) as Terraform;

describe("CustomerStack", () => {
  it("is this, for a small customer", () => {
    expect(terraform()).toMatchSnapshot();
  });

  it("gives the server its files through metadata, so that a change needs no new machine", () => {
    const { locals, resource } = terraform();
    expect(locals.machine_files).toEqual({
      "/etc/fleet/web.env": '${file("files/server/etc/fleet/web.env")}',
    });
    expect(resource.google_compute_instance.server.metadata).toEqual({
      "block-project-ssh-keys": "TRUE",
      "enable-oslogin": "TRUE",
      "fleet-files": "${jsonencode(local.machine_files)}",
      "user-data": '${file("files/cloud-init.yaml")}',
    });
    expect(stackOf().files.all).toEqual(
      new Map([
        ["files/server/etc/fleet/web.env", "A=${B} < %{C}\n"],
        ["files/cloud-init.yaml", "#cloud-config\n"],
      ]),
    );
  });

  it("publishes the host name in the account's zone", () => {
    expect(terraform().resource.google_dns_record_set["address-record"]).toMatchObject({
      project: "acme-meet-prod",
      managed_zone: "acme-zone",
      name: "abc.meet.acme.example.",
      rrdatas: ["${google_compute_address.address.address}"],
    });
  });

  it.each(["meet.abc.example", "abcmeet.acme.example"])(
    "leaves %s, of another domain, to its owner",
    (hostname) => {
      expect(terraform({ hostname }).resource).not.toHaveProperty("google_dns_record_set");
    },
  );

  it("publishes nothing for an account without a domain", () => {
    const { dns: _, ...account } = anAccount();
    expect(terraform({}, account).resource).not.toHaveProperty("google_dns_record_set");
  });

  it("protects what holds state until the data lifts it", () => {
    const protection = (allowDestroys: boolean) => {
      const { resource } = terraform({ allowDestroys });
      return [
        resource.google_compute_address.address.lifecycle.prevent_destroy,
        resource.google_compute_disk.data.lifecycle.prevent_destroy,
        resource.google_secret_manager_secret.secrets.lifecycle.prevent_destroy,
        resource.google_compute_instance.server.deletion_protection,
      ];
    };
    expect(protection(false)).toEqual([true, true, true, true]);
    expect(protection(true)).toEqual([false, false, false, false]);
  });

  it("has its secrets before its server boots", () => {
    expect(terraform().resource.google_compute_instance.server.depends_on).toEqual([
      "google_secret_manager_secret_version.secret-versions",
      "google_secret_manager_secret_iam_member.secret-readers",
      "google_secret_manager_secret_version.telemetry-secret-versions",
      "google_secret_manager_secret_iam_member.telemetry-secret-readers",
    ]);
  });

  it("may keep the pools whose home the customer is, and no others", () => {
    const keptBy = (pools: readonly Pool[]) => {
      const { resource } = terraform({}, anAccount(), pools);
      const { keeper } = resource.google_project_iam_member;
      const store = resource.google_storage_bucket_iam_member?.["keeper-store"];
      return { may: keeper?.role, objects: store && Object.values(store.for_each) };
    };
    const off = aGcpPool({ id: "off", keeper: keeperSchema.parse({ mode: "off" }) });
    const elsewhere = aGcpPool({ id: "elsewhere", serves: ["xyz", "abc"] });
    expect(keptBy([aGcpPool(), off, elsewhere])).toEqual({
      may: "projects/acme-meet-prod/roles/fleetKeeper",
      objects: ["keeper/acme-eu-burst/"],
    });
    expect(keptBy([off, elsewhere])).toEqual({ may: undefined, objects: undefined });
  });

  it("opens media only with a bridge on the server", () => {
    const rules = (bridgeOnServer: boolean) =>
      Object.keys(terraform({ bridgeOnServer }).resource.google_compute_firewall);
    expect(rules(false)).toEqual(["web"]);
    expect(rules(true)).toEqual(["media-on-server", "web"]);
  });

  it("refuses more files than the metadata takes, before anything is written", () => {
    const files = new Map([["/etc/fleet/big.conf", "<".repeat(50_000)]]);
    const build = () =>
      new CustomerStack(Testing.app(), {
        account: anAccount(),
        customer: aCustomer(),
        pools: [aGcpPool()],
        source: "x",
        files,
        cloudInit: "",
      });
    // Terraform writes each "<" as 6 characters.
    expect(build).toThrow(
      'customer-abc: metadata "fleet-files" has 300026 bytes, and the cloud takes at most 262144.',
    );
  });
});
