import { Script } from "node:vm";
import { renderServerFiles } from "../../../render/server/server-files";
import type { Customer } from "../../../model/fleet";
import { aCustomer } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";
import { type Asked, describeWithNginx, nginxComplaints, RealNginx } from "../../builders/real-nginx";
import { renderings } from "../renderings";

const filesOf = (customer: Partial<Customer>) =>
  renderServerFiles(aServerInput({ customer: aCustomer(customer) }));

let nginx: RealNginx | undefined;
afterEach(async () => {
  await nginx?.stop();
  nginx = undefined;
});
const serve = async (customer: Partial<Customer>): Promise<RealNginx> =>
  (nginx = await RealNginx.start(filesOf(customer)));

describeWithNginx("nginx", () => {
  it.each([...renderings])("takes the files of %s", (_, files) => {
    expect(nginxComplaints(files)).toBe("");
  });

  it("would complain of a mistake", () => {
    expect(nginxComplaints(new Map([["/etc/fleet/web/nginx-custom/x.conf", "set $x;\n"]]))).toContain(
      'invalid number of arguments in "set"',
    );
  });
});

describeWithNginx("allowed origins", () => {
  const SIGNALLING = [
    "/http-bind?room=a",
    "/xmpp-websocket?room=a",
    "/tenant/http-bind",
    "/a/b/xmpp-websocket",
  ];
  const statuses = (server: RealNginx, origin: string | undefined) =>
    Promise.all(
      SIGNALLING.map(
        async (path) =>
          (await server.get(path, { headers: origin === undefined ? {} : { Origin: origin } })).status,
      ),
    );
  const [YES, NO] = [SIGNALLING.map(() => 200), SIGNALLING.map(() => 403)];

  it("are the customer's own pages, and whoever is no page", async () => {
    const server = await serve({});
    expect(await statuses(server, "https://abc.meet.acme.example")).toEqual(YES);
    expect(await statuses(server, undefined)).toEqual(YES);
    for (const foreign of [
      "https://app.example",
      "http://abc.meet.acme.example",
      "https://abc.meet.acme.example.evil.example",
      "https://abc.meet.acme.example:8443",
      "null",
    ]) {
      expect([foreign, await statuses(server, foreign)]).toEqual([foreign, NO]);
    }
  });

  it("are others that the customer names; Prosody answers them with their own origin", async () => {
    const server = await serve({ allowedOrigins: ["https://app.example", "http://localhost:3000"] });
    for (const origin of ["https://app.example", "http://localhost:3000", "https://abc.meet.acme.example"]) {
      expect([origin, await statuses(server, origin)]).toEqual([origin, YES]);
      const { headers } = await server.get("/http-bind", { headers: { Origin: origin } });
      expect(headers["access-control-allow-origin"]).toBe(origin);
    }
    expect(await statuses(server, "https://other.example")).toEqual(NO);
  });

  it('are all with "*"', async () => {
    const server = await serve({ allowedOrigins: ["*"] });
    expect(await statuses(server, "https://other.example")).toEqual(YES);
  });

  it("do not matter for the page and its scripts", async () => {
    const server = await serve({});
    for (const path of ["/", "/room", "/config.js", "/tenant/config.js"]) {
      const { status } = await server.get(path, { headers: { Origin: "https://other.example" } });
      expect([path, status]).not.toEqual([path, 403]);
    }
  });
});

/** What the page's script makes of its settings. */
const configOf = (script: string): Record<string, unknown> & { deploymentInfo?: { userRegion: string } } =>
  new Script(`${script};config`).runInNewContext() as Record<string, unknown>;

