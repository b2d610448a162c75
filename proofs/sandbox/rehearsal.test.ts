import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRehearsal } from "../../sandbox/rehearsal";
import { writeStacks } from "../../__tests__/builders/synthesized-stacks";
import { RehearsalProblem } from "../../sandbox/workspace/rehearsal-problem";
import type { Rehearsal } from "../../sandbox/rehearsal";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rehearsal-"));
const options = { synthesized: join(root, "synthesized"), directory: join(root, ".rehearsal") };
const CLOUDS = join(options.directory, "clouds.json");
const SECRET = "the-very-secret";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** Two stacks that know each other by name, as ours do. */
const network: Resources = {
  google_compute_network: {
    vpc: { name: "acme", auto_create_subnetworks: false, lifecycle: { prevent_destroy: true } },
  },
  google_compute_subnetwork: {
    eu: { name: "acme-eu", network: "${google_compute_network.vpc.id}", ip_cidr_range: "10.20.0.0/20" },
  },
};
const machines: Resources = {
  google_compute_instance: {
    server: {
      name: "abc",
      zone: "europe-west4-a",
      machine_type: "n2-standard-4",
      allow_stopping_for_update: true,
      deletion_protection: true,
      boot_disk: {
        initialize_params: { image: "projects/debian-cloud/global/images/family/debian-12", size: 20 },
      },
      network_interface: [
        { subnetwork: "projects/acme-prod/regions/europe-west4/subnetworks/acme-eu", access_config: [{}] },
      ],
      labels: { role: "server" },
    },
  },
  google_compute_region_instance_template: {
    bridge: {
      provider: "google-beta",
      name: "bridge",
      machine_type: "n2-standard-4",
      disk: [{ source_image: "projects/debian-cloud/global/images/family/debian-12", boot: true }],
      network_interface: [{ subnetwork: "acme-eu" }],
      scheduling: { graceful_shutdown: [{ enabled: true }] },
    },
  },
  google_secret_manager_secret: {
    drawn: { secret_id: "drawn", replication: { auto: {} } },
    told: { secret_id: "told", replication: { auto: {} } },
  },
  google_secret_manager_secret_version: {
    drawn: {
      secret: "${google_secret_manager_secret.drawn.id}",
      secret_data_wo: "${ephemeral.random_password.drawn.result}",
      secret_data_wo_version: 1,
    },
    told: {
      secret: "${google_secret_manager_secret.told.id}",
      secret_data_wo: SECRET,
      secret_data_wo_version: 1,
    },
  },
  linode_instance: {
    bridge: {
      for_each: '${toset(["1", "2"])}',
      label: "acme-${each.key}",
      region: "nl-ams",
      type: "g6-dedicated-4",
      image: "linode/ubuntu24.04",
      metadata: [{ user_data: "QQ==" }],
      tags: ["b", "a"],
    },
  },
  random_password: { kept: { length: 20, min_special: 2 } },
  tls_private_key: { key: { algorithm: "ED25519" } },
  terraform_data: { mark: { input: "acme" } },
};

const edited = (type: string, name: string, edit: Record<string, unknown>): Resources => ({
  ...machines,
  [type]: { ...machines[type], [name]: { ...machines[type]![name], ...edit } },
});

async function synthesize(resource: Resources): Promise<void> {
  const ephemeral = { random_password: { drawn: { length: 32, special: false } } };
  writeStacks(options.synthesized, { network: { resource: network }, machines: { ephemeral, resource } });
  await rehearsal?.copy(options.synthesized);
}

let rehearsal: Rehearsal;
beforeAll(async () => {
  await synthesize(machines);
  rehearsal = await startRehearsal(options);
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(root, { recursive: true });
});

const planned = async (stack = "machines"): Promise<string[]> =>
  (await rehearsal.plan(stack)).map(({ action, address, replacePaths }) =>
    [action, address, ...replacePaths].join(" "),
  );

