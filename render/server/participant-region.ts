import type { Customer } from "../../model/fleet";
import { networkPattern } from "../text/network-pattern";
import { nginxQuoted, renderNginxFile } from "../text/nginx-file";
import type { NginxSection } from "../text/nginx-file";

type ParticipantRegion = NonNullable<Customer["participantRegion"]>;

/**
 * Sets `$fleet_region` to the bridge region of the participant. Only regions of the customer's file are ever its value,
 * whatever a request says: it ends up in a script of the page.
 *
 * The image offers a place in nginx's server block only, where there is neither `map` nor `geo`.
 *
 * @param region Region of the server, for whoever is nowhere else.
 */
export const renderParticipantRegion = ({ header, networks }: ParticipantRegion, region: string): string =>
  renderNginxFile([
    ...(header?.from?.length ? [byForwardedFor(header.from)] : []),
    {
      why: "The bridge region of whoever asks: that of the server, unless something below knows better.",
      lines: [`set $fleet_region ${nginxQuoted(region)};`],
    },
    ...(networks === undefined ? [] : [byNetwork(networks)]),
    ...(header === undefined ? [] : [byHeader(header)]),
    {
      why:
        "config.js differs from participant to participant, and so does every page of a room, which the image makes " +
        "with config.js within: nobody between may keep them. Files below /libs, /static and the like have headers " +
        "of their own instead of this one.",
      lines: ['add_header Cache-Control "private, no-cache";'],
    },
  ]);

const setRegion = (region: string): string => `{ set $fleet_region ${nginxQuoted(region)}; }`;

/** Holds for whatever the server block passes on: the image hands `$remote_addr` to Prosody. */
const byForwardedFor = (from: readonly string[]): NginxSection => ({
  why:
    "Who asks is whom the CDN or load balancer names: else its address would be everybody's, and all of them would " +
    "share the limits that Prosody has for one. Nobody else is believed.",
  lines: [
    ...from.map((network) => `set_real_ip_from ${network};`),
    "real_ip_header X-Forwarded-For;",
    "real_ip_recursive on;",
  ],
});

const byNetwork = (networks: Readonly<Record<string, string>>): NginxSection => ({
  why: "By the address that asks. The narrowest network comes last, so it wins.",
  lines: Object.entries(networks)
    .sort(([a], [b]) => prefixOf(a) - prefixOf(b) || (a < b ? -1 : 1))
    .map(([network, region]) => `if ($remote_addr ~ "${networkPattern(network)}") ${setRegion(region)}`),
});

const prefixOf = (network: string): number => Number(network.split("/")[1]);

const byHeader = ({ name, values, from }: NonNullable<ParticipantRegion["header"]>): NginxSection => {
  const header = `$http_${name.toLowerCase().replaceAll("-", "_")}`;
  return {
    why:
      from === undefined
        ? `By the header ${name}; other values than these do not count.`
        : `By the header ${name}, which counts in requests of ${from.join(", ")} only, and other values do not.`,
    lines: [
      ...(from === undefined
        ? [`set $fleet_said ${header};`]
        : [
            'set $fleet_said "";',
            ...from.map(
              (network) =>
                `if ($realip_remote_addr ~ "${networkPattern(network)}") { set $fleet_said ${header}; }`,
            ),
          ]),
      ...Object.entries(values)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([value, region]) => `if ($fleet_said = ${nginxQuoted(value)}) ${setRegion(region)}`),
    ],
  };
};

/** What the page reads, in a script in which nginx replaces such comments (SSI is on for the image's scripts). */
export const renderRegionScript = (region: string): string =>
  [
    "// Where the participant is: nginx writes it here (nginx-custom/participant-region.conf), for Jicofo to read.",
    "config.deploymentInfo = config.deploymentInfo || {};",
    `config.deploymentInfo.userRegion = '<!--# echo var="fleet_region" default="${region}" -->';`,
    "",
  ].join("\n");
