import { load } from "js-yaml";
import { CUSTOMER_SECRETS, type CustomerSecret, secretResource } from "../../model/names";
import { telemetryLogins } from "../../model/turns";
import { renderServerFiles } from "../../render/server/server-files";
import { aBundle, COMPOSE } from "../builders/bundle";
import { aCustomer, aGcpPool } from "../builders/fleet";
import { aServerInput } from "../builders/machine-input";
import { describeWithPython, TrialMachine } from "../builders/trial-machine";
import type { Bundle } from "../builders/trial-machine";

jest.setTimeout(30_000);

const LIST = "/etc/fleet/secrets.json";
const FETCHED = "/run/fleet/secrets.json";
const resource = (name: string) => `projects/acme-meet-prod/secrets/${name}`;

let machine: TrialMachine;
beforeEach(async () => {
  machine = await TrialMachine.start();
});
afterEach(() => machine.close());

/** A machine whose prosody has a password. */
const withPassword = (name: string, files: Bundle = {}): Bundle =>
  aBundle(
    { [LIST]: JSON.stringify({ "prosody.env": { PASSWORD: resource(name) } }), ...files },
    {
      prosody: {
        image: "prosody:1",
        env_file: ["/etc/fleet/prosody.env", "/run/fleet/secrets/prosody.env"],
      },
    },
  );

const password = () => machine.containers()["prosody"]!.environment["PASSWORD"];
/** What Docker and systemd were told that changes something. */
const steps = (): string[] =>
  machine
    .calls()
    .flatMap((call) =>
      call.startsWith("systemctl ") ? ["fetch"] : (/ up .* ([\w-]+)$/.exec(call)?.slice(1) ?? []),
    );

