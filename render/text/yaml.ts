import { dump } from "js-yaml";

/** Block YAML in the order of the object, without anchors and line folding: stable, and read by every YAML reader. */
export const toYaml = (value: object): string => dump(value, { lineWidth: -1, noRefs: true });
