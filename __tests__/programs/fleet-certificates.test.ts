import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serialOf, TestAuthority } from "../builders/certificates";
import type { PemPair } from "../builders/certificates";
import { HOST, ServerTrial } from "../builders/server-trial";
import { XmppSession } from "../builders/xmpp-session";

const STEPPER = join(__dirname, "../builders/kill-at-step.py");
const DAY = 24;

const missing = ["python3", "prosody", "prosodyctl"].filter(
  (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
);
if (missing.length > 0) console.warn(`${missing.join(", ")} not installed: fleet-certificates was not run`);
const hasPython = !missing.includes("python3");
const hasProsody = missing.length === 0;

it("is tried with the real programs in CI", () => {
  expect(process.env["CI"] === "true" ? missing : []).toEqual([]);
});

const authority = new TestAuthority("Acme CA");
const [first, second] = [authority.pair(), authority.pair({ left: 90 * DAY })];

let trial: ServerTrial;
beforeEach(async () => {
  trial = await ServerTrial.start();
});
afterEach(() => trial.close());

const run = () => trial.run(authority.root);
const until = async (what: () => boolean | Promise<boolean>, seconds = 10): Promise<void> => {
  for (const begun = Date.now(); !(await what()); await sleep(50)) {
    if (Date.now() - begun > 1000 * seconds) throw new Error(`not within ${seconds} seconds`);
  }
};
/** Serial number that a new connection sees, which verifies as a bridge does; undefined where there is none. */
const presentedSerial = async (): Promise<string | undefined> => {
  try {
    const session = await XmppSession.open(trial.port, HOST, authority.root);
    session.close();
    return session.serial;
  } catch {
    return undefined;
  }
};

(hasPython ? describe : describe.skip)("fleet-certificates, with a pair at its source,", () => {
  it("keeps both files in one directory, for the images' user only", async () => {
    trial.issue(first);
    expect(await run()).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^fleet-certificates: action=install hostname=abc\.meet\.acme\.example pair=[0-9a-f]{16}\n$/,
      ),
      err: "",
    });
    expect(trial.current()).toEqual(first);
    const key = statSync(join(trial.pair, `${HOST}.key`));
    expect({ mode: key.mode & 0o777, uid: key.uid }).toEqual({
      mode: 0o400,
      uid: process.getuid!() === 0 ? 1000 : process.getuid!(),
    });
    expect(statSync(trial.pair).mode & 0o777).toBe(0o700);
  });

  it("says until when it is good, in numbers", async () => {
    trial.issue(first);
    await run();
    const { not_after, days_left, ...status } = trial.status();
    expect(status).toEqual({
      result: "presented",
      code: 0,
      reason: "",
      checked_at: expect.any(Number),
      hostname: HOST,
      issuer: "Acme Acme CA R1",
      serial: serialOf(first),
    });
    expect(not_after! - Date.now() / 1000).toBeCloseTo(100 * 3600, -2);
    expect(days_left).toBeCloseTo(100 / DAY, 1);
  });

  it("does nothing the second time, and keeps one pair", async () => {
    trial.issue(first);
    await run();
    expect(await run()).toEqual({ code: 0, out: "", err: "" });
    trial.issue(second);
    await run();
    expect(trial.current()).toEqual(second);
    expect(trial.stored()).toHaveLength(2);
  });

  it("takes a key and a chain of one file, in any order", async () => {
    const path = "/run/fleet/secrets/certificate.pem";
    trial.put(`root${path}`, `${first.chain}\ncomment\n${first.key}`);
    trial.configure({ chain: path, key: path });
    expect((await run()).code).toBe(0);
    expect(trial.current()).toEqual(first);
  });

  it("waits where there is no certificate yet", async () => {
    expect(await run()).toEqual({
      code: 69,
      out: "",
      err:
        'fleet-certificates: action=fail reason="no certificate of abc.meet.acme.example yet: ' +
        `/var/lib/fleet/web/acme-certs/${HOST}/fullchain.pem is missing"\n`,
    });
    expect(trial.status()).toMatchObject({ result: "failed", code: 69 });
  });

  const other = new TestAuthority("Other CA");
  const bad: [string, PemPair, string][] = [
    [
      "a key of another one",
      { ...first, key: second.key },
      "the key does not belong to the first certificate",
    ],
    [
      "another host's",
      authority.pair({ hostname: "xyz.meet.acme.example" }),
      "Hostname mismatch, certificate is not valid for 'abc.meet.acme.example'.",
    ],
    ["an expired one", authority.pair({ age: 200, left: -1 }), "certificate has expired"],
    ["one of tomorrow", authority.pair({ age: -24, left: 100 }), "certificate is not yet valid"],
    ["an unknown authority's", other.pair(), "self-signed certificate in certificate chain"],
    ["one without its chain", authority.pair({ complete: false }), "unable to get local issuer certificate"],
    [
      "an empty file",
      { ...second, chain: "" },
      `/var/lib/fleet/web/acme-certs/${HOST}/fullchain.pem has no certificate in PEM`,
    ],
    [
      "a key with a password",
      { ...second, key: second.key.replaceAll("PRIVATE", "ENCRYPTED PRIVATE") },
      `/var/lib/fleet/web/acme-certs/${HOST}/key.pem has 0 private keys in PEM without a password; it must have one`,
    ],
    [
      "a file without end",
      { ...second, chain: second.chain + " ".repeat(70_000) },
      `/var/lib/fleet/web/acme-certs/${HOST}/fullchain.pem is larger than 65536 bytes`,
    ],
  ];
  it.each(bad)("refuses %s, says why, and keeps the pair in use", async (_, pair, reason) => {
    trial.issue(first);
    await run();
    trial.issue(pair);
    // Whose chain ends in a self-signed certificate, it is not the root that is known.
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 65, out: "" });
    expect(err).toContain(
      JSON.stringify(reason).slice(1, -1).replace("self-signed certificate in certificate chain", ""),
    );
    expect(trial.current()).toEqual(first);
    expect(trial.stored()).toHaveLength(2);
    expect(trial.status()).toMatchObject({ result: "refused", code: 65, serial: serialOf(first) });
  });

  it("refuses a bad one where there is none yet: the brewery goes on waiting", async () => {
    trial.issue(authority.pair({ age: 200, left: -1 }));
    expect((await run()).code).toBe(65);
    expect(trial.current()).toBeUndefined();
  });

  it("takes an unknown authority's where bridges do not verify, but no other host's", async () => {
    trial.configure({ anyIssuer: true });
    trial.issue(other.pair({ complete: false }));
    expect((await run()).code).toBe(0);
    trial.issue(other.pair({ hostname: "xyz.meet.acme.example" }));
    expect((await run()).code).toBe(65);
  });

  it("follows the host name when it changes, with the same certificate", async () => {
    trial.issue(first);
    await run();
    trial.configure({ hostname: "new.meet.acme.example", anyIssuer: true });
    expect((await run()).code).toBe(65);
    trial.configure({});
    expect((await run()).code).toBe(0);
  });

  it("shows one whole pair wherever it is killed, and finishes the next time", async () => {
    const pairs = [first, second];
    trial.issue(first);
    await run();
    let steps = 0;
    for (let killed = true; killed; steps += 1) {
      const next = pairs[1 - (steps % 2)]!;
      trial.issue(next);
      killed = (await trial.run(authority.root, [STEPPER, String(steps + 1)])).code === null;
      // Either pair, and never a file of each.
      expect(pairs).toContainEqual(trial.current());
      expect(await run()).toMatchObject({ code: 0, err: "" });
      expect(trial.current()).toEqual(next);
      expect(trial.stored()).toHaveLength(2);
    }
    expect(steps).toBeGreaterThan(15);
  }, 60_000);
});

