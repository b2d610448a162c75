import { suggestId } from "../../config/suggest-id";
import { isSecretName } from "./secret-name";
import type { Convert, Converted } from "./rule";
import { isMap, type Plain } from "./variable";

const refused = (why: string): Converted => ({ refused: why });

/** Undefined for a value that is no single text or number. */
export function textOf(value: Plain | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

export function numberOf(value: Plain | undefined): number | undefined {
  const text = textOf(value);
  const number = text === undefined ? NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A single text as it is. */
export const asText: Convert = (value) => {
  const text = textOf(value);
  return text === undefined ? refused("allowed: one text") : { value: text };
};

/** An id made of a name; with the account's it makes names in the cloud. */
export const asId: Convert = (value, { longestPoolId }) => {
  const text = textOf(value);
  const id = text === undefined ? undefined : suggestId(text)?.slice(0, longestPoolId).replace(/-$/, "");
  // One letter would make too short a name of a service account.
  if (id === undefined || id.length < 2) return refused("allowed: a name with two letters at least");
  if (id === text) return { value: id };
  return {
    value: id,
    why: `ids have at most ${longestPoolId} lower-case letters, digits and single hyphens`,
  };
};

/** A whole number, brought between bounds. */
export const asWhole =
  (least: number, most: number, unit: string): Convert =>
  (value) => {
    const number = numberOf(value);
    if (number === undefined) return refused("allowed: a number");
    const bounded = Math.min(most, Math.max(least, Math.round(number)));
    return bounded === number
      ? { value: bounded }
      : { value: bounded, why: `allowed: ${least} to ${most} ${unit}` };
  };

/** A share from 0 to 1; percent are divided. */
export const asShare =
  (least: number, most: number): Convert =>
  (value) => {
    const number = numberOf(value);
    if (number === undefined || number < 0) return refused("allowed: a number");
    const share = number > 1 ? number / 100 : number;
    const bounded = Math.min(most, Math.max(least, Math.round(share * 1000) / 1000));
    if (bounded !== share) return { value: bounded, why: `allowed: ${least} to ${most}` };
    return share === number ? { value: share } : { value: share, why: "written as a share, not as percent" };
  };

/** A host name: lower case, without a scheme or a dot at the end. */
export const asHostName: Convert = (value) => {
  const text = textOf(value);
  if (text === undefined) return refused("allowed: one text");
  if (/\.ip\.linodeusercontent\.com\.?$/i.test(text))
    return {
      refused: "the name of the old machine's address, which ends with that machine",
      isMeantToGo: true,
    };
  const name = text
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/.]+$/, "");
  return name === text
    ? { value: name }
    : { value: name, why: "a host name in lower case, without a dot at the end" };
};

/** `subdomain` before a domain. */
export const asDomainWithSubdomain: Convert = (value, conversion) => {
  const name = asHostName(value, conversion);
  const subdomain = textOf(conversion.lookUp("subdomain"));
  if ("refused" in name || subdomain === undefined) return name;
  return {
    value: `${subdomain.toLowerCase()}.${String(name.value)}`,
    why: "subdomain and domain are one host name",
  };
};

/** Linodes of the cluster without those that are no bridges. */
export const asBridgesOfCluster: Convert = (value, conversion) => {
  const { lookUp } = conversion;
  const servers = numberOf(lookUp("jitsi_count")) ?? numberOf(lookUp("jitsi_cluster_size")) ?? 1;
  const all = numberOf(value);
  if (all === undefined) return refused("allowed: a number");
  const bridges = asWhole(1, 100, "bridges")(all - servers, conversion);
  return "refused" in bridges
    ? bridges
    : { ...bridges, why: `${all} Linodes, of which ${servers} is the server` };
};

const PUBLIC_KEY = /^(?:ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/]{60,}={0,3}(?: \S.*)?$/;

/** Public SSH keys by person: a text with a key a line, a list of them, or of `type: key`. */
export const asSshKeys: Convert = (value) => {
  const items: readonly Plain[] = Array.isArray(value) ? value : [value];
  const texts = items.flatMap((item) =>
    isMap(item)
      ? Object.entries(item).map(([type, key]) => `${type} ${textOf(key) ?? ""}`)
      : (textOf(item) ?? "").split("\n"),
  );
  const keys: Record<string, string> = {};
  let left = 0;
  for (const text of texts.map((each) => each.trim()).filter((each) => each !== "")) {
    if (!PUBLIC_KEY.test(text)) {
      left++;
      continue;
    }
    const person = suggestId(text.split(" ").slice(2).join(" ").replace(/@.*$/, "")) ?? "key";
    let name = person;
    for (let number = 2; keys[name] !== undefined; number++) name = `${person}-${number}`;
    keys[name] = text;
  }
  if (Object.keys(keys).length === 0) return refused("allowed: public keys in OpenSSH format");
  return left === 0
    ? { value: keys }
    : { value: keys, why: `${left} of them left out: no public key in OpenSSH format` };
};

/** Tags such as `owner:acme`, in a list or separated by commas, or a map of labels. */
export const asLabels: Convert = (value) => {
  const tags = isMap(value)
    ? Object.entries(value).map(([key, inner]) => `${key}:${textOf(inner) ?? ""}`)
    : Array.isArray(value)
      ? value.map((each: Plain) => textOf(each) ?? "")
      : (textOf(value) ?? "").split(",");
  const labels: Record<string, string> = {};
  let left = 0;
  for (const tag of tags.map((each) => each.trim()).filter((each) => each !== "")) {
    const [, key, label] = /^([a-z][a-z0-9_-]{0,62})[:=]([a-z0-9_-]{0,63})$/.exec(tag.toLowerCase()) ?? [];
    if (
      key === undefined ||
      label === undefined ||
      key.startsWith("fleet-") ||
      isSecretName(key) ||
      /[0-9a-z]{32,}/.test(label)
    )
      left++;
    else labels[key] = label;
  }
  if (Object.keys(labels).length === 0)
    return { refused: "labels are pairs such as owner:acme", isMeantToGo: true };
  return left === 0
    ? { value: labels }
    : { value: labels, why: `${left} left out: labels are pairs such as owner:acme` };
};

export const asTexts: Convert = (value) => {
  const texts = (Array.isArray(value) ? value : [value]).map((each: Plain) => textOf(each));
  return texts.some((each) => each === undefined)
    ? refused("allowed: a list of texts")
    : { value: texts as string[] };
};

/** The number of bridges that the playbook wrote down. */
export const asNumberOfEntries: Convert = (value) => {
  const jvb =
    isMap(value) && isMap(value["results"] ?? null) ? (value["results"] as { jvb?: Plain }).jvb : undefined;
  return Array.isArray(jvb) && jvb.length > 0 && jvb.length <= 100
    ? { value: jvb.length, why: "as many as the playbook has written down" }
    : refused("allowed: a list of bridges");
};
