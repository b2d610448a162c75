import { renderId } from "../engine/id-format";
import { Refusal } from "../protocol/diagnostic";
import { asBlocks, asText, asTextMap, isUnknown } from "../protocol/value";
import { readImportId } from "./import-id";
import { planLabels } from "./labels";
import { resolveLink, sameLink, variable } from "./links";
import { fingerprint, projectNumber, serialNumber, serialText } from "./serial-number";
import { readSettings } from "./settings";
import type { Cloud, ResourceType } from "../engine/cloud";
import type { Surroundings } from "../engine/resource-model";
import type { Values } from "../protocol/value";
import type { GoogleSettings } from "./settings";

type Type = ResourceType<GoogleSettings>;

const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;

/** Attributes that hold a time of creation. */
const CREATION_TIMES = ["creation_timestamp", "create_time", "creation_time", "time_created"];
/** Attributes that change whenever something else does, with what they are made of. */
const FINGERPRINTS = {
  etag: undefined,
  fingerprint: undefined,
  label_fingerprint: "effective_labels",
  metadata_fingerprint: "metadata",
  tags_fingerprint: "tags",
} as const;

/** Google Cloud, as far as its objects have something in common. */
export const googleCloud: Cloud<GoogleSettings> = {
  name: "google",
  configure: readSettings,

  completePlan(type, prior, planned, settings) {
    for (const name of ["project", "region", "zone"]) {
      const inherited = isUnknown(planned[name]) ? variable(name, {}, settings) : undefined;
      if (inherited !== undefined) planned[name] = inherited;
    }
    planLabels(type.block, prior, planned, settings);
  },

  same(type, path, prior, planned) {
    const [before, after] = [asText(prior), asText(planned)];
    if (before === undefined || after === undefined) return false;
    const isLink =
      /(^|\.)(region|zone|machine_type)$/.test(path) ||
      type.model.references?.some((one) => one.path === path);
    return isLink === true && sameLink(before, after);
  },

  identify(type, object, around) {
    const { settings, store } = around;
    const rendered = renderId(type.behaviour.id_format, (name) => {
      if (name === "number" || name === "generated") return serialText(store);
      if (name === "project number") return projectNumber(variable("project", object, settings) ?? "");
      return variable(name, object, settings);
    });
    // Grants of one role to one member are several, where each has another condition.
    const [condition] = asBlocks(type.name.endsWith("_iam_member") ? object["condition"] : []);
    if ("id" in rendered) return rendered.id + (condition ? `/${conditionKey(condition)}` : "");
    throw new Refusal(`Cannot determine ${rendered.missing}: set it in this resource, or in the provider`, [
      rendered.missing,
    ]);
  },

  chosen(type, id, object, { store, now, settings }) {
    const isCompute = type.name.startsWith("google_compute_");
    return {
      ...(isCompute && { self_link: `https://www.googleapis.com/compute/v1/${id}` }),
      ...Object.fromEntries(CREATION_TIMES.map((name) => [name, now])),
      ...Object.fromEntries(
        numericIds(type, object).map(([name, isText]) => [
          name,
          isText ? serialText(store) : serialNumber(store),
        ]),
      ),
      name: id,
      project: variable("project", object, settings) ?? "",
      region: variable("region", object, settings) ?? "",
      project_number: Number(projectNumber(variable("project", object, settings) ?? "")),
    };
  },

  stamped(type, object) {
    const stamps = Object.entries(FINGERPRINTS).filter(([name]) => type.block.attributes?.[name]?.computed);
    const { etag: _etag, fingerprint: _fingerprint, ...content } = object;
    return Object.fromEntries(
      stamps.map(([name, source]) => [name, fingerprint(source ? object[source] : content)]),
    );
  },

  keyOf(type, id, settings) {
    const isUniqueInProject = ["google_logging_metric", "google_compute_network_peering"].includes(type.name);
    return isUniqueInProject ? `${settings.project}:${id}` : id;
  },

  resolve(type, link, from, settings) {
    if (type.name === "google_service_account") return resolveServiceAccount(asText(link));
    return resolveLink(type.behaviour.id_format, link, from, settings);
  },

  /** Only what Terraform makes is in the store: other projects, and the network that each project is born with, are not. */
  isOurs(_type, id, settings) {
    const isElsewhere = id.startsWith("projects/") && !id.startsWith(`projects/${settings.project}/`);
    return !isElsewhere && !id.endsWith("/networks/default");
  },

  check(type, object) {
    const name = asText(object["name"]);
    if (type.name.startsWith("google_compute_") && name !== undefined && !NAME.test(name)) {
      throw refused(
        "creating",
        type,
        `Invalid value for field 'resource.name': '${name}'. Must be a match of regex '${NAME.source}', invalid`,
        "name",
      );
    }
    // A notification channel has "labels" too, but they are its settings.
    const labels = type.block.attributes?.["terraform_labels"]
      ? object["terraform_labels"]
      : object["user_labels"];
    for (const [key, value] of Object.entries(asTextMap(labels))) {
      if (LABEL_KEY.test(key) && LABEL_VALUE.test(value)) continue;
      const rule =
        "at most 63 characters each: lowercase letters, numeric characters, underscores and dashes; a key begins with a letter";
      throw refused(
        "creating",
        type,
        `Label ${key}: ${value} violates format constraints (${rule}), invalid`,
        "labels",
      );
    }
  },

  importState: (type, id, settings) => readImportId(type.behaviour.id_format, id, settings),

  words: {
    duplicate: (type, id) =>
      apiError("creating", type, 409, `The resource '${id}' already exists, alreadyExists`),
    missing: (type, verb, id) => apiError(verb, type, 404, `The resource '${id}' was not found, notFound`),
    dangling: (type, verb, target, id) =>
      apiError(
        verb,
        type,
        404,
        `The resource '${id}' was not found (no ${target.name} of this name exists), notFound`,
      ),
    inUse: (type, id, user) =>
      apiError(
        "deleting",
        type,
        400,
        `The ${noun(type)} resource '${id}' is already being used by '${user}', resourceInUseByAnotherResource`,
      ),
  },
};

