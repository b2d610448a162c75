import { ComputeDisk } from "@cdktf/provider-google/lib/compute-disk";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import type { TerraformStack } from "cdktf";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("protection");

const labels = { "fleet-account": "acme", "fleet-role": "server" };

const disk = (preventDestroy: boolean) => (stack: TerraformStack) => {
  new ComputeDisk(stack, "data", { name: "data", labels, lifecycle: { preventDestroy } });
};
const server = (deletionProtection: boolean) => (stack: TerraformStack) => {
  new ComputeInstance(stack, "server", {
    name: "server",
    machineType: "n2-standard-4",
    bootDisk: {},
    networkInterface: [{}],
    labels,
    deletionProtection,
  });
};

describe("checkProtection", () => {
  it("accepts what is protected", () => {
    expect(policyFindings(disk(true))).toEqual([]);
    expect(policyFindings(server(true))).toEqual([]);
  });

  it("refuses state without protection, and says what would be lost", () => {
    expect(policyFindings(disk(false))).toEqual([
      "stack/data: google_compute_disk.data: lifecycle.prevent_destroy is not set; a slip would destroy the data on it; " +
        "set it, and leave lifting it to allowDestroys in the data",
    ]);
  });

  it.each([
    ["passwords of pools, which go with the pool", { a: "abc-telemetry_acme_eu-burst" }, 0],
    ["other passwords", { a: "abc-jvb-auth-password" }, 1],
    ["both in one", { a: "abc-telemetry_acme_eu-burst", b: "abc-jvb-auth-password" }, 1],
    ["none", {}, 1],
  ])("asks for protection of secrets: %s", (_, forEach, found) => {
    const findings = policyFindings((stack) => {
      const secrets = new SecretManagerSecret(stack, "secrets", {
        secretId: "${each.value}",
        replication: { auto: {} },
        labels,
      });
      secrets.addOverride("for_each", forEach);
    });
    expect(findings).toHaveLength(found);
  });

  it("refuses it when there is no lifecycle at all", () => {
    const findings = policyFindings(
      (stack) => new DnsManagedZone(stack, "zone", { name: "zone", dnsName: "acme.example.", labels }),
    );
    expect(findings).toHaveLength(1);
  });

  it("refuses a server without protection", () => {
    expect(policyFindings(server(false))).toEqual([
      "stack/server: google_compute_instance.server: deletion_protection is not set; a slip would end every call of the " +
        "customer; set it, and leave lifting it to allowDestroys in the data",
    ]);
  });

  it("accepts all of it when the data lifts the protection", () => {
    expect(policyFindings(disk(false), { allowDestroys: true })).toEqual([]);
    expect(policyFindings(server(false), { allowDestroys: true })).toEqual([]);
  });
});
