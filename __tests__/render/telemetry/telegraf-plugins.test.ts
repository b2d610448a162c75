import { TELEGRAF_PLUGINS } from "../../../scripts/telegraf-plugins";
import { renderings } from "../renderings";

const PATH = "/etc/fleet/telegraf/telegraf.conf";

/** Plugins of a file of settings, and the parsers that its inputs name. */
const pluginsOf = (settings: string): string[] => [
  ...[...settings.matchAll(/^\[\[(\w+\.\w+)\]\]/gm)].map(([, plugin]) => plugin!),
  ...[...settings.matchAll(/data_format = "(\w+)"/g)].map(([, format]) => `parsers.${format!}`),
];

describe("TELEGRAF_PLUGINS", () => {
  it("are those that the machines' settings use, and the formats that these plugins need", () => {
    const used = new Set([...renderings.values()].flatMap((files) => pluginsOf(files.get(PATH)!)));
    const needed = ["parsers.prometheus", "serializers.influx"]; // of inputs.prometheus, outputs.influxdb
    expect([...used, ...needed].sort()).toEqual(TELEGRAF_PLUGINS);
  });
});
