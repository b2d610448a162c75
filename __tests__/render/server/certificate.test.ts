import { load } from "js-yaml";
import { renderServerFiles } from "../../../render/server/server-files";
import { aCustomer, anAccount } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";
import { readEnvFile } from "../readers/read-env-file";

interface Service {
  readonly entrypoint?: readonly string[];
  readonly tmpfs: readonly string[];
  readonly volumes: readonly string[];
}

const own = { certificate: { secret: "abc-certificate" } };
const render = (customer = {}, account = {}) =>
  renderServerFiles(aServerInput({ customer: aCustomer(customer), account: anAccount(account) }));
const settingsOf = (files: ReadonlyMap<string, string>) =>
  JSON.parse(files.get("/etc/fleet/certificate.json")!) as Record<string, unknown>;
const servicesOf = (files: ReadonlyMap<string, string>) =>
  (load(files.get("/etc/fleet/compose.yaml")!) as { services: Record<string, Service> }).services;

describe("what fleet-certificates is told", () => {
  it("is where Let's Encrypt's certificate appears, and that the brewery presents it", () => {
    expect(render().get("/etc/fleet/certificate.json")).toMatchInlineSnapshot(`
      "{
        "hostname": "abc.meet.acme.example",
        "chain": "/var/lib/fleet/web/acme-certs/abc.meet.acme.example/fullchain.pem",
        "key": "/var/lib/fleet/web/acme-certs/abc.meet.acme.example/key.pem",
        "anyIssuer": false,
        "services": {
          "prosody-brewery": 6222
        }
      }
      "
    `);
  });

  it("is the file of the customer's own, which web presents too", () => {
    expect(settingsOf(render(own))).toEqual({
      hostname: "abc.meet.acme.example",
      chain: "/run/fleet/secrets/certificate.pem",
      key: "/run/fleet/secrets/certificate.pem",
      anyIssuer: false,
      services: { "prosody-brewery": 6222, web: 443 },
    });
  });

  it("is to take any issuer on trial and in a rehearsal, and then only", () => {
    const takesAny = [
      render({ acme: "staging" }),
      render({}, { rehearsal: true }),
      render({ acme: "production" }),
    ];
    expect(takesAny.map((files) => settingsOf(files)["anyIssuer"])).toEqual([true, true, false]);
  });
});

describe("the entrypoint of the brewery", () => {
  it("waits for a certificate of the host, copies it to where the image looks, and starts the image", () => {
    const { entrypoint, tmpfs, volumes } = servicesOf(render())["prosody-brewery"]!;
    expect(entrypoint!.slice(0, 2)).toEqual(["/bin/sh", "-c"]);
    expect(entrypoint![2]).toMatchInlineSnapshot(`
      "trap exit TERM
      [ -e /certificates/current/abc.meet.acme.example.key ] || echo "waits for a certificate of abc.meet.acme.example"
      until cd /certificates/current && cp -f abc.meet.acme.example.crt /config/certs/abc.meet.acme.example.crt &&
        cp -f abc.meet.acme.example.key /config/certs/abc.meet.acme.example.key
      do sleep 1; done 2>/dev/null
      chmod 600 /config/certs/abc.meet.acme.example.crt /config/certs/abc.meet.acme.example.key
      cd /
      exec /init
      "
    `);
    expect(volumes).toEqual(["/var/lib/fleet/certificates:/certificates:ro"]);
    expect(tmpfs).toContain("/config/certs:size=1M,mode=0700,uid=1000,gid=1000");
  });

  it("is nobody else's while the certificate is Let's Encrypt's: web asks for it", () => {
    const waiting = Object.entries(servicesOf(render({ bridgeOnServer: true })))
      .filter(([, { entrypoint }]) => JSON.stringify(entrypoint ?? "").includes("/certificates/"))
      .map(([name]) => name);
    expect(waiting).toEqual(["prosody-brewery"]);
  });
});

describe("a customer's own certificate", () => {
  it("reaches web where the image looks for one, and nobody asks Let's Encrypt", () => {
    const { entrypoint, tmpfs, volumes } = servicesOf(render(own))["web"]!;
    expect(entrypoint![2]).toContain("abc.meet.acme.example.key /config/keys/cert.key\n");
    expect(tmpfs).toContain("/config/keys:size=1M,mode=0700,uid=1000,gid=1000");
    expect(volumes).toEqual([
      "/var/lib/fleet/web:/storage",
      "/var/lib/fleet/certificates:/certificates:ro",
      "/etc/fleet/web/nginx-custom:/config/nginx-custom:ro", // beside /config/keys, not above it
    ]);
    const web = readEnvFile(render(own).get("/etc/fleet/web.env")!);
    expect(web.get("ENABLE_LETSENCRYPT")).toBe("0");
    expect([...web.keys()].filter((name) => name.startsWith("LETSENCRYPT_"))).toEqual([]);
  });

  it("restarts web and leaves the brewery, Jicofo and their bridges alone", () => {
    const [before, after] = [render(), render(own)];
    const changed = [...after.keys()].filter((path) => before.get(path) !== after.get(path));
    expect(changed).toEqual([
      "/etc/fleet/certificate.json",
      "/etc/fleet/compose.yaml",
      "/etc/fleet/secrets.json",
      "/etc/fleet/web.env",
    ]);
    const { web: _, ...others } = servicesOf(before);
    expect(servicesOf(after)).toMatchObject(others);
  });
});
