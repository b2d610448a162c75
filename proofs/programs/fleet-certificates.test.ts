import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { setTimeout as sleep } from "node:timers/promises";
import { serialOf, TestAuthority } from "../../__tests__/builders/certificates";
import type { PemPair } from "../../__tests__/builders/certificates";
import { killAtEachStep } from "../../__tests__/builders/kill-hand-over";
import { HOST, OWN_CERTIFICATE, ServerTrial } from "../../__tests__/builders/server-trial";
import { XmppSession } from "../../__tests__/builders/xmpp-session";

const DAY = 24;

const missing = ["python3", "prosody", "prosodyctl", "nginx"].filter(
  (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
);
// eslint-disable-next-line no-console -- a visible line for whoever runs it
if (missing.length > 0) console.warn(`${missing.join(", ")} not installed: fleet-certificates was not run`);
const hasPython = !missing.includes("python3");
const hasPrograms = missing.length === 0;

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
const until = async (what: () => boolean | Promise<boolean>, seconds = 20): Promise<void> => {
  for (const begun = Date.now(); !(await what()); await sleep(50)) {
    if (Date.now() - begun > 1000 * seconds) throw new Error(`not within ${seconds} seconds`);
  }
};
/** Serial number that a new connection sees, which verifies as a bridge does; undefined where there is none. */
const presentedSerial = async (): Promise<string | undefined> => {
  try {
    const session = await XmppSession.open(trial.port("prosody-brewery"), HOST, authority.root);
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
    trial.put(`root${OWN_CERTIFICATE}`, `${first.chain}\ncomment\n${first.key}`);
    trial.configureOwn();
    expect((await run()).code).toBe(0);
    expect(trial.current()).toEqual(first);
  });

  it("says so when the trial is over and the trial's certificate is still in use", async () => {
    trial.configure({ anyIssuer: true });
    trial.issue(new TestAuthority("Other CA").pair());
    await run();
    trial.configure({});
    expect((await run()).err).toBe(
      'fleet-certificates: action=refuse reason="the certificate in use is no longer good: unable to get local issuer certificate"\n',
    );
    expect(trial.status()).toMatchObject({ result: "refused", issuer: "Acme Other CA R1" });
  });

  it("takes it anew from its source when a file is damaged", async () => {
    trial.issue(first);
    await run();
    for (const [ending, text] of [
      ["crt", ""],
      ["key", "x"],
      ["crt", second.chain],
    ] as const) {
      const path = join(trial.pair, `${HOST}.${ending}`);
      chmodSync(path, 0o600);
      writeFileSync(path, text);
      expect((await run()).code).toBe(0);
      expect(trial.current()).toEqual(first);
    }
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
      authority.pair({ hostnames: ["xyz.meet.acme.example"] }),
      "Hostname mismatch, certificate is not valid for 'abc.meet.acme.example'.",
    ],
    ["an expired one", authority.pair({ age: 200, left: -1 }), "certificate has expired"],
    ["one of tomorrow", authority.pair({ age: -24, left: 100 }), "certificate is not yet valid"],
    ["an unknown authority's", other.pair(), "unable to get local issuer certificate"],
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
    expect(await run()).toEqual({
      code: 65,
      out: "",
      err: `fleet-certificates: action=refuse reason=${JSON.stringify(reason)}\n`,
    });
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
    trial.issue(other.pair({ hostnames: ["xyz.meet.acme.example"] }));
    expect((await run()).code).toBe(65);
  });

  it("keeps a pair for each name when the host name changes, and the certificate does not", async () => {
    const both = authority.pair({ hostnames: [HOST, "new.meet.acme.example"] });
    trial.issue(both);
    await run();
    trial.configure({ hostname: "new.meet.acme.example" });
    expect((await run()).code).toBe(0);
    expect(readdirSync(trial.pair)).toEqual(["new.meet.acme.example.crt", "new.meet.acme.example.key"]);
    trial.configure({});
    expect((await run()).code).toBe(0);
    expect(trial.current()).toEqual(both);
  });

  it("shows one whole pair wherever it is killed, and finishes the next time", async () => {
    // Each second step here; all of them in proofs/.
    expect(await killAtEachStep(trial, authority, [first, second], 2)).toBeGreaterThan(8);
  }, 60_000);
});

