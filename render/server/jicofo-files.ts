import { OVERLOAD_STRESS } from "../../model/capacity";
import type { Account, Customer } from "../../model/fleet";
import { BREWERY, breweryNames } from "../jitsi/brewery";
import { renderEnvFile } from "../text/env-file";
import { renderHoconFile } from "../text/hocon";

/** Jicofo's classes. */
const STRATEGIES = {
  RegionBased: "RegionBasedBridgeSelectionStrategy",
  IntraRegion: "IntraRegionBridgeSelectionStrategy",
  SingleBridge: "SingleBridgeSelectionStrategy",
} as const;

/**
 * Environment of Jicofo, which picks a bridge for each participant.
 *
 * @param region Region of the server: where participants are put whose own region is not known.
 */
export const renderJicofoEnv = (
  customer: Pick<Customer, "hostname" | "jicofo">,
  region: string,
  regionGroups: readonly (readonly string[])[],
): string =>
  renderEnvFile([
    {
      why: "The second XMPP connection: to the brewery, where the bridges are.",
      variables: {
        ENABLE_JVB_XMPP_SERVER: 1,
        JVB_XMPP_SERVER: BREWERY.alias,
        JVB_XMPP_PORT: BREWERY.port,
        ...breweryNames(customer),
      },
    },
    {
      why: "Which bridge a participant gets, over all regions of both clouds; regions of a group are near each other.",
      variables: {
        ENABLE_OCTO: 1,
        OCTO_BRIDGE_SELECTION_STRATEGY: STRATEGIES[customer.jicofo.selectionStrategy],
        JICOFO_OCTO_REGION: region,
        JICOFO_BRIDGE_REGION_GROUPS: regionGroups.map((group) => JSON.stringify(group)).join(","),
      },
    },
    {
      why: "When a bridge is full: by participants of one call, or by its stress.",
      variables: {
        MAX_BRIDGE_PARTICIPANTS: customer.jicofo.maxParticipantsPerBridge,
        BRIDGE_STRESS_THRESHOLD: OVERLOAD_STRESS,
      },
    },
    {
      why:
        "8888 for statistics and for moving participants. Its health fails while there is no bridge: watch it, never " +
        "restart Jicofo on it.",
      variables: {
        JICOFO_ENABLE_REST: 1,
        JICOFO_ENABLE_HEALTH_CHECKS: 1,
        JICOFO_ENABLE_BRIDGE_HEALTH_CHECKS: 1,
      },
    },
  ]);

/** Jicofo reads it last, so it wins over what the image makes of the environment. */
export const renderJicofoConf = (
  { rehearsal }: Pick<Account, "rehearsal">,
  { jicofo: { iceFailureDetection } }: Pick<Customer, "jicofo">,
): string =>
  renderHoconFile([
    {
      why:
        "The image's template turns certificate checks off. The connection to the main Prosody keeps that: it stays " +
        "inside the machine, with a certificate made at each start.",
      settings: { jicofo: { xmpp: { service: { "disable-certificate-verification": rehearsal } } } },
    },
    {
      why: "A bridge that so many callers cannot connect to is avoided for 10 minutes.",
      settings: {
        jicofo: {
          bridge: {
            "ice-failure-detection": iceFailureDetection.enabled
              ? {
                  enabled: true,
                  interval: `${iceFailureDetection.intervalSeconds} seconds`,
                  "min-endpoints": iceFailureDetection.minEndpoints,
                  threshold: iceFailureDetection.threshold,
                }
              : { enabled: false },
          },
        },
      },
    },
  ]);
