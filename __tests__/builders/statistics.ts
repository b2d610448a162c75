import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const zero = (names: string) => Object.fromEntries(names.split(/\s+/).map((name) => [name, 0]));

/** What a bridge answers to `/colibri/stats`: every key of a real one, with its type; nobody is on it. */
export const colibriStats = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  ...zero(
    "average_participant_stress incoming_loss outgoing_loss overall_loss rtt_aggregate stress_level " +
      "bit_rate_download bit_rate_upload packet_rate_download packet_rate_upload conferences inactive_conferences " +
      "octo_conferences p2p_conferences largest_conference endpoints participants visitors local_endpoints " +
      "local_active_endpoints inactive_endpoints receive_only_endpoints octo_endpoints endpoints_disconnected " +
      "endpoints_ice_failed endpoints_reconnected endpoints_sending_audio endpoints_sending_video " +
      "endpoints_with_high_outgoing_loss endpoints_with_spurious_remb endpoints_with_suspended_sources " +
      "num_eps_oversending num_eps_no_msg_transport_after_delay num_relays_no_msg_transport_after_delay " +
      "dtls_failed_endpoints dtls_failed_relays relays_ice_failed muc_clients_configured muc_clients_connected " +
      "mucs_configured mucs_joined octo_receive_bitrate octo_receive_packet_rate octo_send_bitrate " +
      "octo_send_packet_rate preemptive_kfr_sent preemptive_kfr_suppressed threads total_bytes_received " +
      "total_bytes_received_octo total_bytes_sent total_bytes_sent_octo total_packets_received " +
      "total_packets_received_octo total_packets_sent total_packets_sent_octo " +
      "total_colibri_web_socket_messages_received total_colibri_web_socket_messages_sent " +
      "total_data_channel_messages_received total_data_channel_messages_sent total_conference_seconds " +
      "total_conferences_completed total_conferences_created total_dominant_speaker_changes total_ice_failed " +
      "total_ice_succeeded total_ice_succeeded_relayed total_keyframes_received total_layering_changes_received " +
      "total_participants total_relays total_video_stream_milliseconds_received total_visitors",
  ),
  drain: false,
  graceful_shutdown: false,
  healthy: true,
  shutting_down: false,
  current_timestamp: "2026-11-21 20:00:00.000",
  region: "gcp-europe-west4",
  relay_id: "acme-eu-burst-x7k2-1795290000",
  release: "stable-11146",
  version: "2.3.300-g1a2b3c4",
  ...overrides,
});

/** What Jicofo answers to `/stats`, likewise. */
export const jicofoStats = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  ...zero(
    "conferences conferences_with_visitors endpoint_pairs largest_conference participants visitors " +
      "slow_health_check threads total_conferences_created total_participants",
  ),
  bridge_failures: zero("bridges_removed participants_moved"),
  bridge_selector: zero(
    "bridge_count bridge_version_count in_shutdown_bridge_count lost_bridges operational_bridge_count",
  ),
  conference_sizes: {
    ...zero("discarded max min total_count total_value"),
    average: "NaN",
    buckets: { "<= 1": 0, "<= 5": 0 },
  },
  health: { hardFailure: false, sticky: false, success: true, message: null, responseCode: null },
  healthy: true,
  jibri: zero(
    "live_streaming_active recording_active sip_call_active total_live_streaming_failures " +
      "total_recording_failures total_sip_call_failures",
  ),
  jibri_detector: zero("available count"),
  sip_jibri_detector: zero("available count"),
  jigasi: {},
  jingle: { received: {}, sent: {} },
  queues: {},
  participant_notifications: zero("ice_failed request_restart"),
  version: "1.1.200",
  ...overrides,
});

/** What answers a request with a text, or with the JSON of anything else; undefined is 404. */
export type Answers = Readonly<Record<string, () => unknown>>;

/** A server on loopback that stands for programs of a machine: path -> what it answers now. */
export class PretendedPrograms {
  private constructor(private readonly server: Server) {}

  static async start(answers: Answers): Promise<PretendedPrograms> {
    return new PretendedPrograms(
      await listening((request, response) => {
        const answer = answers[request.url ?? ""]?.();
        response.writeHead(answer === undefined ? 404 : 200);
        response.end(typeof answer === "string" ? answer : JSON.stringify(answer ?? null));
      }),
    );
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A server on a free port of loopback. */
export async function listening(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
