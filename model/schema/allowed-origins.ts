import { z } from "zod";

/** `scheme://host` or `scheme://host:port`, in lower case, without a path. */
const ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([1-9][0-9]{0,4}))?$/;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** Whether browsers may send this in the header Origin. Pages without TLS get no camera, but for those of localhost. */
function isOrigin(text: string): boolean {
  const [, scheme, host, port] = ORIGIN.exec(text) ?? [];
  if (scheme === undefined || (port !== undefined && port === DEFAULT_PORTS[scheme])) return false;
  return scheme !== "http" || host === "localhost" || host === "127.0.0.1";
}

export const allowedOriginsSchema = z
  .array(
    z
      .string()
      .refine(
        (text) => text === "*" || isOrigin(text),
        "allowed: an origin such as https://app.example or http://localhost:3000, in lower case, without a path and " +
          'without the usual port; or "*" for every page',
      ),
  )
  .max(50, "allowed: at most 50 origins")
  .default([])
  .describe(
    "Other pages whose scripts may open calls here by lib-jitsi-meet (BOSH at /http-bind, /xmpp-websocket), such as " +
      '[https://app.example] (default: none). Requests of every other page are refused with 403; "*" lets every page ' +
      "in. The customer's own pages, also in an iframe of another page, and apps that are no browser need no entry. " +
      "A change restarts web: pages do not load for some seconds, calls go on and connect again.",
  );
