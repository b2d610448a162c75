import { z } from "zod";
import { ipv4CidrSchema } from "./fields";

const regionSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "allowed: a bridge region such as gcp-europe-west4");

const headerSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/,
        "allowed: the name of a header: letters, digits and single hyphens, such as X-Client-Region",
      )
      .max(64, "allowed: at most 64 characters")
      .describe("Name of the header, such as X-Client-Region."),
    values: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "allowed: letters, digits, . _ and -, at most 64"),
        regionSchema,
      )
      .describe(
        "Bridge region by value of the header, such as { EU: gcp-europe-west4 }. Other values do not count.",
      ),
    from: z
      .array(ipv4CidrSchema)
      .max(50, "allowed: at most 50 networks")
      .optional()
      .describe(
        "IPv4 networks of the CDN or load balancer: the header counts only in requests from there (default: in all " +
          "requests; who sends one unasked chooses a region for nobody else). Who asks is then the last address in " +
          "X-Forwarded-For that is in none of them, for networks and for Prosody's limits: the CDN has to append to that " +
          "header, and an address of its own that it appends, as Google's load balancers do, belongs in this list.",
      ),
  })
  .describe("A header that a CDN or load balancer in front of the server sets.");

/** How the page learns where its participant is. */
export const participantRegionSchema = z
  .strictObject({
    header: headerSchema.optional(),
    networks: z
      .record(ipv4CidrSchema, regionSchema)
      .optional()
      .describe(
        "Bridge region by IPv4 network of the address that asks, such as { 203.0.113.0/24: gcp-europe-west4 }; the " +
          "narrowest network counts. Behind a CDN that address is the CDN's, unless header.from names the CDN.",
      ),
  })
  .describe(
    "How the page learns where its participant is, who then gets a bridge near: by the value of a header, else by " +
      "network, else the region of the server (default: the region of the server for everybody). An app with a " +
      "page of its own (lib-jitsi-meet) loads config.js as a script and hands config.deploymentInfo on. A change " +
      "restarts web: pages do not load for some seconds; calls go on, and pages that are loaded anew know their region.",
  );
