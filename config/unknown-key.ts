import type { z } from "zod";
import { nearest } from "../model/nearest";
import type { FieldPath } from "../model/problem";
import {
  accountFileSchema,
  customerFileSchema,
  defaultsFileSchema,
  gcpPoolFileSchema,
  linodePoolFileSchema,
} from "../model/schema/defaults";
import { keysOf, mapsWithKey, schemaAt } from "../model/schema/schema-at";
import { formatField } from "./format-field";
import { namesSecret } from "./show-value";
import type { DocumentKind } from "./source-file";

/** Where each kind of field is at home, for a key that stands in the wrong file. */
const HOMES: readonly (readonly [kind: DocumentKind, place: string, schema: z.ZodType])[] = [
  ["customer", "a customer's own file", customerFileSchema],
  ["pool", "the file of a pool with cloud: gcp", gcpPoolFileSchema],
  ["pool", "the file of a pool with cloud: linode", linodePoolFileSchema],
  ["account", "account.yaml", accountFileSchema],
  ["defaults", "accounts/defaults.yaml", defaultsFileSchema],
];

/** Sections of the layers, by what their entities' files are called. */
const SECTIONS: Readonly<Record<string, string>> = {
  customers: "customer",
  gcpPools: "pool",
  linodePools: "pool",
};

/** What is wrong with a key that its map does not have, and the key of the same map that was probably meant. */
export interface UnknownKey {
  readonly message: string;
  readonly meant: string | undefined;
}

/**
 * @param schema of the whole file
 * @param path of the map
 * @param written keys of the map
 */
export function explainUnknownKey(
  kind: DocumentKind,
  schema: z.ZodType,
  path: FieldPath,
  key: string,
  written: ReadonlySet<string>,
): UnknownKey {
  const keys = keysOf(schemaAt(schema, path)) ?? [];
  const allowed = keys.length === 0 ? "no keys" : keys.join(", ");
  const unwritten = keys.filter((candidate) => !written.has(candidate));
  const { advice, meant } = adviceFor(kind, schema, path, key, unwritten);
  return { message: `unknown key; allowed: ${allowed}${advice === undefined ? "" : `; ${advice}`}`, meant };
}

function adviceFor(
  kind: DocumentKind,
  schema: z.ZodType,
  path: FieldPath,
  key: string,
  unwritten: readonly string[],
): { readonly advice: string | undefined; readonly meant: string | undefined } {
  const joined = /^([A-Za-z]+):./.exec(key);
  if (joined) {
    const meant = unwritten.find((candidate) => candidate === joined[1]);
    return { advice: "write a space after the colon", meant };
  }
  const misplaced = misplacedKey(kind, schema, path, key);
  if (misplaced !== undefined) return { advice: misplaced, meant: undefined };
  const meant = nearest(key, unwritten, 2);
  return { advice: meant === undefined ? elsewhere(kind, schema, key) : `did you mean "${meant}"?`, meant };
}

/** Advice for keys whose right place is known for sure. */
function misplacedKey(
  kind: DocumentKind,
  schema: z.ZodType,
  path: FieldPath,
  key: string,
): string | undefined {
  if (namesSecret(key)) {
    return "secrets are never written into these files: remove it, and revoke the secret if it was committed";
  }
  if (path.length === 0 && (key === "id" || key === "name")) {
    return `the id is the name of the ${kind === "account" ? "folder" : "file"}: remove it`;
  }
  const [section] = path[0] === "defaults" || path[0] === "overrides" ? path.slice(1) : path;
  const entity = kind === "defaults" || kind === "account" ? SECTIONS[String(section)] : undefined;
  if (entity !== undefined && HOMES.some(([home, , own]) => home === entity && hasKey(own, path, key))) {
    return `${key} is never inherited: write it in each ${entity}'s own file`;
  }
  return placesIn(schema, key);
}

/** True when an entity's own file has the key at the place that a path inside a layer's section stands for. */
function hasKey(own: z.ZodType, path: FieldPath, key: string): boolean {
  const start = path.findIndex((part) => Object.hasOwn(SECTIONS, part)) + 1;
  return keysOf(schemaAt(own, path.slice(start)))?.includes(key) ?? false;
}

/** "it belongs under …" when the same file has the key at another place. */
function placesIn(schema: z.ZodType, key: string): string | undefined {
  const places = mapsWithKey(schema, key).map((parents) =>
    parents.length === 0 ? "the top" : formatField(parents),
  );
  return places.length === 0 || places.length > 3 ? undefined : `it belongs under ${places.join(" or ")}`;
}

function elsewhere(kind: DocumentKind, schema: z.ZodType, key: string): string | undefined {
  const homes = HOMES.filter(
    ([home, , other]) =>
      other !== schema && (home !== kind || kind === "pool") && keysOf(other)?.includes(key),
  );
  const everyPool = homes.filter(([home]) => home === "pool").length === 2;
  const places = homes.map(([home, place]) => (everyPool && home === "pool" ? "a pool's own file" : place));
  return places.length === 0 ? undefined : `it belongs in ${[...new Set(places)].join(" or ")}`;
}
