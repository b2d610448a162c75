import type { Customer } from "../../model/fleet";
import { configDirectory } from "../machine-paths";
import { renderAllowedOrigins } from "./allowed-origins";
import { renderGrafanaLocation } from "./grafana-location";
import { renderParticipantRegion, renderRegionScript } from "./participant-region";
import { renderTelemetryWrite } from "./telemetry-write";

type WebCustomer = Pick<Customer, "hostname" | "allowedOrigins" | "participantRegion" | "webFiles">;

const WEB = configDirectory("web");
const NGINX = `${WEB}/nginx-custom`;
const BRANDING = `${WEB}/branding`;

/** The customer's own scripts: file beside his YAML -> what the image appends to its own. */
const SCRIPTS = {
  "config.js": "custom-config.js",
  "interface_config.js": "custom-interface_config.js",
} as const;

/**
 * Files that the web container reads beside its environment, by path.
 *
 *   custom-config.js, custom-interface_config.js   appended to the image's config.js and interface_config.js
 *   nginx-custom/*.conf                            included in nginx's server block
 *   branding/*                                     served at /static/branding/
 *
 * @param region Region of the server.
 */
export function webFiles(customer: WebCustomer, region: string): Record<string, string> {
  const { participantRegion, webFiles: own } = customer;
  const script = [
    ...(participantRegion === undefined ? [] : [renderRegionScript(region)]),
    // The customer's own words come last, so they hold.
    ...(own.has("config.js") ? [own.get("config.js")!] : []),
  ].join("\n");
  return present({
    [`${NGINX}/allowed-origins.conf`]: renderAllowedOrigins(customer),
    [`${NGINX}/grafana.conf`]: renderGrafanaLocation(customer),
    [`${NGINX}/participant-region.conf`]:
      participantRegion && renderParticipantRegion(participantRegion, region),
    [`${NGINX}/telemetry-write.conf`]: renderTelemetryWrite(),
    [`${WEB}/${SCRIPTS["config.js"]}`]: script === "" ? undefined : script,
    [`${WEB}/${SCRIPTS["interface_config.js"]}`]: own.get("interface_config.js"),
    ...Object.fromEntries(
      [...own]
        .filter(([path]) => path.startsWith("branding/"))
        .map(([path, text]) => [`${WEB}/${path}`, text] as const),
    ),
  });
}

/** What of them the web container mounts, and where. */
export function webMounts(files: Readonly<Record<string, string>>): string[] {
  const paths = Object.keys(files);
  const mount = (path: string, target: string) =>
    paths.some((file) => `${file}/`.startsWith(`${path}/`)) ? [`${path}:${target}:ro`] : [];
  return [
    ...Object.values(SCRIPTS).flatMap((script) => mount(`${WEB}/${script}`, `/config/${script}`)),
    ...mount(NGINX, "/config/nginx-custom"),
    // Beside the image's own files, which its nginx serves to everyone.
    ...mount(BRANDING, "/usr/share/jitsi-meet/static/branding"),
  ];
}

const present = (files: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])),
  );