(hasPrograms ? describe : describe.skip)("the brewery, with the real Prosody,", () => {
  it("waits for a certificate, starts by itself, and then takes each new one without a restart", async () => {
    const brewery = trial.startContainer("prosody-brewery");
    const watch = trial.spawn(["--watch", "--every", "0.1", "--patience", "10"], authority.root);
    let complaints = "";
    watch.stderr!.on("data", (data) => (complaints += data));
    await sleep(1500);
    expect(existsSync(join(trial.folder, "prosody-brewery/prosody.pid"))).toBe(false);

    trial.issue(first);
    await until(async () => (await presentedSerial()) === serialOf(first));
    // Started with it; nobody had to be told.
    expect(trial.told()).toEqual([]);

    expect(trial.prosodyctl("register", "jvb", HOST, "secret").status).toBe(0);
    const bridge = await XmppSession.open(trial.port("prosody-brewery"), HOST, authority.root);
    await bridge.logIn("jvb", "secret");

    trial.issue(second);
    await until(async () => (await presentedSerial()) === serialOf(second));
    await bridge.ping();
    expect(bridge.serial).toBe(serialOf(first));

    trial.issue({ ...first, key: second.key });
    await until(() => trial.status().result === "refused");
    await bridge.ping();
    expect(await presentedSerial()).toBe(serialOf(second));
    expect(brewery.exitCode).toBeNull();
    expect(watch.exitCode).toBeNull();
    // Once each, however often it looks.
    await sleep(1000);
    expect(complaints).toMatch(
      /^.*action=retry reason="no certificate of .* yet: .*"\n.*action=refuse reason=.*\n$/,
    );
    bridge.close();
  }, 60_000);

  it("ends when fleet-apply has replaced it, for systemd to start its next version", async () => {
    const watch = trial.spawn(["--watch", "--every", "0.1"], authority.root);
    await sleep(500);
    expect(watch.exitCode).toBeNull();
    trial.put("root/usr/local/sbin/fleet-certificates", "#!/usr/bin/python3\n");
    await until(() => watch.exitCode !== null);
    expect(watch.exitCode).toBe(0);
  });

  it("stops at once while it waits", async () => {
    const brewery = trial.startContainer("prosody-brewery");
    await sleep(200);
    process.kill(brewery.pid!, "SIGTERM");
    await until(() => brewery.exitCode === 0, 5);
  }, 30_000);

  it("is handed the certificate as soon as Docker answers", async () => {
    trial.keep(first);
    trial.startContainer("prosody-brewery");
    await until(async () => (await presentedSerial()) === serialOf(first));
    trial.issue(second);
    trial.dockerAway(true);
    expect(await run()).toEqual({
      code: 69,
      out: expect.stringContaining("action=install"),
      err: 'fleet-certificates: action=fail reason="docker ps: Cannot connect to the Docker daemon"\n',
    });
    expect(await presentedSerial()).toBe(serialOf(first));
    trial.dockerAway(false);
    expect((await run()).out).toContain("action=hand-over");
    expect(await presentedSerial()).toBe(serialOf(second));
  }, 60_000);

  it("needs nobody at a reboot: the pair is on the data disk", async () => {
    trial.issue(first);
    await run();
    trial.startContainer("prosody-brewery");
    await until(async () => (await presentedSerial()) === serialOf(first));
  }, 30_000);

  it("starts with an expired certificate, which is better than none, and takes the next one", async () => {
    trial.keep(authority.pair({ age: 200, left: -1 }));
    trial.startContainer("prosody-brewery");
    expect(await run()).toEqual({
      code: 65,
      out: "",
      err: 'fleet-certificates: action=refuse reason="the certificate in use is no longer good: certificate has expired"\n',
    });
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
    trial.startContainer("prosody-brewery");
    await until(async () => (await presentedSerial()) === serialOf(first));
    const inUse = `prosody-brewery/run/prosody/config/certs/${HOST}.key`;
    chmodSync(join(trial.folder, inUse), 0o600);
    trial.put(inUse, second.key);
    trial.prosodyctl("reload");
    await until(async () => (await presentedSerial()) === undefined);
    expect((await run()).code).toBe(0);
    expect(await presentedSerial()).toBe(serialOf(first));
  }, 30_000);

  it("has a configuration that Prosody's own checker takes", async () => {
    trial.issue(first);
    await run();
    trial.startContainer("prosody-brewery");
    await until(async () => (await presentedSerial()) === serialOf(first));
    expect(trial.prosodyctl("check", "config")).toEqual({
      status: 0,
      stdout: expect.stringContaining("All checks passed"),
    });
  }, 30_000);
});

