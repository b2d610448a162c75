import { Testing } from "cdktf";
import type { Account } from "../../model/fleet";
import { KEEPER_PERMISSIONS } from "../../model/keeper-permissions";
import { AccountStack, type AccountStackProps } from "../../stacks/account-stack";
import { anAccount } from "../builders/fleet";
import type { Terraform } from "../builders/terraform";

const KEEPER = { text: "// the keeper\n", sha256: "0a1b2c3d" };

const stackOf = (overrides: Partial<Account> = {}, props: Partial<AccountStackProps> = {}) =>
  new AccountStack(Testing.app(), {
    account: anAccount(overrides),
    source: "accounts/acme/account.yaml",
    ...props,
  });
const terraform = (...args: Parameters<typeof stackOf>): Terraform => {
  const stack = stackOf(...args);
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

  it("publishes the keeper's program under its hash, and lets servers of before find theirs", () => {
    expect(terraform({}, { keeper: KEEPER }).resource.google_storage_bucket_object["keeper-program"]).toEqual(
      {
        bucket: "${google_storage_bucket.artifacts.name}",
        name: "programs/keeper-0a1b2c3d.mjs",
        source: "files/keeper.mjs",
        content_type: "text/javascript",
        deletion_policy: "ABANDON",
        lifecycle: { create_before_destroy: true },
      },
    );
    expect([...stackOf({}, { keeper: KEEPER }).files.all]).toEqual([["files/keeper.mjs", KEEPER.text]]);
  });

  it("makes a role of what keepers may do, and of nothing that creates or changes a machine", () => {
    const { "keeper-role": role } = terraform({}, { keeper: KEEPER }).resource.google_project_iam_custom_role;
    expect(role).toMatchObject({ project: "acme-meet-prod", role_id: "fleetKeeper" });
    expect(role.permissions).toEqual([...KEEPER_PERMISSIONS]);
    expect(role.permissions.filter((one: string) => /create|set|instances\.update|\*/.test(one))).toEqual([]);
  });

  it("lets operators write to keepers, and nobody where there are none", () => {
    expect(terraform({}, { keeper: KEEPER }).resource.google_storage_bucket_iam_member).toEqual({
      "keeper-operators": {
        bucket: "${google_storage_bucket.artifacts.name}",
        for_each: '${toset(["group:ops@acme.example"])}',
        member: "${each.value}",
        role: "roles/storage.objectUser",
        condition: {
          title: "objects of keepers",
          expression:
            'resource.name.startsWith("projects/_/buckets/acme-meet-prod-fleet-artifacts/objects/keeper/")',
        },
      },
    });
    const nobody = terraform({ operators: { ...operators, iap: [] } }, { keeper: KEEPER });
    expect(nobody.resource).not.toHaveProperty("google_storage_bucket_iam_member");
  });

  it("lets no versions pile up of what keepers write, and keeps those of programs", () => {
    const { artifacts } = terraform({}, { keeper: KEEPER }).resource.google_storage_bucket;
    expect(artifacts.lifecycle_rule).toEqual([
      {
        action: { type: "Delete" },
        condition: { matches_prefix: ["keeper/"], days_since_noncurrent_time: 1 },
      },
    ]);
    expect(artifacts.versioning).toEqual({ enabled: true });
  });

  it("has nothing of keepers without one", () => {
    const { resource } = terraform();
    expect(JSON.stringify(resource)).not.toMatch(/keeper/i);
    expect([...stackOf().files.all]).toEqual([]);
  });

  it("lifts the protection when the data says so", () => {
    const { resource } = terraform({ allowDestroys: true });
    expect(resource.google_storage_bucket.artifacts.force_destroy).toBe(true);
    expect(terraform().resource.google_storage_bucket.artifacts.force_destroy).toBe(false);
    expect(resource.google_dns_managed_zone.zone.lifecycle.prevent_destroy).toBe(false);
    expect(resource.google_storage_bucket.artifacts.lifecycle.prevent_destroy).toBe(false);
  });
});
