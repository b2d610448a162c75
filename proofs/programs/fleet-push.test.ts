import { statSync } from "node:fs";
import {
  describeWithPython,
  type Job,
  LOGIN,
  PushedMachine,
  secret,
} from "../../__tests__/builders/pushed-machine";

jest.setTimeout(30_000);

let machine: PushedMachine;
beforeEach(async () => {
  machine = await PushedMachine.booted();
});
afterEach(() => machine.close());

/** One that has had its first push, which takes its time: made once, when a test wants it. */
let first: PushedMachine | undefined;
afterAll(() => first?.close());

/** Makes the machine of the test one that has had its first push. */
async function pushed(): Promise<void> {
  if (first === undefined) {
    first = await PushedMachine.booted();
    expect(await first.push(first.job())).toMatchObject({ code: 0 });
  }
  await machine.becomeLike(first);
}

const MARK = "/var/lib/fleet/bridge/draining";
const KEPT = "/var/lib/fleet/secrets.json";
const ENV = "/run/fleet/secrets/jvb.env";

describeWithPython("fleet-push push", () => {
  it("starts the first bridge drained, and releases it when it is healthy", async () => {
    await machine.push(machine.job());
    expect(machine.events).toEqual(["started, drained", "released"]);
    expect(machine.has(MARK)).toBe(false);
    expect(machine.read(ENV)).toBe("JVB_AUTH_PASSWORD=first\n");
    for (const path of [ENV, KEPT]) expect(statSync(machine.root + path).mode & 0o777).toBe(0o600);
    expect(machine.read("/systemctl.log")).toBe("daemon-reload\nenable fleet-secrets.service\n");
    expect(machine.read("/usr/local/sbin/fleet-push")).toContain("fleet-push restore");
  });

  it("does not drain for what is none of the bridge's business", async () => {
    await pushed();
    machine.bridge.endpoints = 5;
    const { code, out } = await machine.push(machine.job({ "/etc/fleet/telegraf/telegraf.conf": "x\n" }));
    expect({ code, endpoints: machine.bridge.endpoints, events: machine.events }).toEqual({
      code: 0,
      endpoints: 5,
      events: ["released"],
    });
    expect(out).toContain("fleet-push: done: takes calls; it had everything");
    expect(machine.read("/etc/fleet/telegraf/telegraf.conf")).toBe("x\n");
  });

  it("releases a bridge whose Telegraf does not start, and says so", async () => {
    await pushed();
    machine.breakBridge("no such image\n", "telegraf");
    const path = "/etc/fleet/compose.yaml";
    const compose = machine.job().files[path]!.replace(/ \}\n$/, ", telegraf: { image: telegraf } }\n");
    const { code, out } = await machine.push(machine.job({ [path]: compose }));
    // Nor did the bridge start anew for it.
    expect({ code, events: machine.events }).toEqual({ code: 0, events: ["drained", "released"] });
    expect(out).toContain("telegraf: docker compose");
    expect(out).toContain("fleet-push: telemetry does not run, calls do");
  });

  it("does not drain for a password of Telegraf's", async () => {
    await pushed();
    const more = {
      ...secret("first"),
      "telegraf.env": { TELEMETRY_PASSWORD_ABC: secret("b")["jvb.env"].JVB_AUTH_PASSWORD },
    };
    expect(await machine.push(machine.job(), more)).toMatchObject({ code: 0 });
    expect(machine.events).toEqual(["released"]);
    expect(machine.read("/run/fleet/secrets/telegraf.env")).toBe("TELEMETRY_PASSWORD_ABC=b\n");
  });

  it.each([
    ["a file", () => machine.job({ "/etc/fleet/jvb.env": "A=2\n" }), secret("first")],
    ["a secret", () => machine.job({}, { secretsVersion: "abc=2" }), secret("second", 2)],
  ])("drains for %s", async (_, job, secrets) => {
    await pushed();
    expect(await machine.push(job(), secrets)).toMatchObject({ code: 0 });
    expect(machine.events).toEqual(["drained", "started, drained", "released"]);
  });

  it("waits for a caller whom Jicofo sent before it knew of the drain", async () => {
    await pushed();
    machine.jicofoKnowsAfterSeconds = 1;
    const push = machine.push(machine.job({ "/etc/fleet/jvb.env": "A=2\n" }));
    while (!machine.bridge.drained) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 300));
    machine.bridge.endpoints = 1;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(machine.events).toEqual(["drained"]);
    machine.bridge.endpoints = 0;
    expect(await push).toMatchObject({ code: 0 });
    expect(machine.events).toEqual(["drained", "started, drained", "released"]);
  });

  it("has Jicofo move whoever is left at the deadline", async () => {
    await pushed();
    machine.bridge.endpoints = 3;
    const { code, out } = await machine.push(
      machine.job({ "/etc/fleet/jvb.env": "A=2\n" }),
      secret("first"),
      "--drain-minutes=0",
    );
    expect(code).toBe(0);
    expect(out).toContain("drain: 3 on the bridge after 0 minutes; Jicofo moves them to other bridges");
    expect(machine.events).toEqual(["drained", "told to leave with 3 on it", "started, drained", "released"]);
  });

  it("leaves a bridge that does not become healthy drained, and says so", async () => {
    await pushed();
    machine.bridge.joined = 0;
    const { code, out } = await machine.push(
      machine.job({ "/etc/fleet/jvb.env": "A=2\n" }),
      secret("first"),
      "--health-seconds=1",
    );
    expect(code).toBe(1);
    expect(out).toContain(
      "fleet-push: acme-nl-static-1 (203.0.113.2): step health failed: the bridge is not healthy after 1 seconds: it " +
        "is in 0 of 1 breweries, and was in 0 before the push: is the server up, the password right?; see " +
        "`docker logs fleet-jvb-1`. Now the bridge takes no new calls until a push succeeds, and its calls go on. " +
        "Then deploy again.",
    );
    expect(machine.read(MARK)).toBe("push 0");
  });

  describe("of a bridge with a second customer", () => {
    const edited = () => machine.job({ "/etc/fleet/jvb.env": "A=2\n" });
    const push = (job: Job) => machine.push(job, secret("first"), "--health-seconds=1");
    beforeEach(async () => {
      machine.bridge.configured = machine.bridge.joined = 2;
      await pushed();
    });

    it("succeeds while the server of one is down, as it was before, and says so", async () => {
      machine.bridge.joined = 1;
      const { code, out } = await push(edited());
      expect(code).toBe(0);
      expect(out).toContain(
        "fleet-push: health: in 1 of 2 breweries, and in 1 before the push: is the server of every customer up, ",
      );
      expect(machine.events).toEqual(["drained", "started, drained", "released"]);
      expect(machine.has(MARK)).toBe(false);
      expect(await push(edited())).toMatchObject({ code: 0 }); // nor does it keep off a push without a drain
    });

    it("fails when the bridge gets into fewer than before, also at the next attempt", async () => {
      const job = edited();
      const failed = push(job);
      while (!machine.bridge.drained) await new Promise((resolve) => setTimeout(resolve, 20));
      machine.bridge.joined = 1;
      expect((await failed).code).toBe(1);
      const { code, out } = await push(job);
      expect(code).toBe(1);
      expect(out).toContain("it is in 1 of 2 breweries, and was in 2 before the push: is the server up");
      expect(machine.read(MARK)).toBe("push 2");
      machine.bridge.joined = 2;
      const { code: repaired, out: said } = await push(job);
      expect(repaired).toBe(0);
      expect(said).not.toContain("health:");
    });

    it("fails when it is in none, even if it was in none before", async () => {
      machine.bridge.joined = 0;
      expect((await push(edited())).code).toBe(1);
    });
  });

  it("needs all breweries for the first start of a bridge", async () => {
    machine.bridge.configured = 2;
    const { code, out } = await machine.push(machine.job(), secret("first"), "--health-seconds=1");
    expect(code).toBe(1);
    expect(out).toContain("it is in 1 of 2 breweries: is the server up, the password right?");
    expect(machine.read(MARK)).toBe("push");
    // The bridge that this one has left running is no measure.
    expect((await machine.push(machine.job(), secret("first"), "--health-seconds=1")).code).toBe(1);
  });

  it("touches no bridge for an image that the registry does not have", async () => {
    await pushed();
    machine.refuseImages("manifest unknown");
    const { code, out } = await machine.push(machine.job({ "/etc/fleet/jvb.env": "A=2\n" }));
    expect(code).toBe(1);
    expect(out).toMatch(
      /manifest unknown\n.*step images failed: docker ended with 1; .* Now the bridge is as it was\./,
    );
    expect(machine.events).toEqual([]);
  });

  it("goes on after a failure where the bridge may not have been restarted: drained, until nobody is on it", async () => {
    await pushed();
    machine.breakBridge("no space left on device");
    const job = machine.job({ "/etc/fleet/jvb.env": "A=2\n" });
    const { code, out } = await machine.push(job);
    expect(code).toBe(1);
    expect(out).toContain(
      "step apply failed: fleet-apply ended with 69; its words are above. Now the bridge takes",
    );
    machine.breakBridge(undefined);
    machine.bridge.endpoints = 1;
    const again = machine.push(job);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(machine.events.slice(-1)).toEqual(["drained"]);
    machine.bridge.endpoints = 0;
    expect(await again).toMatchObject({ code: 0 });
    expect(machine.events.slice(-2)).toEqual(["started, drained", "released"]);
  });

  it("needs a secret that it does not have in this version, and touches nothing without", async () => {
    const { code, out } = await machine.push(machine.job(), secret(null));
    expect(code).toBe(1);
    expect(out).toBe(
      "fleet-push: acme-nl-static-1 (203.0.113.2): step job failed: no value for TF_VAR_abc_jvb_auth_password: run  " +
        'eval "$(npx fleet secrets env bridges-acme-nl-static)"  in the shell that deploys, then deploy again. Now the ' +
        "bridge is as it was. Then deploy again.\n",
    );
    await pushed();
    expect(await machine.push(machine.job({ "/etc/fleet/jvb.env": "A=2\n" }), secret(null))).toMatchObject({
      code: 0,
    });
    expect(await machine.push(machine.job({}, { secretsVersion: "abc=2" }), secret(null))).toMatchObject({
      code: 1,
    });
    expect(machine.read(ENV)).toBe("JVB_AUTH_PASSWORD=first\n");
  });

  it.each([
    ["is of another version", 1, "is 1"],
    ["may be of any version", null, "is not set"],
  ])("takes no secret that %s: what a shell still has from before a rotation", async (_, version, found) => {
    await pushed();
    machine.bridge.endpoints = 2;
    const rotated = machine.job({}, { secretsVersion: "xyz=5 abc=2" });
    const { code, out } = await machine.push(rotated, secret("first", version));
    expect(code).toBe(1);
    expect(out).toContain(
      "step job failed: not of the version to deploy: TF_VAR_abc_jvb_auth_password (TF_VAR_abc_secrets_version " +
        `${found} and has to be 2): run  eval "$(npx fleet secrets env bridges-acme-nl-static)"  in the shell that ` +
        "deploys, then deploy again. Now the bridge is as it was.",
    );
    expect({ events: machine.events, endpoints: machine.bridge.endpoints }).toEqual({
      events: [],
      endpoints: 2,
    });
  });

  it("does not have the version of a push whose bridge did not get in with it, not even after a reboot", async () => {
    await pushed();
    machine.bridge.joined = 0;
    const rotated = machine.job({}, { secretsVersion: "abc=2" });
    expect(await machine.push(rotated, secret("wrong", 2), "--health-seconds=1")).toMatchObject({ code: 1 });
    machine.bridge.joined = 1;
    const { code, out } = await machine.push(rotated, secret(null, null));
    expect(code).toBe(1);
    expect(out).toContain("no value for TF_VAR_abc_jvb_auth_password");
    machine.reboot();
    await machine.run("restore");
    expect(machine.read(ENV)).toBe("JVB_AUTH_PASSWORD=first\n");
    expect(await machine.push(rotated, secret("second", 2))).toMatchObject({ code: 0 });
    expect(JSON.parse(machine.read(KEPT))).toMatchObject({ version: "abc=2" });
    expect(machine.read(ENV)).toBe("JVB_AUTH_PASSWORD=second\n");
  });

  it("refuses a value that would change the meaning of a file, and does not print it", async () => {
    const { code, out } = await machine.push(machine.job(), secret("a b$(id)"));
    expect(code).toBe(1);
    expect(out).toContain("TF_VAR_abc_jvb_auth_password has other characters than letters and digits");
    expect(out).not.toContain("$(id)");
  });

  it("leaves nothing of an upload, whatever comes of it", async () => {
    await machine.push(machine.job(), secret(null));
    expect(machine.has(`${LOGIN}/fleet-secrets.json`)).toBe(false);
    expect(machine.has(`${LOGIN}/fleet-job.json`)).toBe(false);
  });

  it("keeps a bridge drained that shall be, and releases it later, without a restart", async () => {
    await pushed();
    machine.bridge.endpoints = 2;
    const { out } = await machine.push(machine.job(), secret(null), "--stay-drained");
    expect(out).toContain("fleet-push: done: drained, and stays so; 2 on the bridge");
    expect(machine.read(MARK)).toBe("draining");
    expect(await machine.push(machine.job(), secret(null))).toMatchObject({ code: 0 });
    expect(machine.bridge.endpoints).toBe(2);
    expect(machine.events).toEqual(["drained", "released"]);
    expect(machine.has(MARK)).toBe(false);
  });
});