(hasPrograms ? describe : describe.skip)(
  "web with a certificate of the customer's own, with the real nginx,",
  () => {
    /** Serial number that a browser sees; undefined where nobody answers or the certificate is not good. */
    const shown = (): Promise<string | undefined> =>
      new Promise((resolve) => {
        const options = { host: "127.0.0.1", port: trial.port("web"), servername: HOST, ca: authority.root };
        const socket = connect(options, () => {
          resolve(socket.getPeerCertificate().serialNumber);
          socket.destroy();
        });
        socket.on("error", () => resolve(undefined));
      });

    it("waits for it, starts by itself, and takes each new one without a restart, as the brewery does", async () => {
      trial.configureOwn();
      const containers = [trial.startContainer("web"), trial.startContainer("prosody-brewery")];
      trial.spawn(["--watch", "--every", "0.1", "--patience", "10"], authority.root);
      await sleep(1500);
      expect(await shown()).toBeUndefined();

      // A new version of the secret, fetched by fleet-secrets.
      for (const pair of [first, second]) {
        trial.put(`root${OWN_CERTIFICATE}`, pair.key + pair.chain);
        await until(
          async () => (await shown()) === serialOf(pair) && (await presentedSerial()) === serialOf(pair),
        );
      }
      expect(trial.told()).toHaveLength(2);
      expect(containers.map(({ exitCode }) => exitCode)).toEqual([null, null]);
    }, 60_000);

    it("takes the newest one when it starts again, too", async () => {
      trial.configureOwn();
      for (const pair of [first, second]) {
        trial.put(`root${OWN_CERTIFICATE}`, pair.key + pair.chain);
        await run();
        const container = trial.startContainer("web");
        await until(async () => (await shown()) === serialOf(pair));
        await trial.kill(container);
      }
      expect(trial.told()).toEqual([]);
    }, 30_000);

    it("gets it while the brewery cannot", async () => {
      trial.configureOwn();
      trial.put(`root${OWN_CERTIFICATE}`, first.key + first.chain);
      await run();
      trial.startContainer("web");
      await until(async () => (await shown()) === serialOf(first));
      trial.pretendRunning("prosody-brewery");
      trial.put(`root${OWN_CERTIFICATE}`, second.key + second.chain);
      const { code, err } = await trial.run(authority.root, [], 3);
      expect({ code, err }).toEqual({
        code: 69,
        err: expect.stringMatching(/reason="prosody-brewery does not answer on port \d+"\n$/),
      });
      expect(await shown()).toBe(serialOf(second));
    }, 30_000);

    it("goes on with the one from Let's Encrypt until its own is there", async () => {
      trial.issue(first);
      await run();
      trial.configureOwn();
      trial.startContainer("web");
      expect(await run()).toMatchObject({ code: 0, err: "" });
      expect(await shown()).toBe(serialOf(first));
    }, 30_000);
  },
);
