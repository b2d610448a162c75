import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { aBundle, packed } from "../../__tests__/builders/bundle";
import { MetadataServer } from "../../__tests__/builders/metadata-server";
import { describeWithPython, TrialMachine } from "../../__tests__/builders/trial-machine";
import type { ApplyStatus } from "../../__tests__/builders/trial-machine";

jest.setTimeout(60_000);

let machine: TrialMachine;
let journal: string;
beforeEach(async () => {
  machine = await TrialMachine.start();
  journal = "";
});
afterEach(() => machine.close());

function watch(environment: Readonly<Record<string, string>> = {}) {
  const child = machine.spawn(["google", "--watch"], { environment });
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (data) => (journal += data));
  return child;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 20_000) throw new Error(`waited in vain until ${what}; the journal:\n${journal}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when the journal has so many lines of the kind. */
const lines = (pattern: string, count = 1): Promise<void> =>
  until(`${pattern} ${count} times`, () => journal.split(pattern).length > count);

const questions = (): URLSearchParams[] =>
  machine.metadata.requests
    .filter((url) => url.includes("/attributes/?"))
    .map((url) => new URLSearchParams(url.split("?")[1]));

const applied: Partial<ApplyStatus> = { result: "applied", code: 0, reason: "" };

describeWithPython("fleet-apply google --watch", () => {
  it("follows every change with what it concerns, and waits in between", async () => {
    machine.metadata.google(aBundle());
    watch();
    await lines("action=done");
    expect(machine.status()).toMatchObject({ ...applied, restarted: ["prosody", "jicofo", "web", "jvb"] });
    const { generation } = machine.status();

    const changed = aBundle({ "/etc/fleet/jicofo/custom-jicofo.conf": "a = 2\n" });
    machine.metadata.google(changed);
    await lines("action=done", 2);
    expect(machine.status()).toMatchObject({ ...applied, restarted: ["jicofo"] });
    expect(machine.status().generation).not.toBe(generation);
    expect(machine.files()).toEqual(changed);

    machine.metadata.google("{");
    await lines("action=refuse");
    expect(machine.status()).toMatchObject({ result: "refused", restarted: [] });
    expect(machine.files()).toEqual(changed);

    machine.metadata.google(aBundle());
    await lines("action=done", 3);
    expect(machine.status()).toMatchObject({ ...applied, generation, restarted: ["jicofo"] });
    expect(machine.files()).toEqual(aBundle());

    await until("it waits again", () => questions().length === 5);
    const [first, ...others] = questions();
    expect(first!.get("last_etag")).toBe("0");
    expect(new Set(others.map((query) => query.get("timeout_sec")))).toEqual(new Set(["300"]));
    expect(new Set(others.map((query) => query.get("last_etag"))).size).toBe(3);
    expect(journal).not.toContain("action=retry");
  });

  it("does nothing when the wait is over without a change", async () => {
    machine.metadata.google(aBundle());
    machine.metadata.longestWait = 0;
    watch();
    await until("it has asked four times", () => questions().length >= 4);
    const calls = machine.calls();
    expect(calls.filter((call) => call.includes(" config "))).toHaveLength(1);
    expect(journal.match(/action=done/g)).toHaveLength(1);
  });

  it("follows a change of the compressed value alone, with what it concerns", async () => {
    const services = {
      grafana: { image: "grafana:1", volumes: ["/etc/fleet/grafana/dashboards:/dashboards:ro"] },
    };
    const board = "/etc/fleet/grafana/dashboards/customer.json";
    const plain = aBundle({ [board]: "" }, services);
    machine.metadata.googleWith(plain, packed({ [board]: "1" }));
    watch();
    await lines("action=done");
    expect(machine.containers()["grafana"]!.sees).toEqual({ "/dashboards": { "customer.json": "1" } });

    machine.metadata.googleWith(plain, packed({ [board]: "2" }));
    await lines("action=done", 2);
    expect(machine.status()).toMatchObject({ ...applied, restarted: ["grafana"] });
    expect(machine.files()).toEqual({ ...plain, [board]: "2" });
  });

  it("leaves everything alone when another attribute of the machine changes", async () => {
    machine.metadata.google(aBundle());
    watch();
    await lines("action=done");
    const calls = machine.calls().length;
    machine.metadata.otherAttribute("ssh-keys", "someone:ssh-ed25519 AAAA");
    await until("it waits again", () => questions().length === 3);
    expect(machine.calls()).toHaveLength(calls);
    expect(new Set(questions().map((query) => query.get("last_etag"))).size).toBe(3);
  });

  it("tries again later and later while the metadata server is out of order, then follows", async () => {
    machine.metadata.outage = 503;
    watch();
    await lines("action=retry", 2);
    expect(journal).toMatch(/action=retry seconds=1 attempt=1 reason=".*503.*"\n.*seconds=2 attempt=2/);
    machine.metadata.outage = undefined;
    machine.metadata.google(aBundle());
    await lines("action=done");
    expect(machine.files()).toEqual(aBundle());
  });

  it("lets the services run while the metadata server is away, and follows when it is back", async () => {
    machine.metadata.google(aBundle());
    watch();
    await lines("action=done");
    const { port } = machine.metadata;
    await machine.metadata.stop();
    await lines("action=retry");
    const calls = machine.calls().length;
    machine.metadata = await MetadataServer.start(port);
    machine.metadata.google(aBundle());
    await until("it asks again", () => questions().length === 1);
    expect(machine.calls()).toHaveLength(calls);
    machine.metadata.google(aBundle({ "/etc/fleet/prosody.env": "A=2\n" }));
    await lines("action=done", 2);
    expect(machine.status()).toMatchObject({ ...applied, restarted: ["prosody"] });
  });

  it("comes up with the set on disk when the files are not in the metadata", async () => {
    machine.metadata.google(aBundle());
    await machine.run("google");
    machine.reboot();
    machine.metadata.withoutFiles();
    watch();
    await lines("action=done");
    expect(machine.status()).toMatchObject({ ...applied, restarted: ["prosody", "jicofo", "web", "jvb"] });
    await lines("action=retry");
    expect(journal).toContain("the machine has no fleet-files: deploy its stack again");
  });

  it("tries again what Docker failed to do, and a change is not kept waiting", async () => {
    machine.metadata.google(aBundle());
    machine.breakService("web", "no space left on device\n");
    watch();
    await lines("action=retry", 3);
    expect(machine.status()).toMatchObject({ result: "failed", attempt: 3, restarted: [] });
    expect(machine.status().reason).toContain("no space left on device");
    // The next try is 4 seconds away.
    const since = Date.now();
    machine.breakService("web", undefined);
    machine.metadata.google(aBundle({ "/etc/fleet/prosody.env": "A=2\n" }));
    await lines("action=done");
    expect(Date.now() - since).toBeLessThan(3900);
    expect(machine.status()).toMatchObject({ ...applied, attempt: 1, restarted: ["prosody", "web", "jvb"] });
  });

  it("goes on asking for a password that no call needs, and gives it to who reads it alone", async () => {
    const secret = (name: string) => `projects/acme-meet-prod/secrets/${name}`;
    const list = { "jvb.env": { A: secret("jvb") }, "telegraf.env": { B: secret("telegraf") } };
    const service = (name: string) => ({ image: `${name}:1`, env_file: [`/run/fleet/secrets/${name}.env`] });
    machine.metadata.secrets.set(secret("jvb"), "x");
    machine.metadata.google(
      aBundle(
        { "/etc/fleet/secrets.json": JSON.stringify(list) },
        { jvb: service("jvb"), telegraf: service("telegraf") },
      ),
    );
    watch();
    await lines("action=retry", 2);
    expect(machine.status()).toMatchObject({ result: "failed", code: 70, attempt: 2, restarted: [] });
    const ids = machine.ids();
    expect(Object.keys(ids).sort()).toEqual(["jicofo", "jvb", "prosody", "telegraf", "web"]);

    machine.metadata.secrets.set(secret("telegraf"), "y");
    await lines("action=done");
    expect(machine.status()).toMatchObject({ ...applied, restarted: ["telegraf"] });
    expect(machine.containers()["telegraf"]!.environment).toEqual({ B: "y" });
    expect({ ...machine.ids(), telegraf: ids["telegraf"] }).toEqual(ids);
  });

  it("picks up after kill -9 without restarting anything", async () => {
    machine.metadata.google(aBundle());
    const child = watch();
    await lines("action=done");
    const ids = machine.ids();
    await machine.kill(child);
    watch();
    await lines("action=done", 2);
    expect(machine.ids()).toEqual(ids);
    expect(machine.status()).toMatchObject({ ...applied, restarted: [] });
  });

  it("ends at once when systemd asks it to", async () => {
    machine.metadata.google(aBundle());
    const child = watch();
    await lines("action=done");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
  });

  it.each([
    ["went well", () => machine.metadata.google(aBundle()), "action=done"],
    ["was refused", () => machine.metadata.google("{"), "action=refuse"],
    ["got no answer", () => (machine.metadata.outage = 503), "action=retry"],
  ])("tells systemd that it is ready when the first attempt %s", async (_, before, line) => {
    before();
    const socket = join(machine.folder, "notify");
    const listener = spawn("python3", ["-c", LISTENER, socket], { stdio: ["ignore", "pipe", "inherit"] });
    let heard = "";
    listener.stdout.on("data", (data) => (heard += data));
    try {
      await until("the listener listens", () => heard === "listening\n");
      watch({ NOTIFY_SOCKET: socket });
      await until("it is told", () => heard === "listening\nREADY=1\n");
      await lines(line);
    } finally {
      listener.kill();
    }
  });

  describe("with programs among the files", () => {
    const PROGRAM = "/etc/fleet/programs/fleet-apply";
    const version = (number: number) => `#!/usr/bin/python3\nprint(${number})\n`;

    it("installs them, goes on while they stay the same, and ends when it is itself another one", async () => {
      machine.write("usr/local/sbin/fleet-apply", version(1));
      machine.metadata.google(aBundle({ [PROGRAM]: version(1) }));
      const child = watch();
      await lines("action=done");

      const secrets = { "/etc/fleet/programs/fleet-secrets": version(7) };
      machine.metadata.google(aBundle({ [PROGRAM]: version(1), ...secrets }));
      await lines("action=done", 2);
      expect(journal).toContain("action=install program=fleet-secrets");
      expect(machine.read("usr/local/sbin/fleet-secrets")).toBe(version(7));
      expect(statSync(join(machine.root, "usr/local/sbin/fleet-secrets")).mode & 0o777).toBe(0o755);
      expect(machine.status().restarted).toEqual([]);
      expect(child.exitCode).toBeNull();

      machine.metadata.google(aBundle({ [PROGRAM]: version(2), ...secrets }));
      const [code] = await once(child, "exit");
      expect(code).toBe(0);
      expect(machine.read("usr/local/sbin/fleet-apply")).toBe(version(2));
      expect(machine.status()).toMatchObject({ ...applied, restarted: [] });
    });

    it("is replaced by a version that may mend what fails now", async () => {
      machine.write("usr/local/sbin/fleet-apply", version(1));
      machine.dockerAway(true);
      machine.metadata.google(aBundle({ [PROGRAM]: version(1) }));
      const child = watch();
      await lines("action=retry");
      machine.dockerAway(false);
      machine.breakService("prosody", "no such image");
      machine.metadata.google(aBundle({ [PROGRAM]: version(2) }));
      const [code] = await once(child, "exit");
      expect(code).toBe(0);
      expect(machine.read("usr/local/sbin/fleet-apply")).toBe(version(2));
    });

    it.each([
      ["fleet-apply", "#!/usr/bin/python3\nprint(\n", /'\(' was never closed/],
      ["fleet-apply", "print(1)\n", /does not start with #!\/usr\/bin\/python3/],
      ["ls", version(1), /is no name of a program/],
      [
        "fleet-apply",
        "#!/usr/bin/python3\nimport nothing_of_this_name\n",
        /does not start: .*No module named/,
      ],
    ])("refuses a set whose program %s cannot replace it", async (name, text, reason) => {
      machine.metadata.google(aBundle({ [`/etc/fleet/programs/${name}`]: text }));
      const { code, err } = await machine.run("google");
      expect(code).toBe(65);
      expect(err).toMatch(reason);
      expect(machine.names("usr/local/sbin")).toEqual([]);
    });
  });
});

/** Stands for systemd's end of the notification socket: says when it listens, then what it heard. */
const LISTENER = `
import socket, sys
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
    heard.bind(sys.argv[1])
    print("listening", flush=True)
    print(heard.recv(100).decode(), flush=True)
`;
