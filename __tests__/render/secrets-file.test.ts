import { load } from "js-yaml";
import { CUSTOMER_SECRETS, secretResource } from "../../model/names";
import { poolSecrets } from "../../model/turns";
import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import { COMPOSE_PATH } from "../../render/machine-paths";
import type { MachineFiles } from "../../render/machine-files";
import { renderServerFiles } from "../../render/server/server-files";
import envNames from "../../model/data/jitsi-env-stable-11146-2.json";
import { aCustomer } from "../builders/fleet";
import { readEnvFile } from "./readers/read-env-file";
import { aGcpBridgeInput, aLinodeBridgeInput, alsoServed, aServerInput } from "../builders/machine-input";

type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;
const PATH = "/etc/fleet/secrets.json";
const secretsOf = (files: MachineFiles) => JSON.parse(files.get(PATH)!) as Secrets;

/** Variables that images of others and influxdb-setup read, by service; those of Telegraf are in its settings. */
const OTHER_IMAGES: Readonly<Record<string, readonly string[]>> = {
  grafana: ["GF_SECURITY_ADMIN_PASSWORD"],
  "influxdb-setup": ["INFLUX_TOKEN", "OPERATOR_PASSWORD"],
};

const server = renderServerFiles(aServerInput());
const withBridge = renderServerFiles(aServerInput({ customer: aCustomer({ bridgeOnServer: true }) }));
const shared = renderBridgeFiles(aGcpBridgeInput({ served: [...aGcpBridgeInput().served, alsoServed] }));

