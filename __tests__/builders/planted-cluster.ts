import { aPoint } from "./points";

/** Bridges of `aGcpPool()` and `aLinodePool()`, and their customer's server. */
export interface PlantedMachine {
  readonly customer: string;
  readonly account: string;
  readonly pool: string;
  readonly cloud: string;
  readonly region: string;
  readonly instance: string;
}

const common = { customer: "abc", account: "acme" };
const google = { ...common, pool: "acme-eu-burst", cloud: "gcp", region: "gcp-europe-west4" };
const linode = { ...common, pool: "acme-nl-static", cloud: "linode", region: "linode-nl-ams" };

export const BRIDGES = {
  "eu-burst-a1b2": { ...google, instance: "eu-burst-a1b2" },
  "eu-burst-c3d4": { ...google, instance: "eu-burst-c3d4" },
  "nl-static-1": { ...linode, instance: "nl-static-1" },
  "nl-static-2": { ...linode, instance: "nl-static-2" },
  "nl-static-3": { ...linode, instance: "nl-static-3" },
} as const satisfies Readonly<Record<string, PlantedMachine>>;

export const SERVER: PlantedMachine = { ...google, pool: "server", instance: "abc-server" };

type JvbFields = Parameters<typeof aPoint<"jvb">>[2];
type JicofoFields = Parameters<typeof aPoint<"jicofo">>[2];

const yes = { integer: 1 };
const no = { integer: 0 };

/** Points of a bridge's Telegraf at one moment. `total_…` counters are what the caller says, else 0. */
export const bridgePoints = (machine: PlantedMachine, time: number, jvb: JvbFields = {}): string[] => [
  aPoint(
    "jvb",
    { ...machine, release: "stable-11146-2", version: "2.3.279", relay_id: machine.instance },
    {
      healthy: yes,
      drain: no,
      graceful_shutdown: no,
      shutting_down: no,
      stress_level: 0,
      conferences: 0,
      local_endpoints: 0,
      endpoints: 0,
      endpoints_sending_video: 0,
      threads: 80,
      bit_rate_download: 0,
      bit_rate_upload: 0,
      packet_rate_download: 0,
      packet_rate_upload: 0,
      rtt_aggregate: 0,
      incoming_loss: 0,
      outgoing_loss: 0,
      overall_loss: 0,
      octo_conferences: 0,
      octo_endpoints: 0,
      octo_send_bitrate: 0,
      octo_receive_bitrate: 0,
      endpoints_ice_failed: 0,
      relays_ice_failed: 0,
      dtls_failed_endpoints: 0,
      dtls_failed_relays: 0,
      num_relays_no_msg_transport_after_delay: 0,
      total_ice_failed: 0,
      total_bytes_sent: 0,
      total_bytes_sent_octo: 0,
      muc_clients_configured: 1,
      muc_clients_connected: 1,
      mucs_configured: 1,
      mucs_joined: 1,
      ...jvb,
    },
    time,
  ),
];

/** Points of any machine's Telegraf; `counted` is what its counters of network errors are at. */
export const hostPoints = (machine: PlantedMachine, time: number, busy: number, counted = 0): string[] => [
  aPoint(
    "cpu",
    machine,
    {
      usage_idle: 100 - busy,
      usage_user: busy * 0.6,
      usage_system: busy * 0.2,
      usage_softirq: busy * 0.15,
      usage_iowait: 0,
      usage_steal: busy * 0.05,
    },
    time,
  ),
  aPoint("mem", machine, { available: 12e9, total: 16e9, used_percent: 25 }, time),
  aPoint("system", machine, { uptime: 7200, load1: busy / 25, n_cpus: 4 }, time),
  aPoint(
    "net",
    { ...machine, interface: "ens4" },
    { bytes_recv: 0, bytes_sent: 0, drop_in: counted, drop_out: 0 },
    time,
  ),
  aPoint(
    "nstat",
    machine,
    { UdpInDatagrams: 0, UdpInErrors: counted, UdpRcvbufErrors: counted, UdpSndbufErrors: 0 },
    time,
  ),
  aPoint("disk", { ...machine, path: "/" }, { free: 10e9, total: 20e9, used_percent: 50 }, time),
  aPoint("fleet_apply", { ...machine, result: "applied" }, { ok: yes }, time),
];

/** What only the server's Telegraf writes. */
export const serverPoints = (time: number, jicofo: JicofoFields = {}): string[] => [
  aPoint("jicofo", SERVER, { threads: 60, largest_conference: 0, ...jicofo }, time),
  ...(["grafana", "influxdb", "jicofo", "prosody"] as const).map((service, place) =>
    aPoint(
      "service_health",
      { ...SERVER, service },
      { result_code: no, response_time: (place + 1) / 1000 },
      time,
    ),
  ),
  aPoint("disk", { ...SERVER, path: "/var/lib/fleet" }, { free: 30e9, total: 50e9, used_percent: 40 }, time),
  aPoint("fleet_certificate", { ...SERVER, result: "presented" }, { days_left: 61 }, time),
];

