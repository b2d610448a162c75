import { patternOf, renderId, variablesOf } from "../engine/id-format";
import { asText } from "../protocol/value";
import { lastSegment, regionOf } from "./settings";
import type { Value, Values } from "../protocol/value";
import type { GoogleSettings } from "./settings";

const API_PREFIX = /^https:\/\/(?:www|compute|storage)\.googleapis\.com\/(?:[a-z]+\/)?(?:v1|beta)\//;

/** Names in an id that may be given as links: only the last segment counts. */
const LINKABLE = new Set([
  "region",
  "zone",
  "router",
  "disk",
  "instance",
  "instance_name",
  "managed_zone",
  "secret_id",
]);

/** The value of a variable of an id format: the object's own attribute, else the provider's. */
export function variable(name: string, object: Values, settings: GoogleSettings): string | undefined {
  const own = asText(object[name]);
  if (own !== undefined) return LINKABLE.has(name) ? lastSegment(own) : own;
  if (name === "project") return settings.project;
  if (name === "zone") return settings.zone;
  if (name !== "region") return undefined;
  const zone = asText(object["zone"]);
  return zone === undefined ? settings.region : regionOf(zone);
}

/** Without the address of the API and a query: `projects/p/…`, or what else was given. */
export const relativeLink = (link: string): string => link.replace(API_PREFIX, "").replace(/\?.*$/, "");

/**
 * The id that a link means: a full or relative link, a link without its project, or a bare name, which lives where
 * the object that refers to it lives. Undefined when it cannot be one of this format.
 */
export function resolveLink(
  format: string,
  value: Value,
  from: Values,
  settings: GoogleSettings,
): string | undefined {
  const text = asText(value);
  if (text === undefined || text === "") return undefined;
  const link = relativeLink(text);
  const project = variable("project", from, settings);
  if (link.startsWith("projects/")) return patternOf(format).test(link) ? link : undefined;
  if (/^(global|regions|zones)\//.test(link)) {
    return resolveLink(format, `projects/${project}/${link}`, from, settings);
  }
  if (link.includes("/")) return undefined;
  const name = variablesOf(format).at(-1)!;
  const rendered = renderId(format, (each) => (each === name ? link : variable(each, from, settings)));
  return "id" in rendered ? rendered.id : undefined;
}

/** True when two links lead to the same object as far as the shorter one says; a bare name matches any link to it. */
export function sameLink(a: string, b: string): boolean {
  const [left, right] = [relativeLink(a), relativeLink(b)];
  return left === right || left.endsWith(`/${right}`) || right.endsWith(`/${left}`);
}
