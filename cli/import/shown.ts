import { quoted } from "../../model/quoted";
import { isMap, type Plain } from "./variable";

/** A value as the report shows it, short and on one line. Of public keys the names only. */
export function shown(value: Plain): string {
  if (typeof value === "string") {
    const text = quoted(value);
    return text.startsWith('"') ? text.slice(1, -1) : text;
  }
  if (Array.isArray(value)) return `[${value.map((each: Plain) => shown(each)).join(", ")}]`;
  if (isMap(value))
    return Object.entries(value)
      .map(([key, inner]) =>
        typeof inner === "string" && /^(?:ssh-|ecdsa-|sk-)/.test(inner) ? key : `${key}: ${shown(inner)}`,
      )
      .join(", ");
  return String(value);
}
