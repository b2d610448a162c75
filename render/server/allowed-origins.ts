import type { Customer } from "../../model/fleet";
import { nginxQuoted, renderNginxFile } from "../text/nginx-file";

/**
 * Which pages' scripts may use the customer's signalling; undefined when every page may.
 *
 * Prosody admits every origin: it answers BOSH with the asking page as `Access-Control-Allow-Origin`, and a WebSocket
 * knows no such answer. So nginx turns the others away before Prosody is asked. The paths count at any depth, because
 * the image's own rules strip what is before them. Who sends no origin is no page.
 */
export function renderAllowedOrigins({
  hostname,
  allowedOrigins,
}: Pick<Customer, "hostname" | "allowedOrigins">): string | undefined {
  if (allowedOrigins.includes("*")) return undefined;
  const allowed = [...new Set([`https://${hostname}`, ...allowedOrigins])].sort();
  return renderNginxFile([
    {
      why: "Pages whose scripts may open calls here. Prosody admits every page; who sends no Origin is no page of a browser.",
      lines: [
        'set $fleet_page "allowed";',
        'if ($http_origin) { set $fleet_page "foreign"; }',
        ...allowed.map(
          (origin) => `if ($http_origin = ${nginxQuoted(origin)}) { set $fleet_page "allowed"; }`,
        ),
      ],
    },
    {
      why: "At any depth: the image's own rules strip what is before these paths.",
      lines: [
        'if ($uri ~ "/(?:http-bind|xmpp-websocket)") { set $fleet_page "$fleet_page signalling"; }',
        'if ($fleet_page = "foreign signalling") { return 403; }',
      ],
    },
  ]);
}