describe("secrets.json", () => {
  it("names the passwords of a server; no bridge holds that of the main Prosody", () => {
    expect(server.get(PATH)).toMatchInlineSnapshot(`
      "{
        "prosody.env": {
          "JICOFO_AUTH_PASSWORD": "projects/acme-meet-prod/secrets/abc-jicofo-auth-password",
          "JVB_AUTH_PASSWORD": "projects/acme-meet-prod/secrets/abc-main-jvb-auth-password"
        },
        "prosody-brewery.env": {
          "JICOFO_AUTH_PASSWORD": "projects/acme-meet-prod/secrets/abc-jicofo-auth-password",
          "JVB_AUTH_PASSWORD": "projects/acme-meet-prod/secrets/abc-jvb-auth-password",
          "JIGASI_XMPP_PASSWORD": "projects/acme-meet-prod/secrets/abc-jvb-auth-password-even"
        },
        "jicofo.env": {
          "JICOFO_AUTH_PASSWORD": "projects/acme-meet-prod/secrets/abc-jicofo-auth-password"
        },
        "grafana.env": {
          "GF_SECURITY_ADMIN_PASSWORD": "projects/acme-meet-prod/secrets/abc-grafana-admin-password",
          "TELEMETRY_READ_PASSWORD": "projects/acme-meet-prod/secrets/abc-telemetry-read-password"
        },
        "telegraf.env": {
          "TELEMETRY_PASSWORD": "projects/acme-meet-prod/secrets/abc-telemetry-server-password"
        },
        "keeper.env": {
          "TELEMETRY_PASSWORD": "projects/acme-meet-prod/secrets/abc-telemetry-server-password"
        },
        "influxdb-setup.env": {
          "INFLUX_TOKEN": "projects/acme-meet-prod/secrets/abc-influxdb-operator-token",
          "OPERATOR_PASSWORD": "projects/acme-meet-prod/secrets/abc-influxdb-operator-password",
          "PASSWORD_GRAFANA": "projects/acme-meet-prod/secrets/abc-telemetry-read-password",
          "PASSWORD_SERVER": "projects/acme-meet-prod/secrets/abc-telemetry-server-password",
          "PASSWORD_ACME__EU_BURST": "projects/acme-meet-prod/secrets/abc-telemetry_acme_eu-burst",
          "PASSWORD_ACME__EU_BURST__EVEN": "projects/acme-meet-prod/secrets/abc-telemetry_acme_eu-burst_even",
          "PASSWORD_ACME__NL_STATIC": "projects/acme-meet-prod/secrets/abc-telemetry_acme_nl-static",
          "PASSWORD_ACME__NL_STATIC__EVEN": "projects/acme-meet-prod/secrets/abc-telemetry_acme_nl-static_even"
        }
      }
      "
    `);
  });

  it("names the bridges' password too with bridgeOnServer", () => {
    expect(secretsOf(withBridge)).toEqual({
      ...secretsOf(server),
      "jvb.env": { JVB_AUTH_PASSWORD: "projects/acme-meet-prod/secrets/abc-jvb-auth-password" },
    });
  });

  it("names the file of a customer's own certificate", () => {
    const own = aCustomer({ certificate: { secret: "abc-certificate" } });
    expect(secretsOf(renderServerFiles(aServerInput({ customer: own })))).toEqual({
      ...secretsOf(server),
      "certificate.pem": "projects/acme-meet-prod/secrets/abc-certificate",
    });
  });

  it("names one password for each customer that a bridge serves", () => {
    expect(secretsOf(shared)).toEqual({
      "jvb.env": {
        JVB_AUTH_PASSWORD: "projects/acme-meet-prod/secrets/abc-jvb-auth-password",
        JVB_AUTH_PASSWORD_XYZ_EUROPE: "projects/acme-meet-prod/secrets/xyz-europe-jvb-auth-password",
      },
      "telegraf.env": {
        TELEMETRY_PASSWORD_ABC: "projects/acme-meet-prod/secrets/abc-telemetry_acme_eu-burst",
        TELEMETRY_PASSWORD_XYZ_EUROPE: "projects/acme-meet-prod/secrets/xyz-europe-telemetry_acme_eu-burst",
      },
    });
  });

  it("names the login to private registries where images come from one", () => {
    const own = { repository: "registry.acme.example/own" };
    const images = { ...aCustomer().images, pullSecret: "acme-registry" };
    const login = { "registry.json": "projects/acme-meet-prod/secrets/acme-registry" };
    const customer = (component: "web" | "jvb") => aCustomer({ images: { ...images, [component]: own } });
    const bridges = (component: "web" | "jvb") => {
      const [{ server: host }] = aGcpBridgeInput().served;
      const input = aGcpBridgeInput({ served: [{ customer: customer(component), server: host }] });
      return secretsOf(renderBridgeFiles(input));
    };
    expect(secretsOf(renderServerFiles(aServerInput({ customer: customer("web") })))).toEqual({
      ...secretsOf(server),
      ...login,
    });
    expect(bridges("jvb")).toMatchObject(login);
    // What the bridges do not need, they may not read.
    expect(bridges("web")).not.toHaveProperty(["registry.json"]);
  });

  it("names the password of the account whose turn it is, for each customer by itself", () => {
    const [home] = aGcpBridgeInput().served;
    const rotated = { ...home, customer: aCustomer({ secretsVersion: 2 }) };
    const files = renderBridgeFiles(aGcpBridgeInput({ served: [rotated, alsoServed] }));
    expect(secretsOf(files)["jvb.env"]).toEqual({
      JVB_AUTH_PASSWORD: "projects/acme-meet-prod/secrets/abc-jvb-auth-password-even",
      JVB_AUTH_PASSWORD_XYZ_EUROPE: "projects/acme-meet-prod/secrets/xyz-europe-jvb-auth-password",
    });
    expect(readEnvFile(files.get("/etc/fleet/jvb.env")!).get("JVB_AUTH_USER")).toBe("jvb-even");

    const alsoRotated = { ...alsoServed, customer: { ...alsoServed.customer, secretsVersion: 2 } };
    const other = renderBridgeFiles(aGcpBridgeInput({ served: [home, alsoRotated] }));
    expect(readEnvFile(other.get("/etc/fleet/jvb.env")!).get("JVB_AUTH_USER")).toBe("jvb");
    expect(other.get("/etc/fleet/jvb/custom-jvb.conf")).toContain('USERNAME = "jvb-even"');
  });

  it("is not on a Linode, which has no service account", () => {
    expect(renderBridgeFiles(aLinodeBridgeInput()).has(PATH)).toBe(false);
  });

  it("names every secret of a customer somewhere: none is drawn in vain", () => {
    const named = Object.values(secretsOf(server)).flatMap((variables) => Object.values(variables));
    const { customer, pools } = aServerInput();
    const drawn = [...CUSTOMER_SECRETS, ...poolSecrets(customer, pools)].map((secret) =>
      secretResource("acme-meet-prod", customer, secret),
    );
    expect(new Set(named)).toEqual(new Set(drawn));
  });

  it.each([
    ["a server", server],
    ["a server with a bridge", withBridge],
    ["a bridge of two customers", shared],
  ])("has what the containers of %s wait for, in variables that their images read", (_, files) => {
    const { services } = load(files.get("/etc/fleet/compose.yaml")!) as {
      services: Readonly<Record<string, { readonly image: string; readonly env_file: readonly string[] }>>;
    };
    const waited = Object.values(services).flatMap(({ env_file }) =>
      env_file.flatMap((path) => /^\/run\/fleet\/secrets\/(.+)$/.exec(path)?.[1] ?? []),
    );
    expect(Object.keys(secretsOf(files)).sort()).toEqual(waited.sort());

    const settings = [...files]
      .filter(([path]) => /\.(?:conf|ya?ml)$|\/accounts$/.test(path) && path !== COMPOSE_PATH)
      .map(([, text]) => text)
      .join("");
    // In a configuration, or the last word of a line of influxdb-setup's accounts.
    const mentioned = (variable: string) =>
      new RegExp(`\\$\\{?${variable}\\b|^.* ${variable}$`, "m").test(settings);
    for (const [name, { image }] of Object.entries(services)) {
      const component = /^ghcr\.io\/jitsi\/([a-z]+):/.exec(image)?.[1] as
        keyof typeof envNames.compose | undefined;
      const known = new Set(
        component ? [...envNames.images[component], ...envNames.compose[component]] : OTHER_IMAGES[name],
      );
      for (const variable of Object.keys(secretsOf(files)[`${name}.env`] ?? {})) {
        expect({ variable, read: known.has(variable) || mentioned(variable) }).toEqual({
          variable,
          read: true,
        });
      }
    }
  });
});