describeWithPython("fleet-apply and the secrets", () => {
  beforeEach(() => {
    for (const name of ["one", "two"]) machine.metadata.secrets.set(resource(name), `value${name}`);
  });

  it("has them fetched before it touches a service, when another list of them comes", async () => {
    machine.metadata.google(withPassword("one"));
    expect((await machine.run("google")).code).toBe(0);
    expect(steps()).toEqual(["fetch", "prosody", "jicofo", "web", "jvb"]);
    expect(password()).toBe("valueone");

    machine.metadata.google(withPassword("two"));
    expect((await machine.run("google")).code).toBe(0);
    expect(steps().slice(5)).toEqual(["fetch", "prosody", "jicofo", "web", "jvb"]);
    expect(machine.status().restarted).toEqual(["prosody"]);
    expect(password()).toBe("valuetwo");
  });

  it("leaves them alone when they are those of the list, as after a boot or another change", async () => {
    machine.metadata.google(withPassword("one"));
    await machine.run("google");
    machine.metadata.secrets.set(resource("one"), "rotated");
    machine.metadata.google(withPassword("one", { "/etc/fleet/jicofo.env": "A=2\n" }));
    expect((await machine.run("google")).code).toBe(0);
    expect(steps().filter((step) => step === "fetch")).toHaveLength(1);
    expect(machine.status().restarted).toEqual(["jicofo"]);
    expect(password()).toBe("valueone");
  });

  it("tries again when they cannot be had, and lets the services run on with what they have", async () => {
    machine.metadata.google(withPassword("one"));
    await machine.run("google");
    const [ids, files] = [machine.ids(), machine.files()];
    machine.metadata.google(withPassword("three", { "/etc/fleet/jicofo.env": "A=2\n" }));
    const { code, err } = await machine.run("google");
    expect({ code, err }).toEqual({
      code: 69,
      err: expect.stringContaining(
        "systemctl restart fleet-secrets.service: Job for fleet-secrets.service failed.",
      ),
    });
    expect(machine.status()).toMatchObject({ result: "failed", code: 69, restarted: [] });
    expect({ ids: machine.ids(), files: machine.files() }).toEqual({ ids, files });

    machine.metadata.secrets.set(resource("three"), "valuethree");
    expect((await machine.run("google")).code).toBe(0);
    expect(machine.status().restarted).toEqual(["prosody", "jicofo"]);
  });

  it("has one that went missing fetched again", async () => {
    machine.metadata.google(withPassword("one"));
    await machine.run("google");
    machine.remove("/run/fleet/secrets/prosody.env");
    const { code, out } = await machine.run("google");
    expect(code).toBe(0);
    expect(out).toContain('action=fetch unit=fleet-secrets.service lacking="/run/fleet/secrets/prosody.env"');
    expect(machine.status().restarted).toEqual([]);
  });

  it("runs the set of before, with the secrets of before, when the new one is refused after a boot", async () => {
    machine.metadata.google(withPassword("one"));
    await machine.run("google");
    machine.reboot();
    machine.write("/run/fleet/secrets/prosody.env", "PASSWORD=valuetwo\n");
    machine.write(FETCHED, "the list of the refused set");
    machine.metadata.google(withPassword("two", { [COMPOSE]: "services: [" }));
    expect((await machine.run("google")).code).toBe(65);
    expect(machine.status().restarted).toEqual(["prosody", "jicofo", "web", "jvb"]);
    expect(machine.calls().filter((call) => call.startsWith("systemctl"))).toHaveLength(1);
  });

  it("starts everything without a file that no container reads, says so, and goes on asking for it", async () => {
    const list = JSON.stringify({
      "prosody.env": { PASSWORD: resource("one") },
      "certificate.pem": resource("three"),
    });
    machine.metadata.google(withPassword("one", { [LIST]: list }));
    expect(await machine.run("google")).toMatchObject({
      code: 69,
      err: expect.stringContaining(
        "no secrets yet for certificate.pem: see journalctl -u fleet-secrets.service",
      ),
    });
    expect(machine.status().restarted).toEqual(["prosody", "jicofo", "web", "jvb"]);

    machine.metadata.secrets.set(resource("three"), "certificate");
    expect((await machine.run("google")).code).toBe(0);
    expect(machine.status().restarted).toEqual([]);
    expect(machine.read("/run/fleet/secrets/certificate.pem")).toBe("certificate");
    expect((await machine.run("google")).code).toBe(0);
    expect(steps().filter((step) => step === "fetch")).toHaveLength(2);
  });

  describe("on a bridge whose password for measurements cannot be had", () => {
    const bridge = (files: Bundle = {}): Bundle => ({
      [COMPOSE]: JSON.stringify({
        services: {
          jvb: { image: "jvb:1", env_file: ["/run/fleet/secrets/jvb.env"] },
          telegraf: { image: "telegraf:1", env_file: ["/run/fleet/secrets/telegraf.env"] },
        },
      }),
      [LIST]: JSON.stringify({
        "jvb.env": { JVB_AUTH_PASSWORD: resource("one") },
        "telegraf.env": { TELEMETRY_PASSWORD_ABC: resource("three") },
      }),
      ...files,
    });
    const REASON = "no secrets yet for telegraf.env: see journalctl -u fleet-secrets.service";
    const environments = () =>
      Object.fromEntries(
        Object.entries(machine.containers()).map(([name, { environment }]) => [name, environment]),
      );

    beforeEach(async () => {
      machine.metadata.google(bridge());
      expect(await machine.run("google")).toMatchObject({ code: 70, err: expect.stringContaining(REASON) });
    });

    it("starts everything all the same, and says what is missing", () => {
      expect(machine.status()).toMatchObject({
        ...{ result: "failed", code: 70, ok: false, reason: REASON },
        restarted: ["jvb", "telegraf"],
      });
      expect(environments()).toEqual({ jvb: { JVB_AUTH_PASSWORD: "valueone" }, telegraf: {} });
    });

    it("asks for it again, and then restarts nothing but what reads it", async () => {
      const before = machine.ids();
      expect((await machine.run("google")).code).toBe(70);
      expect(machine.status().restarted).toEqual([]);
      expect(machine.ids()).toEqual(before);

      machine.metadata.secrets.set(resource("three"), "valuethree");
      expect(await machine.run("google")).toMatchObject({ code: 0, err: "" });
      expect(machine.status()).toMatchObject({ ok: true, restarted: ["telegraf"] });
      expect(environments()["telegraf"]).toEqual({ TELEMETRY_PASSWORD_ABC: "valuethree" });
      expect(machine.ids()["jvb"]).toBe(before["jvb"]);
      expect(steps().filter((step) => step === "fetch")).toHaveLength(3);
    });

    it("names it beside a service that does not start for the lack of it", async () => {
      machine.metadata.google(bridge({ "/etc/fleet/motd": "another set\n" }));
      machine.changeContainers((container) =>
        container.image === "telegraf:1" ? { ...container, state: "exited" } : container,
      );
      machine.breakService("telegraf", "no password\n");
      expect((await machine.run("google")).code).toBe(70);
      expect(machine.status().reason).toMatch(
        /^telegraf: docker compose .*: no password; no secrets yet for telegraf\.env: /,
      );
    });

    it("still waits for the bridge's own", async () => {
      const before = machine.ids();
      const list = JSON.stringify({
        "jvb.env": { JVB_AUTH_PASSWORD: resource("four") },
        "telegraf.env": { TELEMETRY_PASSWORD_ABC: resource("two") },
      });
      machine.metadata.google(bridge({ [LIST]: list }));
      expect((await machine.run("google")).code).toBe(69);
      expect(machine.status()).toMatchObject({ code: 69, restarted: [] });
      expect(machine.ids()).toEqual(before);
    });
  });

  it("asks nobody on a Linode, where they are brought", async () => {
    const bundle = Object.fromEntries(Object.entries(withPassword("one")).filter(([path]) => path !== LIST));
    machine.write("/bundle.json", JSON.stringify(bundle));
    machine.write("/run/fleet/host.env", "FLEET_INSTANCE=a\nJVB_ADVERTISE_IPS=198.51.100.7\n");
    const push = () => machine.run("apply", `${machine.root}/bundle.json`);
    expect(await push()).toMatchObject({
      code: 69,
      err: expect.stringContaining("no secrets yet for /run/fleet/secrets/prosody.env"),
    });
    machine.write("/run/fleet/secrets/prosody.env", "PASSWORD=brought\n");
    expect((await push()).code).toBe(0);
    expect({ password: password(), steps: steps() }).toEqual({
      password: "brought",
      steps: ["prosody", "jicofo", "web", "jvb"],
    });
  });
});