describe("a rehearsal with the real Terraform", () => {
  it("refuses what refers to another stack's objects before they exist", async () => {
    await expect(rehearsal.apply("machines")).rejects.toThrow(
      /The resource 'projects\/acme-prod\/regions\/europe-west4\/subnetworks\/acme-eu' was not\s+found/,
    );
  });

  it("creates everything, by the real cdktf, and then finds nothing to change", async () => {
    expect(await planned("network")).toEqual([
      "create google_compute_network.vpc",
      "create google_compute_subnetwork.eu",
    ]);
    const { code, stdout } = await rehearsal.cdktfDeploy(["network", "machines"]);
    expect({ code, stdout: code === 0 ? "" : stdout }).toEqual({ code: 0, stdout: "" });
    expect(await planned("network")).toEqual([]);
    expect(await planned()).toEqual([]);
  });

  it("never writes down a write-only value", () => {
    const state = readFileSync(join(options.directory, "state/machines.tfstate"), "utf8");
    expect(state).toContain("projects/acme-prod/secrets/told");
    expect(state + readFileSync(CLOUDS, "utf8")).not.toContain(SECRET);
  });

  it("changes in place what can be changed", async () => {
    await synthesize(
      edited("google_compute_instance", "server", {
        machine_type: "n2-standard-8",
        labels: { role: "other" },
      }),
    );
    expect(await planned()).toEqual(["update google_compute_instance.server"]);
    // A workspace of the person who runs it would have another state.
    process.env["TF_WORKSPACE"] = "elsewhere";
    try {
      await rehearsal.apply("machines");
    } finally {
      delete process.env["TF_WORKSPACE"];
    }
    expect(await planned()).toEqual([]);
    await synthesize(machines);
    await rehearsal.apply("machines");
  });

  it("replaces what cannot, and says because of what", async () => {
    await synthesize(edited("linode_instance", "bridge", { metadata: [{ user_data: "Qg==" }] }));
    expect(await planned()).toEqual([
      'replace linode_instance.bridge["1"] metadata.0.user_data',
      'replace linode_instance.bridge["2"] metadata.0.user_data',
    ]);
    await synthesize(
      edited("google_compute_region_instance_template", "bridge", { machine_type: "n2-standard-8" }),
    );
    expect(await planned()).toEqual(["replace google_compute_region_instance_template.bridge machine_type"]);
    await synthesize(edited("google_secret_manager_secret_version", "told", { secret_data_wo_version: 2 }));
    expect(await planned()).toEqual([
      "replace google_secret_manager_secret_version.told secret_data_wo_version",
    ]);
    await synthesize(edited("random_password", "kept", { length: 21 }));
    expect(await planned()).toEqual(["replace random_password.kept length"]);
    await synthesize(machines);
  });

  it("sees what somebody did by hand", async () => {
    const before = readFileSync(CLOUDS, "utf8");
    const edit = (change: (linodes: Record<string, Record<string, unknown>>) => void): void => {
      const clouds = JSON.parse(before) as {
        objects: { linode: { linode_instance: Record<string, Record<string, unknown>> } };
      };
      change(clouds.objects.linode.linode_instance);
      writeFileSync(CLOUDS, JSON.stringify(clouds));
    };
    edit((linodes) => Object.values(linodes).forEach((linode) => (linode["watchdog_enabled"] = false)));
    expect(await planned()).toEqual([
      'update linode_instance.bridge["1"]',
      'update linode_instance.bridge["2"]',
    ]);
    edit((linodes) => Object.keys(linodes).forEach((id) => Reflect.deleteProperty(linodes, id)));
    expect(await planned()).toEqual([
      'create linode_instance.bridge["1"]',
      'create linode_instance.bridge["2"]',
    ]);
    writeFileSync(CLOUDS, before);
    expect(await planned()).toEqual([]);
  });

  it("imports what exists and refuses what does not", async () => {
    const address = "google_compute_subnetwork.eu";
    await rehearsal.terraform("network", ["state", "rm", address]);
    expect(await planned("network")).toEqual([`create ${address}`]);
    const wrong = await rehearsal.terraform("network", [
      "import",
      "-no-color",
      address,
      "acme-prod/europe-west4/other",
    ]);
    expect(wrong.stderr).toContain("Cannot import non-existent remote object");
    const right = await rehearsal.terraform("network", [
      "import",
      "-no-color",
      address,
      "acme-prod/europe-west4/acme-eu",
    ]);
    expect(right.code).toBe(0);
    expect(await planned("network")).toEqual([]);
    // Writes down on what the imported object depends: the order in which it can be destroyed.
    await rehearsal.apply("network");
  });

  it.each<[string, string, string, Record<string, unknown>, RegExp]>([
    [
      "an unknown argument",
      "google_compute_instance",
      "server",
      { colour: "red" },
      /Extraneous JSON object property[^]*"colour"/,
    ],
    [
      "a value outside a list, with its place",
      "google_compute_instance",
      "server",
      { network_interface: [{ network: "default", nic_type: "E1000" }] },
      /expected network_interface\.0\.nic_type to be one of[^]*with google_compute_instance\.server/,
    ],
    [
      "a missing argument",
      "google_secret_manager_secret",
      "told",
      { secret_id: null },
      /The argument "secret_id" is required/,
    ],
    [
      "a label that is too long",
      "linode_instance",
      "bridge",
      { label: `\${each.key}-${"a".repeat(50)}` },
      /expected length of label to be in the range \(3 - 50\)/,
    ],
    [
      "a password too short for its own rules",
      "random_password",
      "kept",
      { length: 1, min_special: 2 },
      /Attribute length value must be at least 2, got: 1/,
    ],
  ])("refuses %s", async (_, type, name, edit, message) => {
    await synthesize(edited(type, name, edit));
    const { code, stderr } = await rehearsal.terraform("machines", ["plan", "-no-color", "-input=false"]);
    expect(code).toBe(1);
    expect(stderr.replace(/\n[│╵╷] */g, "\n")).toMatch(message);
    await synthesize(machines);
  });

  it("keeps what is protected, and what is deployed but no longer synthesized, until it is told to let go", async () => {
    await expect(rehearsal.destroy("network")).rejects.toThrow("Instance cannot be destroyed");
    await expect(rehearsal.destroy("machines")).rejects.toThrow(
      /Cannot delete instance abc: instance Deletion Protection is enabled/,
    );
    // An edit that Terraform refuses, and that gives up a provider, is in nobody's way.
    const subnetwork = { eu: { ...network["google_compute_subnetwork"]!["eu"], ip_cidr_range: "wrong" } };
    rmSync(options.synthesized, { recursive: true });
    writeStacks(options.synthesized, {
      network: {
        resource: { ...network, google_compute_subnetwork: subnetwork },
        terraform: {},
        provider: {},
      },
    });
    await rehearsal.copy(options.synthesized);
    expect([rehearsal.stacks, rehearsal.leftOver]).toEqual([["network"], ["machines"]]);
    await expect(rehearsal.plan("network")).rejects.toThrow(RehearsalProblem);

    expect(await rehearsal.liftProtections("machines")).toEqual({ preventDestroy: 0, keptByCloud: 1 });
    expect(await rehearsal.liftProtections("network")).toEqual({ preventDestroy: 1, keptByCloud: 0 });
    const { code, stdout, stderr } = await rehearsal.cdktfDestroy(["machines", "network"]);
    expect({ code, said: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, said: "" });
    expect((JSON.parse(readFileSync(CLOUDS, "utf8")) as { objects: object }).objects).toEqual({});
    expect([rehearsal.isDeployed("machines"), rehearsal.isDeployed("network")]).toEqual([false, false]);
    await rehearsal.copy(options.synthesized);
    expect(rehearsal.leftOver).toEqual([]);
  });

  it("stops in good order when it is interrupted", async () => {
    const slow = {
      provisioner: [{ "local-exec": { command: "sleep 30" } }],
      depends_on: ["random_password.kept"],
    };
    await synthesize({ random_password: machines["random_password"]!, terraform_data: { slow } });
    let heard = "";
    const applied = rehearsal.terraform("machines", ["apply", "-auto-approve", "-no-color"], (line) => {
      heard += line;
      if (line.includes("Executing")) void rehearsal.interrupt();
    });
    expect((await applied).code).toBe(1);
    expect(heard).toContain("Interrupt received");
    expect(readdirSync(join(options.directory, "state")).filter((name) => name.includes("lock"))).toEqual([]);
    const { stdout } = await rehearsal.terraform("machines", ["state", "list"]);
    expect(stdout).toContain("random_password.kept");
  });

  it("says where the clouds are broken and what to do", async () => {
    const before = readFileSync(CLOUDS, "utf8");
    writeFileSync(CLOUDS, '{ "counters": {}, "objects": { "google": [] } }');
    const copied = rehearsal.copy(options.synthesized);
    await expect(copied).rejects.toThrow(RehearsalProblem);
    await expect(copied).rejects.toThrow(
      `${CLOUDS} cannot be read: objects.google is not an object; correct your edit, or delete ${options.directory} to start anew.`,
    );
    writeFileSync(CLOUDS, before);
  });

  it("says which state is broken and what to do", async () => {
    const path = join(options.directory, "state/network.tfstate");
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.slice(0, 20));
    expect(() => rehearsal.isDeployed("network")).toThrow(`: delete ${options.directory} to start anew.`);
    expect(() => rehearsal.isDeployed("network")).toThrow(RehearsalProblem);
    writeFileSync(path, before);
  });

  it("lets nobody else into its directory", async () => {
    await expect(startRehearsal(options)).rejects.toThrow(
      /is rehearsing in .*: wait until it ends, or end it\./,
    );
  });
});