describeWithNginx("the participant's region", () => {
  const regionOf = async (server: RealNginx, how: Asked = {}, path = "/config.js") => {
    const answer = await server.get(path, how);
    expect(answer.status).toBe(200);
    return configOf(answer.text).deploymentInfo?.userRegion;
  };
  const header = {
    name: "X-Client-Region",
    values: { EU: "gcp-europe-west4", US: "gcp-us-east1" },
  };

  it("is nowhere without the option", async () => {
    const server = await serve({});
    expect(await regionOf(server)).toBeUndefined();
    expect((await server.get("/config.js")).headers["cache-control"]).toBeUndefined();
  });

  it("is that of the header, in every place that config.js is served from", async () => {
    const server = await serve({ participantRegion: { header } });
    expect(await regionOf(server, { headers: { "X-Client-Region": "US" } })).toBe("gcp-us-east1");
    expect(await regionOf(server, { headers: { "x-client-region": "EU" } }, "/tenant/config.js")).toBe(
      "gcp-europe-west4",
    );
  });

  it.each([
    undefined,
    "",
    "us",
    "USA",
    "US, EU",
    "';alert(1);//",
    "--><script>alert(1)</script>",
    '<!--# echo var="http_cookie" -->',
    "gcp-us-east1",
    "$fleet_region",
  ])("is the server's for the header %p", async (value) => {
    const server = await serve({ participantRegion: { header } });
    const headers: Record<string, string> =
      value === undefined ? {} : { "X-Client-Region": value, Cookie: "secret" };
    const { text } = await server.get("/config.js", { headers });
    const { text: plain } = await server.get("/config.js");
    expect(text).toBe(plain);
    expect(configOf(text).deploymentInfo?.userRegion).toBe("gcp-europe-west4");
  });

  it("counts the header in requests of the load balancer only", async () => {
    const server = await serve({
      participantRegion: { header: { ...header, from: ["127.16.0.0/12", "127.0.5.0/24"] } },
    });
    const headers = { "X-Client-Region": "US" };
    for (const from of ["127.16.0.1", "127.31.255.254", "127.0.5.9"]) {
      expect([from, await regionOf(server, { from, headers })]).toEqual([from, "gcp-us-east1"]);
    }
    for (const from of ["127.0.0.1", "127.15.255.254", "127.32.0.1", "127.0.50.1", "127.0.6.1"]) {
      expect([from, await regionOf(server, { from, headers })]).toEqual([from, "gcp-europe-west4"]);
    }
  });

  describe("behind a CDN", () => {
    const [CDN, CLIENT, VIA_CDN] = ["127.16.0.1", "198.51.100.7", { from: "127.16.0.1" }];
    const participantRegion = {
      header: { ...header, from: ["127.16.0.0/12", "203.0.113.0/24"] },
      networks: { "198.51.100.0/24": "linode-nl-ams", "127.16.0.0/12": "gcp-europe-west3" },
    };
    /** Whom Prosody's limits count for, on each way to it. */
    const askers = async (server: RealNginx, asked: Asked) =>
      Promise.all(
        ["/http-bind", "/xmpp-websocket", "/tenant/http-bind"].map(
          async (path) => (await server.get(path, asked)).headers["x-asked-by"],
        ),
      );
    const forwarded = (...addresses: string[]) => ({ "X-Forwarded-For": addresses.join(", ") });

    it("is that of the client whom the CDN names, and so are Prosody's limits", async () => {
      const server = await serve({ participantRegion });
      for (const said of [[CLIENT], ["10.9.9.9", CLIENT], [CLIENT, "203.0.113.9"], ["x", CLIENT, CDN]]) {
        const asked = { ...VIA_CDN, headers: forwarded(...said) };
        expect([said, await askers(server, asked)]).toEqual([said, [CLIENT, CLIENT, CLIENT]]);
        expect([said, await regionOf(server, asked)]).toEqual([said, "linode-nl-ams"]);
      }
      // The page has config.js within: nginx asks itself for that.
      const { text } = await server.get("/tenant/room", { ...VIA_CDN, headers: forwarded(CLIENT) });
      expect(text).toContain("userRegion = 'linode-nl-ams'");
    });

    it("counts the header of a CDN whose client is elsewhere", async () => {
      const server = await serve({ participantRegion });
      const headers = { ...forwarded(CLIENT), "X-Client-Region": "US" };
      expect(await regionOf(server, { ...VIA_CDN, headers })).toBe("gcp-us-east1");
    });

    it("believes nobody else, whatever he says of himself", async () => {
      const server = await serve({ participantRegion });
      const from = "127.0.0.9";
      for (const said of [[CLIENT], [CDN], [CLIENT, CDN]]) {
        const asked = { from, headers: { ...forwarded(...said), "X-Client-Region": "US" } };
        expect([said, await askers(server, asked)]).toEqual([said, [from, from, from]]);
        expect([said, await regionOf(server, asked)]).toEqual([said, "gcp-europe-west4"]);
      }
    });

    it("is that of the CDN where it names nobody, or where the customer does not name it", async () => {
      expect(await askers(await serve({ participantRegion }), VIA_CDN)).toEqual([CDN, CDN, CDN]);
      await nginx!.stop();
      const unnamed = await serve({ participantRegion: { header } });
      expect(await askers(unnamed, { ...VIA_CDN, headers: forwarded(CLIENT) })).toEqual([CDN, CDN, CDN]);
    });
  });

  it("is that of the narrowest network, and the header's before it", async () => {
    const server = await serve({
      participantRegion: {
        header,
        networks: {
          "127.20.0.0/16": "linode-nl-ams",
          "127.20.30.40/32": "gcp-us-east1",
          "127.0.0.0/8": "gcp-europe-west3",
        },
      },
    });
    expect(await regionOf(server, { from: "127.0.0.1" })).toBe("gcp-europe-west3");
    expect(await regionOf(server, { from: "127.20.30.41" })).toBe("linode-nl-ams");
    expect(await regionOf(server, { from: "127.20.30.40" })).toBe("gcp-us-east1");
    expect(await regionOf(server, { from: "127.20.30.41", headers: { "X-Client-Region": "EU" } })).toBe(
      "gcp-europe-west4",
    );
  });

  it("is kept by nobody between, neither in config.js nor in the pages that have it within", async () => {
    const webFiles = new Map([["branding/logo.svg", "<svg/>\n"]]);
    const server = await serve({ participantRegion: { header }, webFiles });
    for (const path of ["/config.js", "/tenant/config.js", "/", "/room", "/tenant/room"]) {
      const { headers, text } = await server.get(path, { headers: { "X-Client-Region": "US" } });
      expect([path, text]).toEqual([path, expect.stringContaining("userRegion = 'gcp-us-east1'")]);
      expect([path, headers]).toEqual([
        path,
        expect.objectContaining({
          "cache-control": "private, no-cache",
          "x-content-type-options": "nosniff",
        }),
      ]);
    }
    expect((await server.get("/static/branding/logo.svg")).headers["cache-control"]).toBeUndefined();
  });

  it("leaves the last word to the customer's own script", async () => {
    const own = new Map([["config.js", "config.deploymentInfo.userRegion = 'mine';\n"]]);
    const server = await serve({ participantRegion: { header }, webFiles: own });
    expect(await regionOf(server)).toBe("mine");
  });
});

describeWithNginx("the customer's files", () => {
  it("are part of config.js, and branding is served beside it", async () => {
    const server = await serve({
      webFiles: new Map([
        ["branding/logo.svg", "<svg/>\n"],
        ["config.js", "config.toolbarButtons = ['hangup'];\n"],
      ]),
    });
    expect(configOf((await server.get("/config.js")).text)).toMatchObject({ toolbarButtons: ["hangup"] });
    const logo = await server.get("/static/branding/logo.svg");
    expect([logo.status, logo.text, logo.headers["content-type"]]).toEqual([
      200,
      "<svg/>\n",
      "image/svg+xml",
    ]);
  });
});
