import { quoted } from "../../model/quoted";

const MOST_ITEMS = 6;

/** A value as a file would say it; never what may be a secret. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map(valueText);
    const more = value.length > MOST_ITEMS ? `, … (${value.length} in all)` : "";
    return `[${items.join(", ")}${more}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${valueText(inner)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if (typeof value !== "string") return String(value);
  return isPlain(value) ? value : quoted(value);
}

/** What YAML would read as something else than a text. */
const READS_OTHERWISE = /^(?:true|false|null|~|[-+]?[0-9][0-9.:eE+_-]*)$/;

/** A digest is as long as a secret, and none. */
const isPlain = (text: string): boolean =>
  /^sha256:[0-9a-f]{64}$/.test(text) ||
  (/^[\w.:@/*+-][\w.:@/*+ -]*$/.test(text) && !READS_OTHERWISE.test(text) && quoted(text).startsWith('"'));
