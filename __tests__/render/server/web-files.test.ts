import { Script } from "node:vm";
import { load } from "js-yaml";
import type { Customer } from "../../../model/fleet";
import { GRAFANA_IMAGE } from "../../../model/versions";
import { renderServerFiles } from "../../../render/server/server-files";
import { webFiles, webMounts } from "../../../render/server/web-files";
import { aCustomer } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";
import { readEnvFile } from "../readers/read-env-file";
import { renderings } from "../renderings";

const REGION = "gcp-europe-west4";
const render = (customer: Partial<Customer>) => webFiles(aCustomer(customer), REGION);

const participantRegion = {
  header: {
    name: "X-Client-Region",
    values: { US: "gcp-us-east1", EU: "gcp-europe-west4" },
    from: ["130.211.0.0/22", "35.191.0.0/16"],
  },
  networks: { "203.0.113.64/26": "gcp-us-east1", "203.0.113.0/24": "linode-nl-ams" },
};

describe("webFiles", () => {
  it("admit the customer's own page, without any option", () => {
    expect(render({})).toEqual({
      "/etc/fleet/web/nginx-custom/allowed-origins.conf": expect.any(String) as string,
      "/etc/fleet/web/nginx-custom/grafana.conf": expect.any(String) as string,
      "/etc/fleet/web/nginx-custom/telemetry-write.conf": expect.any(String) as string,
    });
    expect(render({})["/etc/fleet/web/nginx-custom/allowed-origins.conf"]).toMatchInlineSnapshot(`
      "# Pages whose scripts may open calls here. Prosody admits every page; who sends no Origin is no page of a
      # browser.
      set $fleet_page "allowed";
      if ($http_origin) { set $fleet_page "foreign"; }
      if ($http_origin = "https://abc.meet.acme.example") { set $fleet_page "allowed"; }

      # At any depth: the image's own rules strip what is before these paths.
      if ($uri ~ "/(?:http-bind|xmpp-websocket)") { set $fleet_page "$fleet_page signalling"; }
      if ($fleet_page = "foreign signalling") { return 403; }
      "
    `);
  });

  it("admit other pages by name, and every page with nothing", () => {
    const conf = (allowedOrigins: string[]) =>
      render({ allowedOrigins })["/etc/fleet/web/nginx-custom/allowed-origins.conf"];
    expect(
      conf(["https://b.example", "https://a.example", "https://b.example"])?.match(/= "[^"]+"/g),
    ).toEqual([
      '= "https://a.example"',
      '= "https://abc.meet.acme.example"',
      '= "https://b.example"',
      '= "foreign signalling"',
    ]);
    expect(conf(["https://b.example", "*"])).toBeUndefined();
  });

  it("find the participant's region", () => {
    expect(render({ participantRegion })["/etc/fleet/web/nginx-custom/participant-region.conf"])
      .toMatchInlineSnapshot(`
      "# Who asks is whom the CDN or load balancer names: else its address would be everybody's, and all of them
      # would share the limits that Prosody has for one. Nobody else is believed.
      set_real_ip_from 130.211.0.0/22;
      set_real_ip_from 35.191.0.0/16;
      real_ip_header X-Forwarded-For;
      real_ip_recursive on;

      # The bridge region of whoever asks: that of the server, unless something below knows better.
      set $fleet_region "gcp-europe-west4";

      # By the address that asks. The narrowest network comes last, so it wins.
      if ($remote_addr ~ "^203[.]0[.]113[.][0-9]+$") { set $fleet_region "linode-nl-ams"; }
      if ($remote_addr ~ "^203[.]0[.]113[.](?:6[4-9]|7[0-9]|8[0-9]|9[0-9]|10[0-9]|11[0-9]|12[0-7])$") { set $fleet_region "gcp-us-east1"; }

      # By the header X-Client-Region, which counts in requests of 130.211.0.0/22, 35.191.0.0/16 only, and other
      # values do not.
      set $fleet_said "";
      if ($realip_remote_addr ~ "^130[.]211[.][0-3][.][0-9]+$") { set $fleet_said $http_x_client_region; }
      if ($realip_remote_addr ~ "^35[.]191[.][0-9]+[.][0-9]+$") { set $fleet_said $http_x_client_region; }
      if ($fleet_said = "EU") { set $fleet_region "gcp-europe-west4"; }
      if ($fleet_said = "US") { set $fleet_region "gcp-us-east1"; }

      # config.js differs from participant to participant, and so does every page of a room, which the image makes
      # with config.js within: nobody between may keep them. Files below /libs, /static and the like have headers of
      # their own instead of this one.
      add_header Cache-Control "private, no-cache";
      "
    `);
  });

  it("tell it to the page, before what the customer adds", () => {
    const own = new Map([["config.js", "config.a = 1;\n"]]);
    expect(render({ participantRegion, webFiles: own })["/etc/fleet/web/custom-config.js"])
      .toMatchInlineSnapshot(`
      "// Where the participant is: nginx writes it here (nginx-custom/participant-region.conf), for Jicofo to read.
      config.deploymentInfo = config.deploymentInfo || {};
      config.deploymentInfo.userRegion = '<!--# echo var="fleet_region" default="gcp-europe-west4" -->';

      config.a = 1;
      "
    `);
  });

  it("throw for what the model lets nobody write", () => {
    expect(() => render({ participantRegion: { networks: { "10.0.0.0/8": 'x"; }' } } })).toThrow(
      "refuse it in the model",
    );
  });
});