/** An answer of the API that refuses, as the provider prints it. */
export function apiError(verb: string, type: Pick<Type, "name">, status: number, message: string): string {
  const words = noun(type)
    .split("_")
    .map((word) => word[0]!.toUpperCase() + word.slice(1));
  return `Error ${verb} ${words.join("")}: googleapi: Error ${status}: ${message}`;
}

/** The API refuses a value (status 400). */
export function refused(verb: string, type: Pick<Type, "name">, message: string, ...path: string[]): Refusal {
  return new Refusal(apiError(verb, type, 400, message), path);
}

const conditionKey = (condition: Values): string =>
  ["title", "description", "expression"].map((name) => asText(condition[name]) ?? "").join("/");

/** `network` of `google_compute_network`. */
const noun = (type: Pick<Type, "name">): string =>
  type.name.replace(/^google_(compute|secret_manager|monitoring|dns|storage|logging|project)?_?(?=.)/, "");

/** The numeric ids that the object still lacks, and whether they are text; ids of a source belong to other objects. */
function numericIds(type: Type, object: Values): (readonly [string, boolean])[] {
  return Object.entries(type.block.attributes ?? {})
    .filter(([name]) => isUnknown(object[name]) && /_id$/.test(name) && !name.startsWith("source_"))
    .map(([name, { type: of }]) => [name, of === "string"] as const);
}

function resolveServiceAccount(given: string | undefined): string | undefined {
  const email = given?.replace(/^(serviceAccount:|projects\/[^/]+\/serviceAccounts\/)/, "");
  const project = /^[^@:/]+@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(email ?? "")?.[1];
  return project === undefined ? undefined : `projects/${project}/serviceAccounts/${email}`;
}

export type GoogleSurroundings = Surroundings<GoogleSettings>;
