import type { Pool } from "../../../model/fleet";
import { buildCustomerSecrets } from "../../../modules/gcp/customer-secrets";
import { CUSTOMER_SECRETS, secretName } from "../../../model/names";
import { aCustomer, aGcpPool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const secrets = (secretsVersion = 1, protect = true, pools: readonly Pool[] = []) =>
  terraformOf((stack) => {
    const customer = aCustomer({ secretsVersion });
    buildCustomerSecrets(stack, { customer, pools, reader: "serviceAccount:srv", labels: {}, protect });
  });

describe("buildCustomerSecrets", () => {
  it("makes one secret for each password, under the name that bridges know", () => {
    const { secrets: block } = secrets().resource.google_secret_manager_secret;
    expect(block.for_each).toEqual(
      Object.fromEntries(CUSTOMER_SECRETS.map((name) => [name, secretName({ id: "abc" }, name)])),
    );
    expect(block.secret_id).toBe("${each.value}");
  });

  it("draws a password for each secret that it stores", () => {
    const { ephemeral } = secrets();
    expect(ephemeral.random_password.passwords).toEqual({
      for_each: `\${toset(${JSON.stringify(CUSTOMER_SECRETS)})}`,
      length: 32,
      special: false,
    });
  });

  it("stores it through the write-only argument", () => {
    const { "secret-versions": version } = secrets().resource.google_secret_manager_secret_version;
    expect(version).toMatchObject({
      for_each: "${google_secret_manager_secret.secrets}",
      secret: "${each.value.id}",
      secret_data_wo: "${ephemeral.random_password.passwords[each.key].result}",
    });
    expect(version).not.toHaveProperty("secret_data");
  });

  it.each([
    [1, { odd: 1, even: 1, others: 1 }],
    [2, { odd: 1, even: 2, others: 2 }],
    [3, { odd: 3, even: 2, others: 3 }],
    [8, { odd: 7, even: 8, others: 8 }],
  ])(
    "with secretsVersion %p, stores a new draw of all but what bridges of before and InfluxDB use",
    (version, drawn) => {
      const { "secret-versions": versions } = secrets(version).resource.google_secret_manager_secret_version;
      const by = {
        ...Object.fromEntries(CUSTOMER_SECRETS.map((secret) => [secret, drawn.others])),
        "influxdb-operator-password": 1,
        "influxdb-operator-token": 1,
        "jvb-auth-password": drawn.odd,
        "jvb-auth-password-even": drawn.even,
      };
      expect(versions.secret_data_wo_version).toBe(`\${${JSON.stringify(by)}[each.key]}`);
    },
  );

  it("lets the server read them, and nobody else", () => {
    expect(secrets().resource.google_secret_manager_secret_iam_member).toEqual({
      "secret-readers": {
        for_each: "${google_secret_manager_secret.secrets}",
        secret_id: "${each.value.secret_id}",
        role: "roles/secretmanager.secretAccessor",
        member: "serviceAccount:srv",
      },
    });
  });

  it.each([true, false])("protects the secrets as told: %p", (protect) => {
    const { secrets: block } = secrets(1, protect).resource.google_secret_manager_secret;
    expect(block.lifecycle.prevent_destroy).toBe(protect);
  });

  it("stores two passwords for each pool, whose bridges from before a rotation keep theirs; they go with the pool", () => {
    const { resource, ephemeral } = secrets(2, true, [aGcpPool()]);
    const { "telemetry-secrets": block } = resource.google_secret_manager_secret;
    expect(block).toMatchObject({
      for_each: {
        "telemetry_acme_eu-burst": "abc-telemetry_acme_eu-burst",
        "telemetry_acme_eu-burst_even": "abc-telemetry_acme_eu-burst_even",
      },
      lifecycle: { prevent_destroy: false },
    });
    const { "telemetry-secret-versions": versions } = resource.google_secret_manager_secret_version;
    expect(versions.secret_data_wo).toBe("${ephemeral.random_password.telemetry-passwords[each.key].result}");
    expect(versions.secret_data_wo_version).toBe(
      '${{"telemetry_acme_eu-burst":1,"telemetry_acme_eu-burst_even":2}[each.key]}',
    );
    expect(ephemeral.random_password["telemetry-passwords"].length).toBe(32);
    const { "telemetry-secret-readers": readers } = resource.google_secret_manager_secret_iam_member;
    expect(readers).toMatchObject({
      for_each: "${google_secret_manager_secret.telemetry-secrets}",
      member: "serviceAccount:srv",
    });
  });
});