describe("rendered scripts", () => {
  const scripts = [...renderings].flatMap(([name, files]) =>
    [...files]
      .filter(([path]) => path.endsWith(".js"))
      .map(([path, text]) => [`${path} of ${name}`, text] as const),
  );

  it.each(scripts)("are what a browser reads: %s", (_, text) => {
    expect(() => new Script(text)).not.toThrow();
  });
});

describe("webMounts", () => {
  it("mount what there is, read-only", () => {
    expect(webMounts({})).toEqual([]);
    const own = new Map([
      ["branding/a.svg", "<svg/>\n"],
      ["branding/b.svg", "<svg/>\n"],
      ["config.js", "config.a = 1;\n"],
      ["interface_config.js", "interfaceConfig.A = 1;\n"],
    ]);
    expect(webMounts(render({ webFiles: own }))).toEqual([
      "/etc/fleet/web/custom-config.js:/config/custom-config.js:ro",
      "/etc/fleet/web/custom-interface_config.js:/config/custom-interface_config.js:ro",
      "/etc/fleet/web/nginx-custom:/config/nginx-custom:ro",
      "/etc/fleet/web/branding:/usr/share/jitsi-meet/static/branding:ro",
    ]);
  });
});

describe("the settings of a customer's calls", () => {
  const meetings = aCustomer().meetings;
  const variables = (customer: Partial<Customer>, container: string) =>
    readEnvFile(
      renderServerFiles(aServerInput({ customer: aCustomer(customer) })).get(`/etc/fleet/${container}.env`)!,
    );

  it.each([
    ["lobby", "ENABLE_LOBBY", ["prosody"]],
    ["breakoutRooms", "ENABLE_BREAKOUT_ROOMS", ["web", "prosody"]],
    ["avModeration", "ENABLE_AV_MODERATION", ["prosody"]],
    ["endConference", "ENABLE_END_CONFERENCE", ["prosody"]],
  ])("switch %s off with %s", (feature, variable, containers) => {
    for (const container of ["web", "prosody", "prosody-brewery"]) {
      const value = containers.includes(container) ? "0" : undefined;
      expect(variables({ meetings: { ...meetings, [feature]: false } }, container).get(variable)).toBe(value);
      expect(variables({}, container).has(variable)).toBe(false);
    }
  });

  it("limit the people of a call, and choose the page's language", () => {
    expect(
      variables({ meetings: { ...meetings, maxParticipants: 50 } }, "prosody").get("MAX_PARTICIPANTS"),
    ).toBe("50");
    expect(variables({ language: "ptBR" }, "web").get("DEFAULT_LANGUAGE")).toBe("ptBR");
  });
});

describe("the images of a customer", () => {
  it("are those of each component; both Prosodys have one", () => {
    const tagged = (tag: string) => ({ tag });
    const images = {
      web: tagged("web-1"),
      prosody: tagged("prosody-1"),
      jicofo: tagged("jicofo-1"),
      jvb: { repository: "registry.acme.example/bridge", tag: "jvb-1" },
    };
    const files = renderServerFiles(aServerInput({ customer: aCustomer({ images, bridgeOnServer: true }) }));
    const { services } = load(files.get("/etc/fleet/compose.yaml")!) as {
      services: Record<string, { image: string }>;
    };
    expect(
      Object.fromEntries(Object.entries(services).map(([name, { image }]) => [name, image])),
    ).toMatchObject({
      web: "ghcr.io/jitsi/web:web-1",
      prosody: "ghcr.io/jitsi/prosody:prosody-1",
      "prosody-brewery": "ghcr.io/jitsi/prosody:prosody-1",
      jicofo: "ghcr.io/jitsi/jicofo:jicofo-1",
      jvb: "registry.acme.example/bridge:jvb-1",
      grafana: GRAFANA_IMAGE,
    });
  });
});