(hasProsody ? describe : describe.skip)("the brewery, with the real Prosody,", () => {
  it("waits for a certificate, starts by itself, and then takes each new one without a restart", async () => {
    const brewery = trial.startBrewery();
    const watch = trial.spawn(["--watch", "--every", "0.1", "--patience", "10"], authority.root);
    await sleep(1500);
    expect(existsSync(join(trial.folder, "box/prosody.pid"))).toBe(false);

    trial.issue(first);
    await until(async () => (await presentedSerial()) === serialOf(first));
    // Started with it; nobody had to be told.
    expect(trial.calls().filter((call) => call.startsWith("exec"))).toEqual([]);

    trial.addUser("jvb", "secret");
    const bridge = await XmppSession.open(trial.port, HOST, authority.root);
    await bridge.logIn("jvb", "secret");

    trial.issue(second);
    await until(async () => (await presentedSerial()) === serialOf(second), 5);
    await bridge.ping();
    expect(bridge.serial).toBe(serialOf(first));

    trial.issue({ ...first, key: second.key });
    await until(() => trial.status().result === "refused");
    await bridge.ping();
    expect(await presentedSerial()).toBe(serialOf(second));
    expect(brewery.exitCode).toBeNull();
    expect(watch.exitCode).toBeNull();
    bridge.close();
  }, 60_000);

  it("needs nobody at a reboot: the pair is on the data disk", async () => {
    trial.issue(first);
    await run();
    trial.startBrewery();
    await until(async () => (await presentedSerial()) === serialOf(first), 5);
  }, 30_000);

  it("starts with an expired certificate, which is better than none, and takes the next one", async () => {
    trial.issue(authority.pair({ age: 1, left: 3 / 3600 }));
    await run();
    await sleep(3500);
    trial.startBrewery();
    // As after a reboot: the source is unchanged.
    const { code, err } = await run();
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("action=expired") });
    expect(trial.status().days_left).toBeLessThanOrEqual(0);
    expect(await presentedSerial()).toBeUndefined();
    trial.issue(second);
    expect(await run()).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("action=hand-over service=prosody-brewery"),
    });
    expect(await presentedSerial()).toBe(serialOf(second));
  }, 30_000);

  it("is put right when it started with half of a pair", async () => {
    trial.issue(first);
    await run();
    trial.startBrewery();
    await until(async () => (await presentedSerial()) === serialOf(first), 5);
    const inUse = join(trial.folder, "box/run/prosody/config/certs", `${HOST}.key`);
    chmodSync(inUse, 0o600);
    trial.put(`box/run/prosody/config/certs/${HOST}.key`, second.key);
    spawnSync("prosodyctl", ["--config", join(trial.folder, "box/prosody.cfg.lua"), "reload"]);
    await until(async () => (await presentedSerial()) === undefined, 5);
    expect((await run()).code).toBe(0);
    expect(await presentedSerial()).toBe(serialOf(first));
  }, 30_000);

  it("has a configuration that Prosody's own checker takes", async () => {
    trial.issue(first);
    await run();
    trial.startBrewery();
    await until(async () => (await presentedSerial()) === serialOf(first), 5);
    const config = join(trial.folder, "box/run/prosody/config/prosody.cfg.lua");
    const { status, stdout } = spawnSync("prosodyctl", ["--config", config, "check", "config"], {
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("All checks passed") });
  }, 30_000);
});