describe("startRehearsal", () => {
  const elsewhere = { ...options, directory: join(root, "elsewhere") };

  it("says what to install when there is no Terraform", async () => {
    const before = process.env["TERRAFORM_BINARY_NAME"];
    process.env["TERRAFORM_BINARY_NAME"] = "no-such-terraform";
    try {
      await expect(startRehearsal(elsewhere)).rejects.toThrow(
        "Terraform 1.11.0 or newer is needed, but `no-such-terraform` was not found on the PATH",
      );
    } finally {
      if (before === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
      else process.env["TERRAFORM_BINARY_NAME"] = before;
    }
  });

  it("names a provider that the sandbox does not have", async () => {
    const synthesized = join(root, "unknown-provider");
    writeStacks(synthesized, {
      a: { terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } },
    });
    await expect(startRehearsal({ ...elsewhere, synthesized })).rejects.toThrow(
      "Stack a needs provider registry.terraform.io/hashicorp/aws, which the sandbox does not have; it has hashicorp/google, hashicorp/google-beta, linode/linode, hashicorp/random, hashicorp/tls.",
    );
  });

  it("names the command when nothing was synthesized", async () => {
    await expect(startRehearsal({ ...elsewhere, synthesized: join(root, "nothing") })).rejects.toThrow(
      "run `npm run synth` first",
    );
  });
});
