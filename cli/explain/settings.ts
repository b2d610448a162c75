import { formatField } from "../../config/format-field";
import type { Origin, Provenance } from "../../config/provenance";
import { isSecretField } from "../../config/show-value";
import type { FieldPath } from "../../model/problem";
import { accountSchema } from "../../model/schema/account";
import { customerSchema } from "../../model/schema/customer";
import { expectation } from "../../model/schema/expectation";
import { gcpPoolSchema, linodePoolSchema } from "../../model/schema/pool";
import { z } from "zod";
import { unwrapped } from "../../model/schema/schema-at";
import { type Entity, refOf } from "./find-entity";

/** A value that a higher layer, or the same field's winner, leaves without effect. */
export interface OverriddenValue {
  /** null when the field's name promises a secret. */
  readonly value: unknown;
  readonly origin: Origin;
}

/** One setting after merging. */
export interface ExplainedSetting {
  /** `server.machineType` */
  readonly field: string;
  readonly path: FieldPath;
  /** null when nothing is set, or the field's name promises a secret. */
  readonly value: unknown;
  readonly isSecret: boolean;
  /** Where the value is from: a file, the schema's default, other settings; nothing when it is not set. */
  readonly from: "file" | "default" | "derived" | "nothing";
  /** The place in the file; of a derived value, that of what it is made of; null for a default or nothing. */
  readonly origin: Origin | null;
  /** Of a derived value how it is made; of what is not set what holds then, if the schema says so. */
  readonly note: string | null;
  /** What the value wins over, the next lower layer first. */
  readonly overrides: readonly OverriddenValue[];
}

/** What the schema says of a field, for `fleet explain <name> <field>`. */
export interface FieldMeaning {
  readonly description: string;
  /** In words: `gcp, linode`, `a whole number from 1 to 1000`. */
  readonly allowed: string;
  /** null when the field has none, or must be written. */
  readonly default: unknown;
}

/** A field with its schema, unset ones too. */
export interface Field {
  readonly setting: ExplainedSetting;
  readonly schema: z.ZodType;
}

export function schemaOf(entity: Entity): z.ZodType {
  switch (entity.kind) {
    case "account":
      return accountSchema;
    case "customer":
      return customerSchema;
    case "pool":
      return entity.pool.cloud === "gcp" ? gcpPoolSchema : linodePoolSchema;
  }
}

/** Every setting of an entity in the order of its schema: written, default, derived or not set. */
export function settingsOf(entity: Entity, provenance: Provenance): readonly ExplainedSetting[] {
  const at = refOf(entity);
  return leavesOf(schemaOf(entity), valuesOf(entity), []).map(({ path, value, schema }): ExplainedSetting => {
    const isSecret = isSecretField(path);
    const [winner, ...losers] = provenance.writtenAt(at, path);
    const shared = { field: formatField(path), path, isSecret };
    if (winner)
      return {
        ...shared,
        value: isSecret ? null : (value ?? {}),
        from: "file",
        origin: winner.origin,
        note: null,
        overrides: losers.map((loser) => ({ value: loser.value ?? null, origin: loser.origin })),
      };
    if (entity.kind === "customer" && path[0] === "hostname") {
      const { account } = entity.customer;
      const domain = provenance.originOf({ kind: "account", account }, ["dns", "domain"]);
      return {
        ...shared,
        value,
        from: "derived",
        origin: domain ?? null,
        note: "<customer id>.<dns.domain>",
        overrides: [],
      };
    }
    return {
      ...shared,
      value: isSecret ? null : (value ?? null),
      from: value === undefined ? "nothing" : "default",
      origin: null,
      note: value === undefined ? (defaultInWords(schema) ?? null) : null,
      overrides: [],
    };
  });
}

const valuesOf = (entity: Entity): unknown =>
  entity.kind === "account" ? entity.account : entity.kind === "customer" ? entity.customer : entity.pool;

interface ValueLeaf {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly schema: z.ZodType;
}

/** Values as they are written: maps are entered, lists and empty maps are not. */
function leavesOf(schema: z.ZodType, value: unknown, path: FieldPath): readonly ValueLeaf[] {
  const fields = fieldsOf(schema, value);
  if (path.length > 0 && fields.length > 0 && !isSet(value)) return [{ path, value: undefined, schema }];
  if (fields.length === 0) return [{ path, value, schema }];
  return fields.flatMap(([key, field]) =>
    leavesOf(field, (value as Record<string, unknown>)[key], [...path, key]),
  );
}

/** Whether a map with fixed keys says anything; of one that is left out the schema makes an empty one. */
const isSet = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.values(value).some(isSet)
    : value !== undefined;

/** The fields of a map: those of its schema, or those that are written where keys are free. */
function fieldsOf(schema: z.ZodType, value: unknown): readonly (readonly [string, z.ZodType])[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) return Object.entries(inner.shape) as [string, z.ZodType][];
  if (!(inner instanceof z.ZodRecord) || value === undefined) return [];
  return Object.keys(value as object).map((key) => [key, inner.valueType as z.ZodType] as const);
}

/** Fields of an entity and of the maps in it by name, those of maps that are not set too. */
export function fieldsByName(entity: Entity): ReadonlyMap<string, z.ZodType> {
  const fields = new Map<string, z.ZodType>();
  const enter = (schema: z.ZodType, value: unknown, path: FieldPath) => {
    for (const [key, field] of fieldsOf(schema, value)) {
      fields.set(formatField([...path, key]), field);
      enter(field, (value as Record<string, unknown> | undefined)?.[key], [...path, key]);
    }
  };
  enter(schemaOf(entity), valuesOf(entity), []);
  return fields;
}

export const meaningOf = (schema: z.ZodType): FieldMeaning => ({
  description: descriptionOf(schema) ?? "",
  allowed: expectation(schema),
  default: schema instanceof z.ZodDefault ? schema.def.defaultValue : (defaultInWords(schema) ?? null),
});

/** Said of the field, or of what it wraps. */
function descriptionOf(field: z.ZodType): string | undefined {
  let schema = field;
  while (schema.description === undefined && schema !== unwrapped(schema))
    schema = (schema as z.ZodOptional<z.ZodType>).unwrap();
  return schema.description;
}

/** `Let's Encrypt` of a description with `(default: Let's Encrypt)`. */
const defaultInWords = (schema: z.ZodType): string | undefined =>
  /\(default:? ((?:[^()]|\([^()]*\))*)\)/.exec(descriptionOf(schema) ?? "")?.[1];