describeWithPython("fleet-apply after a rotation", () => {
  it("gives the brewery both accounts with their passwords, and starts what logs in anew, but not the page", async () => {
    const drawn = (version: number): Bundle => {
      const customer = aCustomer({ secretsVersion: version });
      const files = new Map(renderServerFiles(aServerInput({ customer, pools: [aGcpPool()] })));
      files.set(COMPOSE, JSON.stringify(load(files.get(COMPOSE)!)));
      return Object.fromEntries(files);
    };
    const store = (value: string, ...secrets: readonly CustomerSecret[]) => {
      for (const secret of secrets)
        machine.metadata.secrets.set(secretResource("acme-meet-prod", aCustomer(), secret), value);
    };
    const logins = () => {
      const { environment } = machine.containers()["prosody-brewery"]!;
      return Object.fromEntries([
        [environment["JVB_AUTH_USER"], environment["JVB_AUTH_PASSWORD"]],
        [environment["JIGASI_XMPP_USER"], environment["JIGASI_XMPP_PASSWORD"]],
      ]);
    };

    const written = () =>
      Object.entries(machine.containers()["influxdb-setup"]!.environment).filter(([name]) =>
        /TOKEN|PASSWORD/.test(name),
      );
    const OF_POOL = telemetryLogins({ secretsVersion: 1 }, aGcpPool()).map(({ secret }) => secret);
    const TELEMETRY = ["telemetry-read-password", "telemetry-server-password"] as const;

    store("first", ...CUSTOMER_SECRETS, ...OF_POOL);
    machine.metadata.google(drawn(1));
    expect((await machine.run("google")).code).toBe(0);
    expect(logins()).toEqual({ jvb: "first", "jvb-even": "first" });

    store("second", "jicofo-auth-password", "main-jvb-auth-password", "jvb-auth-password-even");
    store("second", ...TELEMETRY, OF_POOL[1]!);
    machine.metadata.google(drawn(2));
    expect((await machine.run("google")).code).toBe(0);
    expect(machine.status().restarted).toEqual([
      ...["prosody-brewery", "prosody", "jicofo"],
      ...["grafana", "influxdb-setup", "keeper", "telegraf"],
    ]);
    expect(Object.fromEntries(written())).toEqual({
      INFLUX_TOKEN: "first",
      OPERATOR_PASSWORD: "first",
      PASSWORD_GRAFANA: "second",
      PASSWORD_SERVER: "second",
      PASSWORD_ACME__EU_BURST: "first",
      PASSWORD_ACME__EU_BURST__EVEN: "second",
    });
    expect(logins()).toEqual({ jvb: "first", "jvb-even": "second" });

    store("third", "jicofo-auth-password", "main-jvb-auth-password", "jvb-auth-password");
    machine.metadata.google(drawn(3));
    expect((await machine.run("google")).code).toBe(0);
    expect(logins()).toEqual({ jvb: "third", "jvb-even": "second" });
  });
});