/** How busy a working day is at an hour, from 0 to 1: calls at nine and at two, a break at noon. */
const business = (hour: number): number =>
  Math.min(
    1,
    0.04 + Math.exp(-(((hour - 9.75) / 1.4) ** 2)) + 0.85 * Math.exp(-(((hour - 14.5) / 1.8) ** 2)),
  );

/**
 * A realistic working day of abc, for pictures: load on both regions, one bridge that drains in the evening, relays
 * between the regions, and the hourly roll-up. No chance in it: the same day at each call.
 *
 * @param end Seconds since 1970, a full hour.
 * @param step Seconds between the points. @default 60
 */
export function plantedDay(end: number, step = 60): { readonly raw: string[]; readonly hourly: string[] } {
  const [raw, hourly]: [string[], string[]] = [[], []];
  const machines = Object.values(BRIDGES);
  const sent = new Map<string, { all: number; octo: number; failed: number }>();
  const inHour = new Map<string, { all: number; octo: number }>();
  for (let time = end - 86_400; time < end; time += step) {
    const hour = (time % 86_400) / 3600;
    const wave = 1 + 0.06 * Math.sin(time / 700) + 0.03 * Math.sin(time / 130);
    let people = 0;
    machines.forEach((machine, place) => {
      const second = machine.instance === "eu-burst-c3d4";
      // The second one of the group that grows is there by day only.
      if (second && (hour < 8.7 || hour > 18)) return;
      const share = machine.cloud === "gcp" ? 46 : 34 - 4 * place;
      const load = second && hour > 17 ? business(hour) / 3 : business(hour);
      const local = Math.round(share * load * wave);
      people += local;
      const [megabits, octo] = [local * 2.1, local * 0.45];
      const counted = sent.get(machine.instance) ?? { all: 0, octo: 0, failed: 0 };
      const hourCounted = inHour.get(machine.instance) ?? { all: 0, octo: 0 };
      const [bytes, octoBytes] = [(megabits / 8) * 1e6 * step, (octo / 8) * 1e6 * step];
      const failed = counted.failed + (local > 20 && Math.floor(time / step) % 37 === place ? 1 : 0);
      sent.set(machine.instance, { all: counted.all + bytes, octo: counted.octo + octoBytes, failed });
      inHour.set(machine.instance, { all: hourCounted.all + bytes, octo: hourCounted.octo + octoBytes });
      const stress = Math.min(1, (local / 100) * 1.35);
      raw.push(
        ...bridgePoints(machine, time, {
          drain: second && hour > 17 ? yes : no,
          stress_level: stress,
          conferences: Math.ceil(local / 5),
          local_endpoints: local,
          endpoints: Math.round(local * 1.8),
          endpoints_sending_video: Math.round(local * 0.4),
          bit_rate_upload: megabits * 1000,
          bit_rate_download: megabits * 350,
          packet_rate_upload: local * 260,
          packet_rate_download: local * 90,
          rtt_aggregate: local === 0 ? 0 : (machine.cloud === "gcp" ? 31 : 42) * wave,
          overall_loss: local === 0 ? 0 : 0.002 + 0.006 * stress * wave,
          octo_conferences: Math.ceil(local / 9),
          octo_endpoints: Math.round(local * 0.8),
          octo_send_bitrate: octo * 1e6,
          octo_receive_bitrate: octo * 0.97e6,
          total_ice_failed: failed,
          total_bytes_sent: counted.all + bytes,
          total_bytes_sent_octo: counted.octo + octoBytes,
        }),
        ...hostPoints(machine, time, 6 + 70 * stress),
      );
    });
    raw.push(
      ...serverPoints(time, {
        conferences: Math.ceil(people / 6),
        participants: people,
        largest_conference: Math.min(people, 42),
        bridge_selector_bridge_count: 5,
        bridge_selector_operational_bridge_count: 5,
        bridge_selector_bridge_version_count: 1,
      }),
      ...hostPoints(SERVER, time, 5 + people / 10),
    );
    if ((time + step) % 3600 === 0) {
      for (const machine of machines) {
        const { all, octo } = inHour.get(machine.instance) ?? { all: 0, octo: 0 };
        hourly.push(
          aPoint(
            "jvb_hourly",
            machine,
            { samples: { integer: 360 }, bytes_sent: all, bytes_sent_octo: octo },
            time + step - 3600,
          ),
        );
      }
      inHour.clear();
    }
  }
  return { raw, hourly };
}
