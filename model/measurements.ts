/**
 * What Telegraf writes: measurement -> its own tags, beside COMMON_TAGS, and its fields. A test holds it against what the
 * real Telegraf writes. Every dashboard, alert and report names nothing else; what none of them names is in the list of
 * another test, with its reason.
 *
 * Numbers are floats unless said; states are integers, 1 for yes: a database cannot sum up booleans.
 */
export const MEASUREMENTS = {
  /** A bridge as it reports itself (`/colibri/stats`); names and units are the bridge's own. Every 10 s. */
  jvb: {
    /** `release`: the image tag that it shall run. `version`: what its program says. */
    tags: ["release", "version", "relay_id"],
    fields: [
      // States.
      "healthy",
      "drain",
      "graceful_shutdown",
      "shutting_down",
      // Load. `stress_level` from 0; Jicofo avoids a bridge from 0.8 on.
      "stress_level",
      "conferences",
      /** Participants connected to this bridge itself: the only ones that may be summed up over bridges. */
      "local_endpoints",
      /** With those of other bridges in the same conferences: never sum these up. */
      "endpoints",
      "endpoints_sending_video",
      "threads",
      // Media. kbit/s; packets per second.
      "bit_rate_download",
      "bit_rate_upload",
      "packet_rate_download",
      "packet_rate_upload",
      // Quality. ms; fractions from 0 to 1.
      "rtt_aggregate",
      "incoming_loss",
      "outgoing_loss",
      "overall_loss",
      // Relays. bit/s.
      "octo_conferences",
      "octo_endpoints",
      "octo_send_bitrate",
      "octo_receive_bitrate",
      // Failures that are there now, and counters since the program's start (`total_…`).
      "endpoints_ice_failed",
      "relays_ice_failed",
      "dtls_failed_endpoints",
      "dtls_failed_relays",
      "num_relays_no_msg_transport_after_delay",
      "num_eps_no_msg_transport_after_delay",
      "total_ice_failed",
      "total_ice_succeeded",
      "total_bytes_sent",
      "total_bytes_sent_octo",
      // Its logins.
      "muc_clients_configured",
      "muc_clients_connected",
      "mucs_configured",
      "mucs_joined",
    ],
  },
  /** Jicofo of the customer (`/stats`), nested keys joined by `_`. Every 10 s. `pool` is SERVER_POOL. */
  jicofo: {
    tags: [],
    fields: [
      "conferences",
      "participants",
      "largest_conference",
      "threads",
      "total_conferences_created",
      "total_participants",
      "bridge_selector_bridge_count",
      "bridge_selector_operational_bridge_count",
      "bridge_selector_in_shutdown_bridge_count",
      /** Counter since Jicofo's start: bridges that went without draining first. */
      "bridge_selector_lost_bridges",
      "bridge_selector_bridge_version_count",
      "bridge_failures_bridges_removed",
      "bridge_failures_participants_moved",
      "participant_notifications_ice_failed",
      "participant_notifications_request_restart",
    ],
  },
  /**
   * The main Prosody, in its own names. `host`: the XMPP host; `type` (`c2s` once logged in) and `ip_family` of
   * connections only, so their number is a sum over both families. Every 10 s; `pool` is SERVER_POOL.
   */
  prosody: {
    tags: ["host", "type", "ip_family"],
    fields: [
      "prosody_mod_c2s__connections",
      /** Of one component: callers' rooms are those of `muc.meet.jitsi`. */
      "prosody_mod_muc__live_room",
      "prosody_mod_bosh__active_sessions",
    ],
  },
  /** Whether a program answers on its own machine. `service`: influxdb, grafana, jicofo, prosody, prosody-brewery, web. Every 10 s. */
  service_health: {
    tags: ["service"],
    /** 0 when it answers and is well (integer); seconds. */
    fields: ["result_code", "response_time"],
  },
  /** Every 10 s, of all processors together, in percent. */
  cpu: {
    tags: [],
    fields: ["usage_idle", "usage_user", "usage_system", "usage_iowait", "usage_steal", "usage_softirq"],
  },
  mem: { tags: [], fields: ["available", "total", "used_percent"] },
  system: { tags: [], fields: ["uptime", "load1", "n_cpus"] },
  /** Counters since the boot. */
  net: {
    tags: ["interface"],
    fields: ["bytes_recv", "bytes_sent", "drop_in", "drop_out", "packets_recv", "packets_sent"],
  },
  /** The kernel's counters of UDP since the boot. */
  nstat: { tags: [], fields: ["UdpInDatagrams", "UdpInErrors", "UdpRcvbufErrors", "UdpSndbufErrors"] },
  /** `path`: `/`, and `/var/lib/fleet` on servers. Every 60 s. */
  disk: { tags: ["path"], fields: ["free", "total", "used_percent"] },
  /** How long the machine took to boot (`/run/fleet/boot.json`). Every 60 s. */
  fleet_boot: { tags: [], fields: ["first_boot", "seconds"] },
  /** What fleet-apply says of itself (`/run/fleet/status.json`). `result` as in the file. Every 60 s. */
  fleet_apply: { tags: ["result"], fields: ["ok"] },
  /** The certificate that is in use (`/run/fleet/certificate.json`). Every 60 s; servers only. */
  fleet_certificate: { tags: ["result"], fields: ["days_left"] },
  /** What the keeper of a pool saw and wants. Written by the keeper, every 30 s. */
  keeper: {
    tags: [],
    fields: ["size", "recommended_size", "min", "max", "draining"],
  },
  /** One decision of the keeper, for annotations: `reason` is a sentence, `action` one of its actions. */
  keeper_decision: { tags: ["action"], fields: ["reason", "bridge"] },
} as const;

export type Measurement = keyof typeof MEASUREMENTS;
export type Field<M extends Measurement> = (typeof MEASUREMENTS)[M]["fields"][number];

/**
 * What the hourly task keeps for HOURLY_RETENTION_DAYS, one point per series and full hour, at the hour's beginning.
 * Counters that began anew within the hour (a restart) are counted on.
 */
export const HOURLY_MEASUREMENTS = {
  /** Of each bridge; COMMON_TAGS. */
  jvb_hourly: {
    tags: [],
    fields: [
      /** Points in the hour: times TELEMETRY_INTERVAL_SECONDS, how long the bridge was there. Integer. */
      "samples",
      "local_endpoints_mean",
      "stress_level_mean",
      /** Bytes in the hour. */
      "bytes_sent",
      "bytes_sent_octo",
    ],
  },
  /** Of the customer: COMMON_TAGS of its server. */
  jicofo_hourly: {
    tags: [],
    fields: [
      /** Points in the hour, integer. */
      "samples",
      "participants_mean",
      "participants_max",
      /** Conferences that began in the hour. */
      "conferences_created",
    ],
  },
  /** Most participants at once on all bridges together: largest sum of `local_endpoints` over a minute. Tag `customer` only. */
  customer_hourly: { tags: [], fields: ["local_endpoints_max"] },
} as const;
