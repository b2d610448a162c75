import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import { MEASUREMENTS, type Measurement } from "../../model/measurements";
import { GRAFANA_PATH, GRAFANA_PORT, INFLUXDB_PORT } from "../../model/telemetry";
import { BREWERY } from "../jitsi/brewery";
import { DATA, RUN } from "../machine-paths";
import type { TomlSection } from "../text/toml";

/** Values that say yes or no, in JSON true and false. */
const STATES = ["healthy", "drain", "graceful_shutdown", "shutting_down", "first_boot", "ok"];

/** For what changes slowly. */
const SLOW = "60s";

const PROSODY = `http://${COMPOSE_ADDRESSES.prosody}:5280`;
const JICOFO = "http://127.0.0.1:8888";

/**
 * What answers on a server with 200 when it is there (web sends to https with 301). Not Jicofo's own health, which is an
 * error while there is no bridge, and not Prosody's, which answers its own loopback only.
 */
const SERVICES = {
  influxdb: { url: `http://127.0.0.1:${INFLUXDB_PORT}/health`, status: 200 },
  grafana: { url: `http://127.0.0.1:${GRAFANA_PORT}${GRAFANA_PATH}/api/health`, status: 200 },
  jicofo: { url: `${JICOFO}/stats`, status: 200 },
  prosody: { url: `${PROSODY}/metrics`, status: 200 },
  web: { url: "http://127.0.0.1/", status: 301 },
};

/** Nothing but the fields that are in the model. */
const fieldsOf = (measurement: Measurement) => ({ fieldinclude: [...MEASUREMENTS[measurement].fields] });

/** Statistics in JSON: numbers become floats, nested keys are joined by `_`; of all else, only what is named stays. */
const json = (measurement: "jvb" | "jicofo" | "fleet_boot" | "fleet_apply" | "fleet_certificate") => {
  const { fields, tags } = MEASUREMENTS[measurement];
  const states = STATES.filter((state) => (fields as readonly string[]).includes(state));
  const keys = (tags as readonly string[]).filter((tag) => tag !== "release");
  return {
    name_override: measurement,
    data_format: "json",
    ...(keys.length > 0 ? { tag_keys: keys } : {}),
    ...(states.length > 0 ? { json_string_fields: states } : {}),
    ...fieldsOf(measurement),
  };
};

/** @param release Image tag that the bridge shall run. */
export const bridgeInput = (release: string): TomlSection => ({
  header: "[[inputs.http]]",
  settings: { urls: ["http://127.0.0.1:8080/colibri/stats"], ...json("jvb"), tagexclude: ["url"] },
  tables: { tags: { release } },
});

const fleetFile = (measurement: "fleet_boot" | "fleet_apply" | "fleet_certificate", name: string) => ({
  header: "[[inputs.file]]",
  settings: { interval: SLOW, files: [`${RUN}/${name}.json`], ...json(measurement) },
});

/** The machine itself, by what a container sees of it (`telegraf-service.ts`). */
export const machineInputs = (role: "bridge" | "server"): TomlSection[] => [
  {
    header: "[[inputs.cpu]]",
    settings: { percpu: false, ...fieldsOf("cpu"), tagexclude: ["cpu"] },
  },
  { header: "[[inputs.mem]]", settings: fieldsOf("mem") },
  { header: "[[inputs.system]]", settings: { include: ["load", "cpus", "uptime"], ...fieldsOf("system") } },
  { header: "[[inputs.net]]", settings: { interfaces: ["en*", "eth*"], ...fieldsOf("net") } },
  {
    header: "[[inputs.nstat]]",
    settings: { dump_zeros: true, ...fieldsOf("nstat"), tagexclude: ["name"] },
  },
  {
    why: "The root of a container lies on the machine's disk.",
    header: "[[inputs.disk]]",
    settings: {
      interval: SLOW,
      mount_points: ["/", ...(role === "server" ? [DATA] : [])],
      ...fieldsOf("disk"),
      tagexclude: ["device", "fstype", "label", "mode"],
    },
  },
  fleetFile("fleet_boot", "boot"),
  fleetFile("fleet_apply", "status"),
];

/** The programs of a server. */
export const serverInputs = (): TomlSection[] => [
  {
    header: "[[inputs.http]]",
    settings: { urls: [`${JICOFO}/stats`], ...json("jicofo"), tagexclude: ["url"] },
  },
  {
    header: "[[inputs.prometheus]]",
    settings: {
      urls: [`${PROSODY}/metrics`],
      url_tag: "",
      metric_version: 2,
      name_override: "prosody",
      ...fieldsOf("prosody"),
    },
  },
  ...Object.entries(SERVICES).map(([service, { url, status }]) => ({
    header: "[[inputs.http_response]]",
    settings: {
      urls: [url],
      response_status_code: status,
      name_override: "service_health",
      ...fieldsOf("service_health"),
      tagexclude: ["method", "result", "result_type", "server", "status_code"],
    },
    tables: { tags: { service } },
  })),
  {
    why: "Where bridges log in; it speaks XMPP only.",
    header: "[[inputs.net_response]]",
    settings: {
      protocol: "tcp",
      address: `127.0.0.1:${BREWERY.port}`,
      name_override: "service_health",
      ...fieldsOf("service_health"),
      tagexclude: ["port", "protocol", "result", "server"],
    },
    tables: { tags: { service: BREWERY.service } },
  },
  fleetFile("fleet_certificate", "certificate"),
];

/** Types as `model/measurements.ts` has them: a database refuses a field whose type changes. */
export const typeProcessors = (): TomlSection[] => [
  {
    header: "[[processors.converter]]",
    settings: { order: 1, namepass: ["mem", "system", "net", "nstat", "disk"] },
    tables: { fields: { float: ["*"] } },
  },
  {
    why: "A database cannot sum up booleans.",
    header: "[[processors.converter]]",
    settings: { order: 2 },
    tables: { fields: { integer: STATES } },
  },
];
