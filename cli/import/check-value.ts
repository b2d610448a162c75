import type { z } from "zod";
import { accountSchema } from "../../model/schema/account";
import { customerSchema } from "../../model/schema/customer";
import { idSchema } from "../../model/schema/fields";
import { gcpPoolSchema, linodePoolSchema } from "../../model/schema/pool";
import { schemaAt } from "../../model/schema/schema-at";
import type { Catalog } from "../../model/catalog";
import { nearest } from "../../model/nearest";
import { quoted } from "../../model/quoted";
import type { Answer } from "./answers";
import type { FieldOwner } from "./rule";
import type { Plain } from "./variable";

/** What the model has against a value in one of its fields, without repeating it; undefined for nothing. */
export function problemOfValue(
  owner: FieldOwner,
  cloud: "gcp" | "linode",
  field: string,
  value: Plain,
): string | undefined {
  const root: Record<FieldOwner, z.ZodType> = {
    account: accountSchema,
    customer: customerSchema,
    pool: cloud === "gcp" ? gcpPoolSchema : linodePoolSchema,
  };
  const schema = field === "id" ? idSchema : schemaAt(root[owner], field.split("."));
  if (!schema) throw new Error(`no schema for ${owner} ${field}; look at the table that names it`);
  const issue = schema.safeParse(value).error?.issues[0];
  if (!issue) return undefined;
  return issue.message.startsWith("allowed:") ? issue.message : "not of the kind that the field takes";
}

/** The same for an answer, which must also name a region or zone that the catalogue knows. */
export function problemOfAnswer(
  { owner, field }: Answer,
  cloud: "gcp" | "linode",
  value: Plain,
  { gcpRegions, linodeRegions }: Catalog,
): string | undefined {
  const problem = problemOfValue(owner, cloud, field, value);
  if (problem !== undefined) return problem;
  if (field === "region")
    return unknown("region", String(value), cloud === "gcp" ? gcpRegions.keys() : linodeRegions.keys());
  const zones = [...gcpRegions.values()].flatMap((region) => region.zones);
  return field === "server.zone" ? unknown("zone", String(value), zones) : undefined;
}

function unknown(what: string, name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.includes(name)) return undefined;
  const near = nearest(name, names);
  return `no ${what} is called ${quoted(name)}${near === undefined ? "" : `; did you mean ${near}?`}`;
}
