import { aPoint } from "./points";
import { BRIDGES, bridgePoints, hostPoints, SERVER, serverPoints } from "./planted-cluster";

/**
 * Half an hour of abc in which nothing changes, so that every number is known beforehand.
 *
 *   eu-burst-a1b2   6 people of a call of 10, stress 0.2
 *   eu-burst-c3d4   draining, empty
 *   nl-static-1     4 people of that call, stress 0.5
 *   nl-static-2     unhealthy, empty
 *   nl-static-3     silent since ten minutes before the end
 *
 * @param end Seconds since 1970, a full hour in UTC.
 */
export function plantedMoment(end: number): { readonly raw: string[]; readonly hourly: string[] } {
  const [no, yes] = [{ integer: 0 }, { integer: 1 }];
  const begin = end - 1800;
  const raw: string[] = [];
  for (let time = begin; time <= end; time += 10) {
    const ticks = (time - begin) / 10;
    raw.push(
      ...bridgePoints(BRIDGES["eu-burst-a1b2"], time, {
        stress_level: 0.2,
        conferences: 1,
        local_endpoints: 6,
        endpoints: 10,
        endpoints_sending_video: 3,
        bit_rate_download: 4_000,
        bit_rate_upload: 12_000,
        packet_rate_download: 500,
        packet_rate_upload: 1_500,
        rtt_aggregate: 40,
        incoming_loss: 0.01,
        outgoing_loss: 0.03,
        overall_loss: 0.02,
        octo_conferences: 1,
        octo_endpoints: 4,
        octo_send_bitrate: 3_000_000,
        octo_receive_bitrate: 2_000_000,
        endpoints_ice_failed: 2,
        total_ice_failed: Math.floor(ticks / 6),
        total_bytes_sent: 15_000_000 * ticks,
        // Its program began anew in the middle: the counter, too.
        total_bytes_sent_octo: 1_000_000 * (ticks < 90 ? ticks : ticks - 90),
        mucs_configured: 2,
        muc_clients_configured: 2,
      }),
      ...bridgePoints(BRIDGES["eu-burst-c3d4"], time, { drain: yes, stress_level: 0.1 }),
      ...bridgePoints(BRIDGES["nl-static-1"], time, {
        stress_level: 0.5,
        conferences: 1,
        local_endpoints: 4,
        endpoints: 10,
        bit_rate_upload: 8_000,
        rtt_aggregate: 60,
        overall_loss: 0.004,
        octo_conferences: 1,
        octo_endpoints: 6,
        octo_send_bitrate: 2_000_000,
        octo_receive_bitrate: 3_000_000,
        num_relays_no_msg_transport_after_delay: 1,
        total_bytes_sent_octo: 500_000 * ticks,
      }),
      ...bridgePoints(BRIDGES["nl-static-2"], time, { healthy: no }),
      ...(time <= end - 600 ? bridgePoints(BRIDGES["nl-static-3"], time, {}) : []),
      ...hostPoints(BRIDGES["eu-burst-a1b2"], time, 40, ticks),
      ...hostPoints(SERVER, time, 20),
      ...serverPoints(time, {
        conferences: 1,
        participants: 10,
        largest_conference: 10,
        total_participants: 100 + Math.floor(ticks / 6),
        total_conferences_created: 10,
        bridge_selector_bridge_count: 4,
        bridge_selector_operational_bridge_count: 2,
        bridge_selector_in_shutdown_bridge_count: 1,
        bridge_selector_bridge_version_count: 1,
        // One bridge was lost at ten minutes before the end, with three people on it.
        bridge_selector_lost_bridges: time > end - 600 ? 1 : 0,
        bridge_failures_bridges_removed: time > end - 600 ? 1 : 0,
        bridge_failures_participants_moved: time > end - 600 ? 3 : 0,
        participant_notifications_ice_failed: 0,
        participant_notifications_request_restart: 0,
      }),
    );
    for (const type of ["c2s", "c2s_direct"])
      raw.push(
        aPoint("prosody", { ...SERVER, host: "meet.jitsi", type }, { prosody_mod_c2s__connections: 6 }, time),
      );
    raw.push(
      aPoint("prosody", { ...SERVER, host: "meet.jitsi" }, { prosody_mod_bosh__active_sessions: 2 }, time),
      aPoint("prosody", { ...SERVER, host: "muc.meet.jitsi" }, { prosody_mod_muc__live_room: 1 }, time),
      aPoint(
        "prosody",
        { ...SERVER, host: "internal-muc.meet.jitsi" },
        { prosody_mod_muc__live_room: 1 },
        time,
      ),
    );
    if (time % 30 === 0)
      raw.push(
        aPoint(
          "keeper",
          BRIDGES["eu-burst-a1b2"],
          { size: 2, recommended_size: 3, min: 1, max: 8, draining: 1 },
          time,
        ),
      );
  }
  raw.push(
    aPoint(
      "keeper_decision",
      { ...BRIDGES["eu-burst-a1b2"], action: "drain" },
      { reason: "2 bridges run, 1 is enough", bridge: "eu-burst-c3d4" },
      end - 900,
    ),
  );
  // Yesterday and today: 10 GB a day from each region, to other bridges.
  const hourly = [end - 86_400, end - 3600].flatMap((time) =>
    (["eu-burst-a1b2", "nl-static-1"] as const).map((name) =>
      aPoint(
        "jvb_hourly",
        BRIDGES[name],
        { samples: { integer: 360 }, bytes_sent: 40e9, bytes_sent_octo: 10e9 },
        time,
      ),
    ),
  );
  return { raw, hourly };
}