describeWithPython("fleet-push leave", () => {
  it("drains a bridge that runs, and lets go a machine where none does", async () => {
    expect((await machine.run("leave")).out).toBe("fleet-push: no bridge runs: nothing to drain\n");
    await pushed();
    expect(await machine.run("leave")).toMatchObject({ code: 0 });
    expect(machine.events).toEqual(["drained"]);
  });

  it("fails when the bridge does not do as it is told", async () => {
    await pushed();
    machine.bridge.refuses = true;
    const { code, out } = await machine.run("leave");
    expect(code).toBe(1);
    expect(out).toContain("step drain failed: the bridge answers 500 to /colibri/drain/enable");
  });
});

describeWithPython("a bridge that hangs", () => {
  it("is not taken for one that does not run: it may have calls", async () => {
    await pushed();
    machine.bridge.hangs = true;
    const { code, out } = await machine.run("leave");
    expect(code).toBe(1);
    expect(out).toContain(
      "step drain failed: the bridge hangs (/colibri/stats: timed out); if it is beyond help: docker restart fleet-jvb-1. " +
        "Now the bridge is as it was.",
    );
  });
});

describeWithPython("fleet-push restore", () => {
  it("brings the secrets back after a reboot", async () => {
    await pushed();
    machine.reboot();
    expect(machine.has(ENV)).toBe(false);
    expect(await machine.run("restore")).toMatchObject({ code: 0 });
    expect(machine.read(ENV)).toBe("JVB_AUTH_PASSWORD=first\n");
    expect(statSync(machine.root + ENV).mode & 0o777).toBe(0o600);
  });

  it("has nothing to bring before the first push", async () => {
    expect(await machine.run("restore")).toEqual({
      code: 0,
      out: "fleet-push: no push has brought secrets yet\n",
    });
  });
});
