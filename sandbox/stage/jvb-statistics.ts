/** Numbers of `GET /colibri/stats` that the stage has no part in: all 81 keys are there also when nobody calls. */
const QUIET = [
  ..."incoming_loss outgoing_loss overall_loss rtt_aggregate bit_rate_download bit_rate_upload".split(" "),
  ..."packet_rate_download packet_rate_upload inactive_conferences octo_conferences p2p_conferences".split(
    " ",
  ),
  ..."visitors inactive_endpoints receive_only_endpoints octo_endpoints endpoints_disconnected".split(" "),
  ..."endpoints_ice_failed endpoints_reconnected endpoints_sending_audio endpoints_sending_video".split(" "),
  ..."endpoints_with_high_outgoing_loss endpoints_with_spurious_remb endpoints_with_suspended_sources".split(
    " ",
  ),
  ..."num_eps_oversending num_eps_no_msg_transport_after_delay num_relays_no_msg_transport_after_delay".split(
    " ",
  ),
  ..."dtls_failed_endpoints dtls_failed_relays relays_ice_failed octo_receive_bitrate octo_send_bitrate".split(
    " ",
  ),
  ..."octo_receive_packet_rate octo_send_packet_rate preemptive_kfr_sent preemptive_kfr_suppressed".split(
    " ",
  ),
  ..."total_bytes_received total_bytes_sent total_bytes_received_octo total_bytes_sent_octo".split(" "),
  ..."total_packets_received total_packets_sent total_packets_received_octo total_packets_sent_octo".split(
    " ",
  ),
  ..."total_colibri_web_socket_messages_received total_colibri_web_socket_messages_sent".split(" "),
  ..."total_data_channel_messages_received total_data_channel_messages_sent total_conference_seconds".split(
    " ",
  ),
  ..."total_conferences_completed total_conferences_created total_dominant_speaker_changes".split(" "),
  ..."total_ice_failed total_ice_succeeded total_ice_succeeded_relayed total_keyframes_received".split(" "),
  ..."total_layering_changes_received total_participants total_relays".split(" "),
  ..."total_video_stream_milliseconds_received total_visitors".split(" "),
];

export interface JvbState {
  /** Participants by conference. */
  readonly conferences: ReadonlyMap<string, number>;
  readonly stress: number;
  readonly participantStress: number;
  readonly drain: boolean;
  readonly graceful: boolean;
  readonly shuttingDown: boolean;
  /** It is in the brewery. */
  readonly joined: boolean;
  readonly relayId: string;
  readonly region: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly counted: number;
}

export type Statistics = Record<string, string | number | boolean>;

/** What a bridge says of itself: flat, with every key of the release that we run. */
export function jvbStatistics(state: JvbState): Statistics {
  const sizes = [...state.conferences.values()];
  const people = sizes.reduce((total, size) => total + size, 0);
  const breweries = state.joined ? 1 : 0;
  return {
    ...Object.fromEntries(QUIET.map((name) => [name, 0])),
    average_participant_stress: state.participantStress,
    stress_level: state.stress,
    conferences: sizes.length,
    largest_conference: Math.max(0, ...sizes),
    endpoints: people,
    participants: people,
    local_endpoints: people,
    local_active_endpoints: people,
    muc_clients_configured: 1,
    muc_clients_connected: breweries,
    mucs_configured: 1,
    mucs_joined: breweries,
    threads: 60,
    drain: state.drain,
    graceful_shutdown: state.graceful,
    healthy: true,
    shutting_down: state.shuttingDown,
    current_timestamp: new Date(state.counted).toISOString().replace("T", " ").replace("Z", ""),
    region: state.region,
    relay_id: state.relayId,
    version: state.version,
  };
}
