import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { ServiceAccountKey } from "@cdktf/provider-google/lib/service-account-key";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import { Password } from "@cdktf/provider-random/lib/password";
import { findingsOf } from "../builders/policy-findings";
import { renderings } from "../render/renderings";

const policyFindings = findingsOf("secrets");

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

  const inFile = (path: string, text: string) =>
    policyFindings(() => undefined, { files: new Map([[path, text]]) });

  it.each([...renderings])("accepts the files of %s", (_, files) => {
    expect(policyFindings(() => undefined, { files })).toEqual([]);
  });

  it.each([
    ["jvb.env", "A=1\nJVB_AUTH_PASSWORD=swordfish\n", "JVB_AUTH_PASSWORD"],
    ["jvb.env", "JVB_AUTH_PASSWORD_XYZ='swordfish'\n", "JVB_AUTH_PASSWORD_XYZ"],
    ["jvb/more.conf", 'shard0 {\n  PASSWORD = "swordfish"\n}\n', "PASSWORD"],
    ["jvb/more.conf", 'a.b.client-secret = "sword${fish}"\n', "a.b.client-secret"],
    ["jvb/videobridge.rc", "export TURN_CREDENTIALS=swordfish\n", "TURN_CREDENTIALS"],
    ["compose.yaml", "environment:\n  - INFLUX_TOKEN=swordfish\n", "INFLUX_TOKEN"],
    ["grafana/datasources.yaml", "password: $wordfish\n", "password"],
    ["grafana.env", "SMTP_PASSWORD__FILE=/tmp/fleet-secrets/sword/fish\n", "SMTP_PASSWORD__FILE"],
    ["grafana/datasources.yaml", "password: $__file{swordfish}\n", "password"],
    ["setup.sh", 'password=$(printenv "$3") || password=swordfish\n', "password"],
    ["setup.sh", "password=$(echo swordfish)\n", "password"],
    ["compose.yaml", "environment:\n  JWT_APP_SECRET: swordfish\n", "JWT_APP_SECRET"],
  ])("refuses a secret in %s: %p", (name, text, setting) => {
    const path = `files/server/etc/fleet/${name}`;
    expect(inFile(path, text)).toEqual([
      `stack: ${path}: ${setting} holds a secret; everyone who may see the repository or the machine's metadata reads ` +
        "it; let the machine fetch it at boot (secrets.json)",
    ]);
  });

  it.each([
    "PASSWORD = ${JVB_AUTH_PASSWORD}\n",
    "# PASSWORD=x\n",
    "env_file: [/run/fleet/secrets/jvb.env]\n",
    "password: $TELEMETRY_READ_PASSWORD\n",
    "SMTP_PASSWORD__FILE=/tmp/fleet-secrets/smtp.txt\n",
    "password: $__file{/tmp/fleet-secrets/smtp.txt}\n",
    'password=$(printenv "$3") || exit 1\n',
  ])("accepts %p", (text) => {
    expect(inFile("files/bridge/etc/fleet/jvb/more.conf", text)).toEqual([]);
  });

  it("refuses a file's content where the machine is told what to fetch", () => {
    const path = "files/server/etc/fleet/secrets.json";
    expect(inFile(path, '{"certificate.pem": "projects/acme-meet-prod/secrets/abc-certificate"}')).toEqual(
      [],
    );
    expect(inFile(path, '{"certificate.pem": "-----BEGIN PRIVATE KEY-----"}')).toEqual([
      `stack: ${path}: certificate.pem is not the name of a secret, so it may be one; everyone who may see the ` +
        "repository or the machine's metadata reads it; write projects/<project>/secrets/<name>",
    ]);
  });

  it("takes the code of the programs for what it is", () => {
    expect(inFile("files/server/etc/fleet/programs/fleet-secrets", "token = answer.read()\n")).toEqual([]);
  });

  it("leaves the page alone, which everybody reads: its settings only sound like secrets", () => {
    const text = "config.tokenAuthUrl = 'https://login.acme.example';\n";
    expect(inFile("files/server/etc/fleet/web/custom-config.js", text)).toEqual([]);
  });

  it("takes names of secrets that become files, and nothing else", () => {
    const path = "files/bridge/etc/fleet/secrets.json";
    const login = (value: string) => inFile(path, JSON.stringify({ "registry.json": value }));
    expect(login("projects/acme-meet-prod/secrets/acme-registry")).toEqual([]);
    expect(login('{"auths":{}}')).toEqual([
      `stack: ${path}: registry.json is not the name of a secret, so it may be one; everyone who may see ` +
        "the repository or the machine's metadata reads it; write projects/<project>/secrets/<name>",
    ]);
  });

  it("refuses anything but names where the machine is told what to fetch", () => {
    const path = "files/bridge/etc/fleet/secrets.json";
    const secrets = { A: "projects/acme-meet-prod/secrets/abc-jvb-auth-password", B: "swordfish", C: 7 };
    expect(inFile(path, JSON.stringify({ "jvb.env": secrets }))).toEqual(
      ["B", "C"].map(
        (variable) =>
          `stack: ${path}: ${variable} of jvb.env is not the name of a secret, so it may be one; everyone who may see ` +
          "the repository or the machine's metadata reads it; write projects/<project>/secrets/<name>",
      ),
    );
  });
});
