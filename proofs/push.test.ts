import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Client } from "ssh2";
import { sshKey } from "../sandbox/machines/ssh-key";
import { PushedPool } from "./pushed-pool";

/**
 * Terraform's own provisioners, an SSH server, and the programs that run on the machines; only Docker and the bridge
 * are pretended. The tests are one story: each begins where the one before has ended.
 */
const SECRET = "TF_VAR_abc_jvb_auth_password";
const VERSION = "TF_VAR_abc_secrets_version";
const bridge = (number: number, ...events: string[]) =>
  events.map((event) => `acme-nl-static-${number}: ${event}`);
const UPLOADS = ["upload fleet-job.json", "upload fleet-secrets.json"];

let pool: PushedPool;
const secrets: string[] = [];
const useSecret = (value: string): void => {
  if (!secrets.includes(value)) secrets.push(value);
  pool.rehearsal.environment[SECRET] = value;
};
/** As in a shell that has not exported it. */
const withoutSecret = (): void => void Reflect.deleteProperty(pool.rehearsal.environment, SECRET);

/** An SSH agent that listens there and has this key. */
async function startAgent(socket: string, key: string): Promise<ChildProcess> {
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
  execFileSync("ssh-add", ["-q", key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return agent;
}

beforeAll(async () => {
  pool = await PushedPool.synthesized("size: 3\n");
  useSecret("canary0000first0000000000000000");
});
afterAll(() => pool.close());

describe("a push to Linode", () => {
  it("brings files and secrets to new machines, one after the other, and gives them calls when they are healthy", async () => {
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual(
      [1, 2, 3].flatMap((number) => bridge(number, ...UPLOADS, "started, drained", "released")),
    );
    const { root } = await pool.machine(2);
    const kept = join(root, "run/fleet/secrets/jvb.env");
    expect(readFileSync(kept, "utf8")).toBe(`JVB_AUTH_PASSWORD=${secrets[0]}\n`);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, "var/lib/fleet/secrets.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(root, "root")).sort()).toEqual(["fleet-push.sh"]);
  });

  it("touches no machine when nothing has changed", async () => {
    expect(await pool.planned()).toEqual([]);
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual([]);
  });

  it("drains a bridge that is in use, and waits for its last caller", async () => {
    await pool.changeFiles("second");
    const { bridge: first } = await pool.machine(1);
    first.endpoints = 2;
    const applied = pool.apply();
    while (!first.drained) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pool.events).toEqual(bridge(1, ...UPLOADS, "drained"));
    first.endpoints = 0;
    expect(await applied).toMatchObject({ code: 0 });
    expect(pool.events).toEqual(
      [1, 2, 3].flatMap((number) => bridge(number, ...UPLOADS, "drained", "started, drained", "released")),
    );
    expect(pool.log).toContain("fleet-push: drain: 2 on the bridge, 60 minutes left");
  });

  it("stops at a machine that fails, names it, and leaves the next ones as they were", async () => {
    await pool.changeFiles("third");
    const broken = join((await pool.machine(2)).docker, "broken-jvb");
    writeFileSync(broken, "no space left on device");
    const { code, stdout } = await pool.apply();
    expect(code).toBe(1);
    expect(pool.events).toEqual([
      ...bridge(1, ...UPLOADS, "drained", "started, drained", "released"),
      ...bridge(2, ...UPLOADS, "drained"),
    ]);
    expect(stdout).toMatch(/fleet-apply: action=fail reason=".*no space left on device"/);
    expect(stdout).toMatch(
      /fleet-push: acme-nl-static-2 \(203\.0\.113\.\d+\): step apply failed: .*Now the bridge takes no new calls until a push succeeds, and its calls go on\. Then run: npx fleet deploy bridges-acme-nl-static, or npx fleet deploy --resume .*\./,
    );
    expect(readdirSync(join((await pool.machine(2)).root, "root"))).toEqual(["fleet-push.sh"]);
    expect((await pool.machine(2)).bridge.drained).toBe(true);
    expect((await pool.machine(3)).bridge.drained).toBe(false);
    rmSync(broken);
  });

  it("goes on with that machine, and not with those that are done", async () => {
    expect(await pool.planned()).toEqual(["replace terraform_data.push-2", "create terraform_data.push-3"]);
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual(
      [2, 3].flatMap((number) => bridge(number, ...UPLOADS, "drained", "started, drained", "released")),
    );
    expect(await pool.planned()).toEqual([]);
  });

  it("says how to get a secret that is missing, before it touches the bridge", async () => {
    await pool.rotate(2, "size: 3\n");
    withoutSecret(); // a new copy draws one
    expect(await pool.planned()).toContain("replace terraform_data.push-1");
    const { code, stdout } = await pool.apply();
    expect(code).toBe(1);
    expect(stdout).toContain(
      `step job failed: no value for ${SECRET}: run  eval "$(npx fleet secrets env bridges-acme-nl-static)"  in the shell`,
    );
    expect(pool.events).toEqual(bridge(1, ...UPLOADS));
  });

  it("takes no secret from before the rotation, as a shell has that asked in the morning", async () => {
    const { environment } = pool.rehearsal;
    useSecret(secrets[0]!);
    environment[VERSION] = "1";
    const { code, stdout } = await pool.apply();
    expect(code).toBe(1);
    expect(stdout).toContain(
      `not of the version to deploy: ${SECRET} (${VERSION} is 1 and has to be 2), ` +
        `TF_VAR_abc_telemetry_acme_nl_static (${VERSION} is 1 and has to be 2): run  eval`,
    );
    expect(pool.events).toEqual(bridge(1, ...UPLOADS));
    environment[VERSION] = "2";
  });

  it("leaves no secret in a home directory where the program does not start", async () => {
    const { root } = await pool.machine(1);
    const python = join(root, "usr/local/sbin/python3");
    writeFileSync(python, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    expect(await pool.apply()).toMatchObject({ code: 1 });
    expect(pool.events).toEqual(bridge(1, ...UPLOADS));
    expect(readdirSync(join(root, "root"))).toEqual(["fleet-push.sh"]);
    rmSync(python);
  });

  it("brings a rotated secret", async () => {
    useSecret("canary0000second000000000000000");
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toHaveLength(3 * 5);
    const { root } = await pool.machine(3);
    expect(readFileSync(join(root, "run/fleet/secrets/jvb.env"), "utf8")).toBe(
      `JVB_AUTH_PASSWORD=${secrets[1]}\n`,
    );
  });

  it("needs no secret for what the machine has already", async () => {
    await pool.write("size: 3\ndraining: 1\n");
    withoutSecret();
    (await pool.machine(3)).bridge.endpoints = 4;
    expect(await pool.planned()).toEqual(["replace terraform_data.push-3"]);
    expect(await pool.apply()).toMatchObject({ code: 0 });
    useSecret(secrets[1]!);
  });

  it("keeps new calls off a draining bridge, whose calls go on, also after a restart", async () => {
    expect(pool.events).toEqual(bridge(3, ...UPLOADS, "drained"));
    const third = await pool.machine(3);
    expect(third.bridge).toMatchObject({ drained: true, endpoints: 4 });
    const containers = join(third.docker, "containers.json");
    writeFileSync(containers, readFileSync(containers, "utf8").replace(/"started":"/, '"started":"again-'));
    await pool.changeFiles("fourth");
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events.slice(-6)).toEqual(
      bridge(3, ...UPLOADS, "started, drained", "drained", "started, drained", "drained"),
    );
  });

  it("drains a bridge before its machine goes, and moves whoever is left at the deadline", async () => {
    await pool.write("size: 3\ndrainDeadlineMinutes: 0\n");
    expect(await pool.apply()).toMatchObject({ code: 0 });
    (await pool.machine(3)).bridge.endpoints = 2;
    await pool.write("size: 2\ndrainDeadlineMinutes: 0\n");
    const { code, stdout } = await pool.apply();
    expect(code).toBe(0);
    expect(pool.events).toEqual(bridge(3, "drained", "told to leave with 2 on it"));
    const order = [...stdout.matchAll(/^(\S+): Destruction complete/gm)].map(([, address]) => address);
    expect(order.indexOf('terraform_data.drain["bridge-3"]')).toBeLessThan(
      order.indexOf("linode_instance.bridge-3"),
    );
    // The bridge must reach its server for as long as it has calls.
    expect(stdout.indexOf("google_compute_firewall.brewery-abc: Modifying")).toBeGreaterThan(
      stdout.indexOf("linode_instance.bridge-3: Destruction complete"),
    );
  });

  it("keeps a machine that it cannot drain", async () => {
    await pool.write("size: 1\ndrainDeadlineMinutes: 0\n");
    const { bridge: second } = await pool.machine(2);
    second.refuses = true;
    const { code, stdout } = await pool.apply();
    expect(code).toBe(1);
    expect(stdout).toMatch(/acme-nl-static-2 \(.*\): step drain failed: the bridge answers 500/);
    expect(await pool.planned()).toContain("delete linode_instance.bridge-2");
    second.refuses = false;
    await pool.write("size: 2\n");
    expect(await pool.apply()).toMatchObject({ code: 0 });
  });

  it("drains with the agent of a person who has not the key file of the last deploy", async () => {
    const { environment } = pool.rehearsal;
    const key = environment["TF_VAR_ssh_private_key_file"]!;
    const ofAnother = join(pool.directory, "key-of-another");
    copyFileSync(key, ofAnother);
    environment["TF_VAR_ssh_private_key_file"] = ofAnother;
    await pool.write("size: 3\n");
    expect(await pool.apply()).toMatchObject({ code: 0 });
    rmSync(ofAnother);

    const agent = await startAgent(join(pool.directory, "agent"), key);
    Reflect.deleteProperty(environment, "TF_VAR_ssh_private_key_file");
    environment["SSH_AUTH_SOCK"] = join(pool.directory, "agent");
    await pool.write("size: 2\n");
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual(bridge(3, "drained"));
    agent.kill();
    environment["TF_VAR_ssh_private_key_file"] = key;
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual([]);
  });

  it("rebuilds one machine, drained first, and leaves the others alone", async () => {
    const before = await pool.machine(1);
    await pool.write("size: 2\nbridges:\n  bridge-1: { generation: 2 }\n");
    expect(await pool.planned()).toEqual(
      expect.arrayContaining([
        "replace linode_instance.bridge-1",
        "replace terraform_data.push-1",
        'replace terraform_data.drain["bridge-1"]',
      ]),
    );
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual(bridge(1, "drained", ...UPLOADS, "started, drained", "released"));
    expect((await pool.machine(1)).hostKey("ecdsa")).not.toBe(before.hostKey("ecdsa"));
  });

  it("refuses to rebuild two at once", async () => {
    await expect(
      pool.write("size: 2\nbridges:\n  bridge-1: { generation: 3 }\n  bridge-2: { generation: 2 }\n"),
    ).rejects.toThrow(
      /asks for new generations of bridge-1, bridge-2, and Terraform would take all of them away/,
    );
  });

  it("goes to no machine with another host key than the pinned one", async () => {
    const [first, second] = [await pool.machine(1), await pool.machine(2)];
    const pinned = (key: string) =>
      `size: 2\nbridges:\n  bridge-1: { generation: 2, hostKey: ${first.hostKey("ecdsa")} }\n` +
      `  bridge-2: { hostKey: ${key} }\n`;
    await pool.write(pinned(sshKey(join(pool.directory, "stranger"), "ecdsa").public));
    await pool.changeFiles("fifth");
    pool.rehearsal.environment["TF_VAR_ssh_timeout"] = "3s";
    const { code, stderr } = await pool.apply();
    expect(code).toBe(1);
    expect(stderr).toMatch(/knownhosts: key (mismatch|is unknown)/);
    expect(pool.events).toEqual(bridge(1, ...UPLOADS, "drained", "started, drained", "released"));

    await pool.write(pinned(second.hostKey("ecdsa")));
    await pool.changeFiles("fifth");
    expect(await pool.apply()).toMatchObject({ code: 0 });
    expect(pool.events).toEqual(bridge(2, ...UPLOADS, "drained", "started, drained", "released"));
  });

  it("leaves no secret in a state, a plan, a log or the output: only on the machines", () => {
    expect(secrets).toHaveLength(2);
    const places = readdirSync(pool.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => secrets.some((secret) => readFileSync(path).includes(secret)));
    const onMachine = join(pool.directory, "rehearsal/ssh/machines/");
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter((path) => !path.startsWith(onMachine))).toEqual([]);
    for (const secret of secrets) expect(pool.log).not.toContain(secret);
  });
});

describe("the pretended network", () => {
  it("has nobody at an address that no Linode has", async () => {
    const { environment } = pool.rehearsal;
    const refused = await new Promise<string>((resolve) => {
      const client = new Client();
      client.on("ready", () =>
        client.forwardOut("127.0.0.1", 1, "203.0.113.250", 22, (error) => {
          client.end();
          resolve(error?.message ?? "connected");
        }),
      );
      client.connect({
        host: "127.0.0.1",
        port: Number(environment["TF_VAR_ssh_bastion_port"]),
        username: "root",
        privateKey: readFileSync(environment["TF_VAR_ssh_private_key_file"]!),
      });
    });
    expect(refused).toMatch(/open failure/i);
  });
});
