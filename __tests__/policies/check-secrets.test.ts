import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { ServiceAccountKey } from "@cdktf/provider-google/lib/service-account-key";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import { Password } from "@cdktf/provider-random/lib/password";
import { policyFindings } from "../builders/policy-findings";

const IN_STATE = "keeps a secret in the state; whoever reads the state has it";

describe("checkSecrets", () => {
  it("accepts a secret that is written and never kept", () => {
    const findings = policyFindings(
      (stack) =>
        new SecretManagerSecretVersion(stack, "x", {
          secret: "s",
          secretDataWo: "${ephemeral.random_password.x.result}",
          secretDataWoVersion: 1,
        }),
    );
    expect(findings).toEqual([]);
  });

  it("refuses the argument that is kept", () => {
    const findings = policyFindings(
      (stack) => new SecretManagerSecretVersion(stack, "x", { secret: "s", secretData: "swordfish" }),
    );
    expect(findings).toEqual([
      `stack/x: google_secret_manager_secret_version.x: secret_data ${IN_STATE}; use a write-only argument, or leave it out`,
    ]);
  });

  it("never repeats the secret itself", () => {
    const findings = policyFindings(
      (stack) =>
        new Instance(stack, "x", {
          region: "nl-ams",
          rootPass: "swordfish",
          tags: ["fleet-account:acme", "fleet-role:bridge"],
        }),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).not.toContain("swordfish");
  });

  it("refuses resources that are a secret", () => {
    const findings = policyFindings((stack) => {
      new ServiceAccountKey(stack, "x", { serviceAccountId: "a" });
      new Password(stack, "y", { length: 32 });
    });
    const refusal = `this resource ${IN_STATE}; draw the secret with an ephemeral resource`;
    expect(findings).toContain(`stack/x: google_service_account_key.x: ${refusal}`);
    expect(findings).toContain(`stack/y: random_password.y: ${refusal}`);
  });

  it.each(["${ephemeral.random_password.jvb.result}", "p=${var.password}", "${random_password.jvb.result}"])(
    "refuses %s in metadata",
    (value) => {
      const findings = policyFindings(
        (stack) =>
          new ComputeInstance(stack, "x", {
            name: "x",
            machineType: "n2-standard-4",
            bootDisk: {},
            networkInterface: [{}],
            labels: { "fleet-account": "acme", "fleet-role": "server" },
            deletionProtection: true,
            metadata: { "user-data": value },
          }),
      );
      expect(findings).toEqual([
        "stack/x: google_compute_instance.x: metadata holds a secret or a variable; everyone who may see the machine " +
          "reads it; let the machine fetch the secret at boot",
      ]);
    },
  );
});
