import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderServerFiles } from "../../render/server/server-files";
import { aBundle, COMPOSE, packed, SERVICES } from "../builders/bundle";
import { aServerInput } from "../builders/machine-input";
import { describeWithPython, TrialMachine } from "../builders/trial-machine";
import type { Bundle } from "../builders/trial-machine";

jest.setTimeout(30_000);

const IN_ORDER = ["prosody", "jicofo", "web", "jvb"];

let machine: TrialMachine;
beforeEach(async () => {
  machine = await TrialMachine.start();
});
afterEach(() => machine.close());

/** Applies the bundle as a Google machine does; returns the services whose container is another one than before. */
async function apply(bundle: Bundle, address?: string): Promise<string[]> {
  const before = machine.ids();
  machine.metadata.google(bundle, address);
  expect(await machine.run("google")).toMatchObject({ code: 0, err: "" });
  expect(machine.files()).toEqual(bundle);
  const after = machine.ids();
  const restarted = machine.status().restarted.filter((name) => before[name] !== after[name]);
  expect(machine.status().restarted).toEqual(restarted);
  expect(
    Object.keys(after)
      .filter((name) => before[name] !== after[name])
      .sort(),
  ).toEqual([...restarted].sort());
  return restarted;
}

describeWithPython("fleet-apply google", () => {
  it("takes files of both values as one set; a program that reads only fleet-files brings the services up too", async () => {
    const board = "/etc/fleet/grafana/dashboards/customer.json";
    const bundle = aBundle(
      { [board]: "" },
      { grafana: { image: "grafana:1", volumes: [`${board}:/board`] } },
    );
    // As long as a machine runs a program of before, it is as if there were no second value.
    await apply(bundle);
    expect(machine.containers()["grafana"]!.sees).toEqual({ "/board": "" });

    machine.metadata.googleWith(bundle, packed({ [board]: "{}" }));
    expect(await machine.run("google")).toMatchObject({ code: 0, err: "" });
    expect(machine.status().restarted).toEqual(["grafana"]);
    expect(machine.containers()["grafana"]!.sees).toEqual({ "/board": "{}" });
    expect(machine.files()).toEqual({ ...bundle, [board]: "{}" });
  });

  it("brings up the services of a rendered server on its first boot", async () => {
    const files = new Map(renderServerFiles(aServerInput()));
    files.set(COMPOSE, JSON.stringify(load(files.get(COMPOSE)!)));
    for (const [secret] of files.get("/etc/fleet/secrets.json")!.matchAll(/projects\/[^"]+/g))
      machine.metadata.secrets.set(secret, "x");
    const long = [...files].filter(([path]) => path.startsWith("/etc/fleet/grafana/"));
    const plain = new Map([...files, ...long.map(([path]) => [path, ""] as const)]);
    machine.metadata.googleWith(Object.fromEntries(plain), packed(Object.fromEntries(long)));

    const { code, out, err } = await machine.run("google");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(machine.files()).toEqual(Object.fromEntries(files));
    for (const path of files.keys()) expect(statSync(join(machine.root, path)).mode & 0o777).toBe(0o644);
    expect(machine.read("/run/fleet/host.env")).toBe(
      "FLEET_INSTANCE=acme-eu-burst-x7k2\nFLEET_INSTANCE_ID=4711471147114711471\nFLEET_ZONE=europe-west4-a\nJVB_ADVERTISE_IPS=198.51.100.7\n",
    );
    const [set] = machine.names("/etc/fleet.d");
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(out.replace(/seconds=[\d.]+/, "seconds=?").split("\n")).toEqual([
      'fleet-apply: action=fetch unit=fleet-secrets.service lacking="/etc/fleet/secrets.json"',
      `fleet-apply: action=write set=${set} files=${files.size} bytes=${bytes}`,
      `fleet-apply: action=switch set=${set}`,
      "fleet-apply: action=create service=prosody-brewery",
      "fleet-apply: action=create service=prosody",
      "fleet-apply: action=create service=jicofo",
      "fleet-apply: action=create service=web",
      "fleet-apply: action=create service=grafana",
      "fleet-apply: action=create service=influxdb",
      "fleet-apply: action=create service=influxdb-setup",
      "fleet-apply: action=create service=keeper",
      "fleet-apply: action=create service=telegraf",
      `fleet-apply: action=done set=${set!.split("-")[0]} seconds=? restarted=prosody-brewery,prosody,jicofo,web,grafana,influxdb,influxdb-setup,keeper,telegraf`,
      "",
    ]);
    expect(machine.names("/run/fleet")).toEqual([
      "host.env",
      "labels.json",
      "lock",
      "secrets",
      "secrets.json",
      "status.json",
    ]);
  });

  it("says in the status file what it did", async () => {
    const before = Math.floor(Date.now() / 1000);
    await apply(aBundle());
    const { seconds, applied_at, ...status } = machine.status();
    expect(status).toEqual({
      result: "applied",
      code: 0,
      ok: true,
      reason: "",
      generation: machine.names("/etc/fleet.d")[0]!.split("-")[0],
      attempt: 1,
      restarted: IN_ORDER,
    });
    expect(applied_at).toBeGreaterThanOrEqual(before);
    expect(seconds).toBeGreaterThan(0);
  });

  it("pulls the images before it touches a container", async () => {
    await apply(aBundle());
    const words = machine
      .calls()
      .map((call) => / (config|pull|up) /.exec(`${call} `)?.[1] ?? call.split(" ")[0]);
    expect(words.slice(0, 4)).toEqual(["config", "pull", "ps", "up"]);
  });

  it("writes text as it is", async () => {
    const text = "naïve $HOME %{x} \\n\r\n\t'\"\n";
    await apply(aBundle({ "/etc/fleet/jicofo/custom-jicofo.conf": text }));
    expect(machine.containers()["jicofo"]!.sees["/config"]).toMatchObject({ "custom-jicofo.conf": text });
  });

  describe("on a running machine", () => {
    beforeEach(async () => {
      expect(await apply(aBundle())).toEqual(IN_ORDER);
    });

    it("restarts what a change concerns, and nothing else", async () => {
      const all = Object.fromEntries(IN_ORDER.map((name) => [name, { image: "all:2" }]));
      let files: Record<string, string | undefined> = {};
      let services = {};
      // Each change comes on top of those before it.
      for (const [change, restarted] of [
        [{}, []],
        [{ files: { "/etc/fleet/jicofo/custom-jicofo.conf": "a = 2\n" } }, ["jicofo"]],
        [{ files: { "/etc/fleet/jicofo/more.conf": "" } }, ["jicofo"]],
        [{ files: { "/etc/fleet/jicofo/logging.properties": undefined } }, ["jicofo"]],
        [{ files: { "/etc/fleet/web/custom-config.js": "config.a = 2;\n" } }, ["web"]],
        [{ files: { "/etc/fleet/prosody.env": "A=2\n" } }, ["prosody"]],
        [{ files: { "/etc/fleet/prosody.env": "# why\nA=2\n" } }, []],
        [{ files: { "/etc/fleet/motd": "of no service\n" } }, []],
        [{ services: { jvb: { ...SERVICES.jvb, image: "jvb:2" } } }, ["jvb"]],
        [{ services: { web: { ...SERVICES.web, depends_on: [] } } }, []],
        [{ services: { grafana: { image: "grafana:1" } } }, ["grafana"]],
        [{ services: all, files: { "/etc/fleet/prosody.env": "A=3\n" } }, IN_ORDER],
      ] as const satisfies [{ files?: typeof files; services?: typeof services }, readonly string[]][]) {
        if ("files" in change) files = { ...files, ...change.files };
        if ("services" in change) services = { ...services, ...change.services };
        const bundle = aBundle(files, services);
        expect([change, await apply(bundle)]).toEqual([change, restarted]);
        // Every container sees the files of the set, whether it was restarted or not.
        const { jicofo, web } = machine.containers();
        if (jicofo!.image === "jicofo:1") {
          const configured = Object.entries(bundle).filter(([path]) => path.startsWith("/etc/fleet/jicofo/"));
          expect(jicofo!.sees["/config"]).toEqual(
            Object.fromEntries(configured.map(([path, text]) => [path.split("/").pop(), text])),
          );
          const script = bundle["/etc/fleet/web/custom-config.js"];
          expect(web!.sees["/config/custom-config.js"]).toBe(script);
        }
      }
    });

    it("runs what ends by itself every time, and calls it restarted when it is another container", async () => {
      const setup = {
        image: "setup:1",
        labels: { "fleet.ends": "true" },
        volumes: ["/etc/fleet/setup:/setup:ro"],
      };
      const withSetup = (accounts: string) => aBundle({ "/etc/fleet/setup/accounts": accounts }, { setup });
      const runs = () => machine.containers()["setup"]!.runs;
      expect(await apply(withSetup("a\n"))).toEqual(["setup"]);
      expect(machine.containers()["setup"]).toMatchObject({ state: "exited", runs: 1 });
      expect([await apply(withSetup("a\n")), runs()]).toEqual([[], 2]);
      machine.reboot();
      expect([await apply(withSetup("a\n")), runs()]).toEqual([IN_ORDER, 3]);
      // A pool came: nothing else starts anew.
      expect([await apply(withSetup("a\nb\n")), runs()]).toEqual([["setup"], 1]);
    });

    it("a service that is no more is removed", async () => {
      machine.metadata.google(aBundle({}, { jvb: undefined }));
      const { out } = await machine.run("google");
      expect(out).toContain("fleet-apply: action=stop service=jvb\n");
      expect(Object.keys(machine.containers()).sort()).toEqual(["jicofo", "prosody", "web"]);
    });

    it("a new address restarts the bridge alone", async () => {
      expect(await apply(aBundle(), "198.51.100.8")).toEqual(["jvb"]);
      expect(machine.containers()["jvb"]!.environment).toMatchObject({ JVB_ADVERTISE_IPS: "198.51.100.8" });
    });

    it("a container that ended is started", async () => {
      machine.changeContainers((container) =>
        container.image === "jvb:1" ? { ...container, state: "exited" } : container,
      );
      expect(await apply(aBundle())).toEqual(["jvb"]);
    });

    it("keeps a set as long as a container that was not restarted has it mounted", async () => {
      const [first] = machine.names("/etc/fleet.d");
      await apply(aBundle({ "/etc/fleet/jicofo/custom-jicofo.conf": "a = 2\n" }));
      expect(machine.names("/etc/fleet.d")).toHaveLength(2);
      expect(machine.names("/etc/fleet.d")).toContain(first);
      await apply(
        aBundle({ "/etc/fleet/jicofo/custom-jicofo.conf": "a = 3\n", "/etc/fleet/web/custom-config.js": "" }),
      );
      expect(machine.names("/etc/fleet.d")).toHaveLength(1);
      expect(machine.names("/etc/fleet.d")).not.toContain(first);
    });

    it("puts right what was edited by hand, and never within a set that may be mounted", async () => {
      const [first] = machine.names("/etc/fleet.d");
      machine.write("/etc/fleet/jicofo/custom-jicofo.conf", "edited\n");
      await apply(aBundle());
      expect(machine.read(`/etc/fleet.d/${first}/jicofo/custom-jicofo.conf`)).toBe("edited\n");
      expect(machine.names("/etc/fleet.d")).toEqual([first, first!.replace(/0$/, "1")]);
    });

    it("goes back to a set that is still there", async () => {
      await apply(aBundle({ "/etc/fleet/prosody.env": "A=2\n" }));
      expect(await apply(aBundle())).toEqual(["prosody"]);
      expect(machine.status().restarted).toEqual(["prosody"]);
    });

    it("is one link away from the set, and the link is relative", () => {
      expect(lstatSync(join(machine.root, "etc/fleet")).isSymbolicLink()).toBe(true);
      renameSync(machine.root, `${machine.root}-elsewhere`);
      expect(existsSync(join(`${machine.root}-elsewhere`, COMPOSE))).toBe(true);
      renameSync(`${machine.root}-elsewhere`, machine.root);
    });

    it("starts everything after a reboot, with the address of this boot", async () => {
      machine.reboot();
      expect(await apply(aBundle(), "198.51.100.9")).toEqual(IN_ORDER);
      expect(machine.containers()["jvb"]!.environment["JVB_ADVERTISE_IPS"]).toBe("198.51.100.9");
    });
  });
});

describeWithPython("fleet-apply, when something fails,", () => {
  it("stops there, and the next run goes on without restarting what is right already", async () => {
    machine.breakService("jicofo", "pulling\nno such image\n");
    machine.metadata.google(aBundle());
    const { code, err } = await machine.run("google");
    expect({ code, err }).toEqual({
      code: 69,
      err: expect.stringMatching(
        /^fleet-apply: action=fail reason="docker compose .* jicofo: no such image"\n$/,
      ),
    });
    expect(machine.status()).toMatchObject({
      result: "failed",
      code: 69,
      reason: expect.stringContaining("no such image"),
      applied_at: 0,
      restarted: ["prosody"],
    });
    expect(machine.files()).toEqual(aBundle());
    machine.breakService("jicofo", undefined);
    expect(await apply(aBundle())).toEqual(["jicofo", "web", "jvb"]);
  });

  it("starts what calls need without what they do without, such as telemetry, and asks to be tried again", async () => {
    machine.breakService("telegraf", "no such image\n");
    machine.metadata.google(aBundle({}, { telegraf: { image: "telegraf:1" } }));
    expect(await machine.run("google")).toMatchObject({
      code: 70,
      err: expect.stringMatching(
        /^fleet-apply: action=fail reason="telegraf: docker compose .*: no such image"\n$/,
      ),
    });
    expect(machine.status()).toMatchObject({ result: "failed", code: 70, ok: false, restarted: IN_ORDER });
    machine.breakService("telegraf", undefined);
    expect(await machine.run("google")).toMatchObject({ code: 0 });
    expect(machine.status()).toMatchObject({ ok: true, restarted: ["telegraf"] });
  });

  it("keeps the time of the last run that went well", async () => {
    await apply(aBundle());
    const { applied_at } = machine.status();
    machine.dockerAway(true);
    expect((await machine.run("google")).code).toBe(69);
    expect(machine.status()).toMatchObject({ result: "failed", applied_at });
    expect(machine.status().reason).toMatch(/Is the docker daemon running\?$/);
  });

  it("waits for secrets that are not there yet: that is not the bundle's fault", async () => {
    const env_file = ["/etc/fleet/prosody.env", "/run/fleet/secrets/prosody.env"];
    const bundle = aBundle({}, { prosody: { image: "prosody:1", env_file } });
    machine.metadata.google(bundle);
    expect(await machine.run("google")).toMatchObject({
      code: 69,
      err: expect.stringContaining("no secrets yet for /run/fleet/secrets/prosody.env"),
    });
    machine.write("/run/fleet/secrets/prosody.env", "PASSWORD=x\n");
    await apply(bundle);
    expect(machine.containers()["prosody"]!.environment).toEqual({ A: "1", PASSWORD: "x" });
  });

  it.each<[string, () => unknown, string]>([
    [
      "the metadata has no files yet",
      () => machine.metadata.withoutFiles(),
      "the machine has no fleet-files: deploy its stack again",
    ],
    ["the metadata server is out of order", () => (machine.metadata.outage = 503), "503"],
    [
      "the machine has no public address",
      () => machine.metadata.google(aBundle(), ""),
      "the machine has no public IPv4 address: ''",
    ],
    [
      "its name is no name",
      () => machine.metadata.google(aBundle(), "198.51.100.7", "a\nB=1"),
      "the machine has no name: 'a\\\\nB=1'",
    ],
    [
      "its zone is no zone",
      () => machine.metadata.google(aBundle(), "198.51.100.7", "a", ""),
      "the machine has no zone: ''",
    ],
    ["nothing can be written", () => writeFileSync(join(machine.root, "etc"), ""), "Not a directory"],
  ])("asks to be tried again when %s", async (_, cause, message) => {
    machine.metadata.google(aBundle());
    cause();
    const { code, err } = await machine.run("google");
    expect(code).toBe(69);
    expect(err).toMatch(/^fleet-apply: action=fail reason=".+"\n$/);
    expect(err).toContain(message);
    expect(machine.files()).toEqual({});
    expect(machine.containers()).toEqual({});
  });

  it("asks to be tried again when nobody answers at the metadata server's address", async () => {
    await machine.metadata.stop();
    const { code, err } = await machine.run("google");
    expect({ code, err }).toEqual({ code: 69, err: expect.stringContaining("Connection refused") });
  });
});

describeWithPython("fleet-apply linode", () => {
  const ip = { ipv4: { public: ["203.0.113.9/32"], private: [] }, ipv6: {} };
  const instance = { label: "acme-nl-static-1", region: "nl-ams" };
  const cloudInit = () => {
    for (const [path, text] of Object.entries(aBundle())) machine.write(path, text);
  };

  it("takes over the files that cloud-init wrote", async () => {
    machine.metadata.linode(instance, ip);
    cloudInit();
    expect(await machine.run("linode")).toMatchObject({ code: 0, err: "" });
    expect(machine.read("/run/fleet/host.env")).toBe(
      "FLEET_INSTANCE=acme-nl-static-1\nFLEET_ZONE=nl-ams\nJVB_ADVERTISE_IPS=203.0.113.9\n",
    );
    expect(machine.status()).toMatchObject({ result: "applied", restarted: IN_ORDER });
    expect(machine.files()).toEqual(aBundle());
    expect(lstatSync(join(machine.root, "etc/fleet")).isSymbolicLink()).toBe(true);
    expect(machine.names("/etc/fleet.d")).toHaveLength(1);
    const ids = machine.ids();
    expect((await machine.run("linode")).code).toBe(0);
    expect(machine.ids()).toEqual(ids);
  });

  it("refuses files on disk that do not do", async () => {
    machine.metadata.linode(instance, ip);
    machine.write(COMPOSE, "services:");
    expect(await machine.run("linode")).toMatchObject({ code: 65 });
    expect(machine.status()).toMatchObject({ result: "refused", restarted: [] });
  });

  it("has nothing to start without files", async () => {
    machine.metadata.linode(instance, ip);
    expect(await machine.run("linode")).toMatchObject({
      code: 69,
      err: expect.stringContaining("no files: neither from the metadata nor in /etc/fleet"),
    });
  });

  it.each<[string, unknown, unknown]>([
    ["without a label", { ...instance, label: null }, ip],
    ["without a region", { label: "a" }, ip],
    ["with an empty region", { ...instance, region: "" }, ip],
    ["without an address", instance, { ipv4: { public: [] } }],
    ["in another form", instance, []],
  ])("does not start with an identity %s", async (_, answered, network) => {
    machine.metadata.linode(answered, network);
    cloudInit();
    const { code, err } = await machine.run("linode");
    expect(code).toBe(69);
    expect(err).toMatch(/metadata of an unknown form|the machine has no (name|zone)/);
    expect(machine.containers()).toEqual({});
  });

  describe("apply FILE", () => {
    const applyFile = (bundle: unknown) => {
      const path = join(machine.folder, "bundle.json");
      writeFileSync(path, typeof bundle === "string" ? bundle : JSON.stringify(bundle));
      return machine.run("apply", path);
    };

    it("changes a running Linode, and a later boot runs the same", async () => {
      machine.metadata.linode(instance, ip);
      cloudInit();
      await machine.run("linode");
      const changed = aBundle({ "/etc/fleet/jvb.env": "A=2\n" });
      expect(await applyFile(changed)).toMatchObject({ code: 0, err: "" });
      expect(machine.status()).toMatchObject({ result: "applied", restarted: ["jvb"] });
      machine.reboot();
      expect((await machine.run("linode")).code).toBe(0);
      expect(machine.files()).toEqual(changed);
      expect(machine.containers()["jvb"]!.environment).toMatchObject({ A: "2" });
    });

    it("refuses a bad bundle, and what ran runs on", async () => {
      machine.metadata.linode(instance, ip);
      cloudInit();
      await machine.run("linode");
      const ids = machine.ids();
      expect(await applyFile("{")).toMatchObject({ code: 65 });
      expect(machine.files()).toEqual(aBundle());
      expect(machine.ids()).toEqual(ids);
    });

    it("waits for the boot to say who the machine is", async () => {
      expect(await applyFile(aBundle())).toMatchObject({
        code: 69,
        err: expect.stringContaining("/run/fleet/host.env is missing: start fleet.service first"),
      });
      expect(machine.files()).toEqual({});
    });

    it("says which file is missing", async () => {
      const path = join(machine.folder, "none.json");
      const { code, err } = await machine.run("apply", path);
      expect({ code, err }).toEqual({ code: 69, err: expect.stringContaining(path) });
    });
  });

  it("finishes a take-over that was cut off between its two renames", async () => {
    machine.metadata.linode(instance, ip);
    cloudInit();
    mkdirSync(join(machine.root, "etc/fleet.d"));
    renameSync(join(machine.root, "etc/fleet"), join(machine.root, "etc/fleet.d/adopted"));
    expect(await machine.run("linode")).toMatchObject({ code: 0, err: "" });
    expect(machine.files()).toEqual(aBundle());
    expect(readdirSync(join(machine.root, "etc/fleet.d"))).toHaveLength(1);
  });
});
