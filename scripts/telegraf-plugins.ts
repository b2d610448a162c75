import { createHash } from "node:crypto";
import { TELEGRAF_VERSION } from "../model/versions";

/** What the Telegraf of tests is built with: the plugins that machines' settings use, and the formats of these. */
export const TELEGRAF_PLUGINS = [
  "aggregators.basicstats",
  "inputs.cpu",
  "inputs.disk",
  "inputs.file",
  "inputs.http",
  "inputs.http_response",
  "inputs.mem",
  "inputs.net",
  "inputs.net_response",
  "inputs.nstat",
  "inputs.prometheus",
  "inputs.system",
  "outputs.influxdb",
  "outputs.stackdriver",
  "parsers.json",
  "parsers.prometheus",
  "processors.clone",
  "processors.converter",
  "serializers.influx",
];

const list = createHash("sha256").update(TELEGRAF_PLUGINS.join()).digest("hex").slice(0, 8);

/** Where it lies, below the project; another version or another list of plugins lies elsewhere. */
export const TELEGRAF_DIRECTORY = `node_modules/.cache/telegraf/${TELEGRAF_VERSION}-${list}`;
