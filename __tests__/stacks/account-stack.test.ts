import { Testing } from "cdktf";
import type { Account } from "../../model/fleet";
import { AccountStack } from "../../stacks/account-stack";
import { anAccount } from "../builders/fleet";
import type { Terraform } from "../builders/terraform";

const terraform = (overrides: Partial<Account> = {}): Terraform => {
  const stack = new AccountStack(Testing.app(), {
    account: anAccount(overrides),
    source: "accounts/acme/account.yaml",
  });
  return JSON.parse(Testing.synth(stack, true)) as Terraform;
};
const { dns, operators, gcp } = anAccount();

describe("AccountStack", () => {
  it("switches the APIs on before anything that needs them, and never off", () => {
    const { resource } = terraform();
    expect(resource.google_project_service.services.disable_on_destroy).toBe(false);
    for (const type of ["google_compute_network", "google_dns_managed_zone", "google_storage_bucket"]) {
      expect(Object.values(resource[type])).toEqual([
        expect.objectContaining({ depends_on: ["google_project_service.services"] }),
      ]);
    }
  });

  it("makes the zone only when the data says so, signed and protected", () => {
    expect(terraform().resource.google_dns_managed_zone.zone).toMatchObject({
      dns_name: "meet.acme.example.",
      dnssec_config: { state: "on" },
      lifecycle: { prevent_destroy: true },
    });
    const { resource } = terraform({ dns: { ...dns!, createZone: false } });
    expect(resource).not.toHaveProperty("google_dns_managed_zone");
  });

  it("asks for the DNS API only when it has a domain", () => {
    const services = (overrides: Partial<Account>) =>
      terraform(overrides).resource.google_project_service.services.for_each;
    expect(services({})).toContain("dns.googleapis.com");
    const { dns: _, ...withoutDns } = anAccount();
    const stack = new AccountStack(Testing.app(), { account: withoutDns, source: "x" });
    expect(Testing.synth(stack)).not.toContain("dns.googleapis.com");
  });

  it("lets operators in through Identity-Aware Proxy with their own accounts", () => {
    const grants = Object.values<{ role: string }>(terraform().resource.google_project_iam_member);
    expect(grants.map(({ role }) => role)).toEqual([
      "roles/compute.osAdminLogin",
      "roles/iap.tunnelResourceAccessor",
    ]);
    const nobody = terraform({ operators: { ...operators, iap: [] } });
    expect(nobody.resource).not.toHaveProperty("google_project_iam_member");
  });

  it("never moves the artifacts bucket, whichever regions come and go", () => {
    const bucket = (regions: Record<string, string>) =>
      terraform({ gcp: { ...gcp!, network: { regions } } }).resource.google_storage_bucket.artifacts;
    const one = bucket({ "us-east1": "10.20.16.0/20" });
    const two = bucket({ "asia-east1": "10.20.0.0/20", "us-east1": "10.20.16.0/20" });
    expect(one).toMatchObject({
      location: "us-east1",
      public_access_prevention: "enforced",
      uniform_bucket_level_access: true,
      versioning: { enabled: true },
    });
    expect(two.lifecycle.ignore_changes).toEqual(["location"]);
  });

  it("lifts the protection when the data says so", () => {
    const { resource } = terraform({ allowDestroys: true });
    expect(resource.google_dns_managed_zone.zone.lifecycle.prevent_destroy).toBe(false);
    expect(resource.google_storage_bucket.artifacts.lifecycle.prevent_destroy).toBe(false);
  });
});
