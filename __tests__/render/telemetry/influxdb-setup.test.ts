import { influxdbSecrets } from "../../../render/telemetry/influxdb-setup";
import { aCustomer, aGcpPool } from "../../builders/fleet";
import { describeWithStandIn, inventory, runSetup, StandIn } from "../../builders/influxdb-setup-trial";
import { AS_IT_SHALL_BE, passwordsOf, setupFiles, trySetup } from "../../builders/influxdb-setup-trials";

jest.setTimeout(60_000);

const pools = [aGcpPool()];
const files = setupFiles(pools);
const passwords = passwordsOf(pools, "first");

describeWithStandIn("influxdb-setup, with a stand-in of the influx command,", () => {
  trySetup(() => Promise.resolve(new StandIn()));
});

describeWithStandIn("influxdb-setup", () => {
  let database: StandIn;
  beforeEach(() => (database = new StandIn()));
  afterEach(() => database.stop());

  it("has no secret in a command line, where others on the machine could read it", () => {
    expect(runSetup(database, files, passwords).code).toBe(0);
    const calls = database.calls().join("\n");
    expect(calls).toContain("--data-binary @- http://127.0.0.1:8086/api/v2/setup");
    expect(calls).toContain("v1 auth create --username grafana --read-bucket 2b68e56c62f47bd3");
    expect(calls).not.toMatch(/PASSWORD|Token|first/);
  });

  // At every call: proofs/influxdb-setup.test.ts.
  it("goes on where it was cut off", () => {
    database.cutAt(7);
    expect(runSetup(database, files, passwords).code).not.toBe(0);
    database.cutAt(undefined);
    expect(runSetup(database, files, passwords).code).toBe(0);
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
  });

  it("waits for a database that is not up yet, and gives up after two minutes", () => {
    database.away(true);
    const quick = (seconds: number) =>
      new Map(
        [...files].map(([path, text]) => [
          path,
          text
            .replace("wait_for_database 120", `wait_for_database ${seconds}`)
            // The third time, somebody answers.
            .replace("  sleep 1\n", '  [ "$seconds" -lt 2 ] || rm "$FAKE_INFLUX/away"\n'),
        ]),
      );
    expect(runSetup(database, quick(1), passwords)).toEqual({
      code: 1,
      out: "",
      err: "influxdb-setup: no answer from http://127.0.0.1:8086 for 1 seconds\n",
    });
    expect(database.isNew()).toBe(true);
    expect(runSetup(database, quick(120), passwords)).toMatchObject({ code: 0, err: "" });
    expect(files.get("/etc/fleet/influxdb-setup/setup.sh")).toContain("\nwait_for_database 120\n");
  });
});

describe("influxdbSetupFiles", () => {
  it("name both accounts of each pool, whoever's turn it is, and the variables of their passwords", () => {
    expect(files.get("/etc/fleet/influxdb-setup/accounts")).toMatchInlineSnapshot(`
      "# Account, what it may do, and the variable that has its password.
      grafana read PASSWORD_GRAFANA
      server write PASSWORD_SERVER
      acme.eu-burst write PASSWORD_ACME__EU_BURST
      acme.eu-burst.even write PASSWORD_ACME__EU_BURST__EVEN
      "
    `);
    const { services } = { services: influxdbSecrets("acme-meet-prod", aCustomer(), pools) };
    expect(services).toMatchInlineSnapshot(`
      {
        "influxdb-setup": {
          "INFLUX_TOKEN": "projects/acme-meet-prod/secrets/abc-influxdb-operator-token",
          "OPERATOR_PASSWORD": "projects/acme-meet-prod/secrets/abc-influxdb-operator-password",
          "PASSWORD_ACME__EU_BURST": "projects/acme-meet-prod/secrets/abc-telemetry_acme_eu-burst",
          "PASSWORD_ACME__EU_BURST__EVEN": "projects/acme-meet-prod/secrets/abc-telemetry_acme_eu-burst_even",
          "PASSWORD_GRAFANA": "projects/acme-meet-prod/secrets/abc-telemetry-read-password",
          "PASSWORD_SERVER": "projects/acme-meet-prod/secrets/abc-telemetry-server-password",
        },
      }
    `);
  });

  it("are all that a new pool changes beside the list of secrets, so only Grafana starts anew beside it", () => {
    const more = setupFiles([...pools, aGcpPool({ id: "us" })]);
    const changed = [...more.keys()]
      .filter((path) => !path.startsWith("/etc/fleet/grafana/")) // Grafana shows and watches it
      .filter((path) => more.get(path) !== files.get(path));
    expect(changed).toEqual(["/etc/fleet/influxdb-setup/accounts", "/etc/fleet/secrets.json"]);
  });
});

describe("influxdbSecrets", () => {
  it("refuse two pools whose variables would be one", () => {
    const doubled = [aGcpPool({ account: "acme", id: "a--b" }), aGcpPool({ account: "acme--a", id: "b" })];
    expect(() => influxdbSecrets("p", aCustomer(), doubled)).toThrow("rename one");
  });
});
