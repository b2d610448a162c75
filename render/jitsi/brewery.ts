import type { Customer } from "../../model/fleet";

/**
 * The brewery: the second Prosody of a server, where its bridges announce themselves to Jicofo.
 *
 * Its XMPP domain is the customer's public host name, because Java checks a certificate against the XMPP domain and
 * not against the host that was dialled: the certificate of the web page fits, whatever name a bridge dials.
 */
export const BREWERY = {
  service: "prosody-brewery",
  port: 6222,
  /** Name inside the server's container network. Never 127.0.0.1: Prosody offers no TLS there. */
  alias: "xmpp.jvb.meet.jitsi",
  room: "jvbbrewery",
  rooms: "muc.jvb.meet.jitsi",
} as const;

/** What Prosody, Jicofo and the bridges must say alike about a customer's brewery. */
export const breweryNames = (customer: Pick<Customer, "hostname">) => ({
  JVB_XMPP_AUTH_DOMAIN: customer.hostname,
  JVB_XMPP_INTERNAL_MUC_DOMAIN: BREWERY.rooms,
  JVB_BREWERY_MUC: BREWERY.room,
});
