import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformResource } from "cdktf";
import { buildDrainBeforeDestroy } from "../../../modules/linode/drain-before-destroy";
import { buildLinodePushes, FLEET_PUSH } from "../../../modules/linode/pushes";
import { declareSshAccess } from "../../../modules/linode/ssh-access";
import type { LinodeBridge } from "../../../modules/linode/bridges";
import type { Account } from "../../../model/fleet";
import { terraformOf } from "../../builders/terraform";

const MACHINE_KEY = `ecdsa-sha2-nistp256 ${"A".repeat(68)}`;

const aBridge = (number: number, overrides: Partial<LinodeBridge> = {}): LinodeBridge => ({
  number,
  id: `bridge-${number}`,
  label: `acme-nl-static-${number}`,
  address: `203.0.113.${number}`,
  machineId: `\${linode_instance.bridge-${number}.id}`,
  hostKey: undefined,
  draining: false,
  ...overrides,
});

const built = (bridges: readonly LinodeBridge[], bastion?: Account["operators"]["bastion"]) =>
  terraformOf((stack) => {
    const ssh = declareSshAccess(stack, bastion);
    const server = new TerraformResource(stack, "server", {
      terraformResourceType: "google_compute_firewall",
    });
    const common = { bridges, ssh, again: "run: npx fleet deploy x", drainDeadlineMinutes: 30 };
    buildDrainBeforeDestroy(stack, common);
    buildLinodePushes(stack, {
      ...common,
      files: "local.machine_files",
      programs: { [FLEET_PUSH]: '${file("files/fleet-push")}' },
      secrets: {
        "jvb.env": {
          JVB_AUTH_PASSWORD: {
            customer: "abc",
            variable: "abc_jvb_auth_password",
            versionVariable: "abc_secrets_version",
          },
        },
      },
      secretsVersion: "abc=3",
      secretsCommand: 'eval "$(npx fleet secrets env x)"',
      after: [server],
    });
  });
const data = (...bridges: LinodeBridge[]) => built(bridges).resource.terraform_data;
const scriptOf = (push: { provisioner: { "remote-exec"?: { inline: string[] } }[] }): string =>
  push.provisioner.flatMap((each) => each["remote-exec"]?.inline ?? []).join("\n");

describe("buildLinodePushes", () => {
  it("goes from machine to machine, when the way to the server is open", () => {
    const { "push-1": first, "push-2": second, "push-3": third } = data(aBridge(1), aBridge(2), aBridge(3));
    expect(first.depends_on).toEqual(["google_compute_firewall.server"]);
    expect(second.depends_on).toEqual(["google_compute_firewall.server", "terraform_data.push-1"]);
    expect(third.depends_on).toEqual(["google_compute_firewall.server", "terraform_data.push-2"]);
  });

  it("pushes again for other files, programs, secrets, another machine or another drain, and for nothing else", () => {
    expect(data(aBridge(1, { draining: true }))["push-1"].triggers_replace).toEqual({
      machine: "${linode_instance.bridge-1.id}",
      files: "${sha256(jsonencode(local.push_job.files))}",
      secrets: "abc=3",
      draining: true,
    });
  });

  it("says which machine it is, how long a drain may take, and whether it lasts", () => {
    const { "push-1": first, "push-2": second } = data(aBridge(1), aBridge(2, { draining: true }));
    expect(scriptOf(first)).toContain(
      "--machine 'acme-nl-static-1 (203.0.113.1)' --again 'run: npx fleet deploy x' --drain-minutes 30 push " +
        "fleet-job.json fleet-secrets.json",
    );
    expect(scriptOf(first)).not.toContain("--stay-drained");
    expect(scriptOf(second)).toMatch(/ --stay-drained$/);
  });

  it("leaves none of its files in root's home directory, even where the program does not start", () => {
    const home = mkdtempSync(join(tmpdir(), "fleet-pushes-"));
    for (const name of ["fleet-job.json", "fleet-secrets.json"]) writeFileSync(join(home, name), "{}");
    const script = scriptOf(data(aBridge(1))["push-1"]);
    const { status } = spawnSync("sh", ["-c", script], { cwd: home }); // a job without programs
    const left = readdirSync(home);
    rmSync(home, { recursive: true });
    expect({ status: status === 0, left }).toEqual({ status: false, left: [] });
    expect(script).toMatch(/^set -e\ntrap 'rm -f fleet-secrets\.json fleet-job\.json fleet-push\.py' EXIT\n/);
  });

  it("brings secrets from variables that no plan and no state keeps, alone in their provisioner", () => {
    const { variable, resource } = built([aBridge(1)]);
    expect(variable.abc_jvb_auth_password).toMatchObject({ ephemeral: true, sensitive: true, default: null });
    const withSecret = resource.terraform_data["push-1"].provisioner.filter((each: object) =>
      JSON.stringify(each).includes("var.abc_jvb_auth_password"),
    );
    expect(withSecret).toEqual([
      { file: { content: expect.any(String) as string, destination: "fleet-secrets.json" } },
    ]);
  });

  it("brings with each secret the version that it is of, null unless the person says so", () => {
    const { variable, resource } = built([aBridge(1)]);
    expect(variable.abc_secrets_version).toMatchObject({ type: "number", ephemeral: true, default: null });
    expect(variable.abc_secrets_version).not.toHaveProperty("sensitive");
    expect(resource.terraform_data["push-1"].provisioner[1].file.content).toBe(
      '${jsonencode({ "jvb.env" = { JVB_AUTH_PASSWORD = { from = "TF_VAR_abc_jvb_auth_password", ' +
        'value = var.abc_jvb_auth_password, version = { of = "abc", from = "TF_VAR_abc_secrets_version", ' +
        "value = var.abc_secrets_version } } } })}",
    );
  });
});

