import { gzipSync } from "node:zlib";
import type { Bundle } from "./trial-machine";

export const COMPOSE = "/etc/fleet/compose.yaml";

/** A small server: every kind of file that a service can have. Compose files are JSON here, which is YAML too. */
export const SERVICES = {
  web: {
    image: "web:1",
    env_file: ["/etc/fleet/web.env"],
    volumes: ["/etc/fleet/web/custom-config.js:/config/custom-config.js:ro", "/var/lib/fleet/web:/storage"],
    depends_on: ["prosody"],
  },
  prosody: { image: "prosody:1", env_file: ["/etc/fleet/prosody.env"] },
  jicofo: {
    image: "jicofo:1",
    env_file: ["/etc/fleet/jicofo.env"],
    volumes: ["/etc/fleet/jicofo:/config:ro"],
    depends_on: ["prosody"],
  },
  jvb: { image: "jvb:1", env_file: ["/etc/fleet/jvb.env", "/run/fleet/host.env"] },
} as const;

/** The bundle of that server, with other texts, files or services where a test says so; `undefined` takes one away. */
export function aBundle(
  files: Readonly<Record<string, string | undefined>> = {},
  services: Readonly<Record<string, unknown>> = {},
): Bundle {
  const all = {
    [COMPOSE]: JSON.stringify({ services: { ...SERVICES, ...services } }),
    "/etc/fleet/web.env": "A=1\n",
    "/etc/fleet/prosody.env": "A=1\n",
    "/etc/fleet/jicofo.env": "A=1\n",
    "/etc/fleet/jvb.env": "A=1\n",
    "/etc/fleet/web/custom-config.js": "config.a = 1;\n",
    "/etc/fleet/jicofo/custom-jicofo.conf": "a = 1\n",
    "/etc/fleet/jicofo/logging.properties": "b = 1\n",
    ...files,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])),
  );
}

/** Files, or any text, in the form of the compressed value. */
export const packed = (files: unknown): string =>
  gzipSync(typeof files === "string" ? files : JSON.stringify(files)).toString("base64");
