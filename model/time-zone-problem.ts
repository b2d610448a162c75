import { nearest } from "./nearest";
import { quoted } from "./quoted";

/** Names of three letters in the IANA database. Node takes more, such as PST, that are unknown to the cloud. */
const THREE_LETTERS: ReadonlySet<string> = new Set(
  "CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET".split(" "),
);

let canonical: ReadonlySet<string> | undefined;

/** The zones that Node lists: one name each. Older and newer names of a zone are known to it, but not listed. */
const listedZones = (): ReadonlySet<string> =>
  (canonical ??= new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]));

/** What is wrong with the name of a time zone, what is allowed, what to do; undefined for a zone of the IANA database. */
export function timeZoneProblem(name: string): string | undefined {
  const zones = listedZones();
  if (zones.has(name)) return undefined;
  const otherCase = [...zones].find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (otherCase === undefined && isKnown(name)) return undefined;
  const suggestion = otherCase ?? suggestionFor(name, zones);
  const wayOut = suggestion
    ? `did you mean ${quoted(suggestion)}?`
    : `write it like ${quoted("Europe/Amsterdam")}`;
  return `${quoted(name)} is not a known time zone; allowed: names of the IANA time zone database; ${wayOut}`;
}

/** A zone of the same city, such as `Europe/Amsterdam` for `Amsterdam`, or one that is spelled nearly the same. */
function suggestionFor(name: string, zones: ReadonlySet<string>): string | undefined {
  const city = cityOf(name);
  return [...zones].find((zone) => cityOf(zone) === city) ?? nearest(name, zones);
}

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf("/") + 1).toLowerCase();

function isKnown(name: string): boolean {
  if (/^[A-Za-z]{3}$/.test(name)) return THREE_LETTERS.has(name);
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