describe("buildDrainBeforeDestroy", () => {
  it("is one resource for all machines: what a removed block says about a destroy would not be done", () => {
    const { drain } = data(aBridge(1), aBridge(2));
    expect(Object.keys(drain.for_each)).toEqual(["bridge-1", "bridge-2"]);
    expect(drain.triggers_replace).toBe("${each.value.machine}");
  });

  it("knows at a destroy only what it has kept itself", () => {
    const { drain } = data(aBridge(1));
    const [{ "remote-exec": exec }] = drain.provisioner;
    expect(exec.when).toBe("destroy");
    expect(exec).not.toHaveProperty("on_failure"); // a machine that cannot be drained stays
    expect(JSON.stringify(exec)).not.toMatch(/\$\{[^}]*\b(?:var|local|each)\./);
    const used = [...JSON.stringify(exec).matchAll(/self\.output\.(\w+)/g)].map(([, name]) => name!);
    expect(Object.keys(drain.input)).toEqual(expect.arrayContaining([...new Set(used)]));
  });
});

describe("declareSshAccess", () => {
  it("takes the agent, no bastion and any host key, unless somebody says otherwise", () => {
    const { variable, resource } = built([aBridge(1)]);
    expect(variable.ssh_private_key_file.default).toBeNull();
    expect(variable.ssh_bastion_host.default).toBeNull();
    expect(variable.ssh_timeout.default).toBe("10m");
    const { connection } = resource.terraform_data["push-1"];
    expect(connection).toMatchObject({ user: "root", agent: "${var.ssh_private_key_file == null}" });
    expect(connection).not.toHaveProperty("host_key");
  });

  it("drains before a destroy with the agent, where the key file of the last deploy is on another disk", () => {
    const [{ "remote-exec": exec }] = built([aBridge(1)]).resource.terraform_data["drain"].provisioner;
    expect(exec.connection).toMatchObject({
      agent: '${!fileexists(pathexpand(coalesce(self.output.private_key_file, "-")))}',
      private_key: expect.stringMatching(/^\$\{fileexists\(.+\) \? file\(.+\) : null\}$/),
    });
  });

  it("goes by way of the account's bastion", () => {
    const bastion = { host: "bastion.acme.example", port: 2222, user: "ops", hostKey: MACHINE_KEY };
    const { variable } = built([aBridge(1)], bastion);
    expect([
      variable.ssh_bastion_host.default,
      variable.ssh_bastion_port.default,
      variable.ssh_bastion_user.default,
      variable.ssh_bastion_host_key.default,
    ]).toEqual(["bastion.acme.example", 2222, "ops", MACHINE_KEY]);
  });

  it("holds a machine against its key", () => {
    const { connection } = data(aBridge(1, { hostKey: MACHINE_KEY }))["push-1"];
    expect(connection.host_key).toContain(`coalesce(var.ssh_bastion_host, "-") == "-" ? "${MACHINE_KEY}" : `);
  });
});
