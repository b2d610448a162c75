import type { Catalog } from "../../model/catalog";
import { printable } from "../../model/quoted";
import { LIMITS } from "../../model/names";
import { MAX_ID_LENGTH } from "../../model/schema/fields";
import { problemOfValue } from "./check-value";
import { type Draft, type Entry, type Fields, fileOf, type PoolDraft } from "./draft";
import { type Conversion, isTaken, type Rule, ruleFor, type TakenRule, type Target } from "./rule";
import { isSecretName } from "./secret-name";
import { shown } from "./shown";
import { SourceProblem } from "./source-folder";
import { type Plain, placeOf, type Scope, type Variable } from "./variable";

const SECRET = "(secret)";
/** Where the ranges of a network go, by region. */
export const NETWORK = "gcp.network.regions";

/** A variable with its rule. */
interface Ruled {
  readonly variable: Variable;
  readonly rule: Rule;
  readonly rank: number;
}

/** Whether a folder says how many bridges run, and so is a pool; what it inherits does not make it one. */
export const saysSize = ({ folder, variables }: Scope, rules: readonly Rule[]): boolean =>
  variables.some(({ name, file, value, unread }) => {
    const found = ruleFor(name, rules);
    if (!found || !isTaken(found.rule) || !found.rule.field.startsWith("size")) return false;
    return (
      (value !== null || unread !== undefined) && file.slice(0, Math.max(0, file.lastIndexOf("/"))) === folder
    );
  });

/** Fills a draft with what one scope says, and tells what became of each of its variables. */
export function applyRules(
  draft: Draft,
  pool: PoolDraft | undefined,
  scope: Scope,
  rules: readonly Rule[],
  catalog: Catalog,
): Entry[] {
  const conversion: Conversion = {
    catalog,
    longestPoolId: Math.min(MAX_ID_LENGTH, LIMITS.linodePlacementGroup - `${draft.account}--99`.length),
    lookUp: (name) => scope.variables.find((each) => each.name === name && each.value !== null)?.value,
  };
  const ruled: Ruled[] = [];
  const entries: Entry[] = [];
  for (const variable of scope.variables) {
    const found = ruleFor(variable.name, rules);
    if (found) ruled.push({ variable, ...found });
    else entries.push(unruled(variable));
  }
  // Rules in their order, in each the names in theirs, of a name the nearest first: sorting is stable.
  const order = new Map(rules.map((rule, index) => [rule, index]));
  ruled.sort((a, b) => order.get(a.rule)! - order.get(b.rule)! || a.rank - b.rank);
  // The name of a pool's file shows in every later entry.
  for (const each of ruled.filter(({ rule }) => isTaken(rule) && rule.field === "id"))
    entries.push(apply(each, draft, pool, conversion));
  for (const each of ruled.filter(({ rule }) => !isTaken(rule) || rule.field !== "id"))
    entries.push(apply(each, draft, pool, conversion));
  return entries;
}

/** What no table knows; by its name it may be a secret. */
function unruled({ name, file, line, unread, secret }: Variable): Entry {
  const entry = { at: placeOf({ file, line }), variable: printable(name) };
  return secret || isSecretName(name)
    ? {
        ...entry,
        kind: "dropped",
        value: SECRET,
        why: "a secret; passwords are drawn by Terraform into Secret Manager",
      }
    : { ...entry, kind: "notUnderstood", why: unread ?? "fleet import does not know this variable" };
}

function apply(
  { variable, rule }: Ruled,
  draft: Draft,
  pool: PoolDraft | undefined,
  conversion: Conversion,
): Entry {
  const entry = { at: placeOf(variable), variable: printable(variable.name) };
  if (!isTaken(rule))
    return {
      ...entry,
      kind: "dropped",
      ...(rule.secret || variable.secret ? { value: SECRET } : {}),
      why: rule.dropped,
    };
  if (variable.secret)
    return { ...entry, kind: "dropped", value: SECRET, why: "a secret is never written to a file" };
  if (variable.unread !== undefined) return { ...entry, kind: "notUnderstood", why: variable.unread };
  if (variable.value === null || variable.value === "" || isEmpty(variable.value))
    return { ...entry, kind: "dropped", why: "it says nothing" };

  const target = targetOf(rule, pool);
  if (!target)
    return { ...entry, kind: "dropped", why: "this folder is no pool: nothing in it says how many bridges" };
  const converted = target.convert(variable.value, conversion);
  if ("refused" in converted)
    return { ...entry, kind: converted.isMeantToGo ? "dropped" : "notUnderstood", why: converted.refused };
  const { value } = converted;
  // Of public keys their names: the text of a key is long, and looks like the text of a secret.
  const written = shown(target.field === "operators.sshKeys" ? Object.keys(value as object) : value);
  const given = target.field === "operators.sshKeys" ? written : shown(variable.value);
  const problem =
    target.field === "network" ? undefined : problemOfValue(target.owner, draft.cloud, target.field, value);
  if (problem !== undefined) return { ...entry, kind: "notUnderstood", why: problem };

  if (target.field === "id" && pool) pool.id = String(value);
  const to =
    target.field === "id"
      ? fileOf(draft, "pool", pool)
      : target.field === "network"
        ? `${fileOf(draft, "account")} ${NETWORK}`
        : `${fileOf(draft, target.owner, pool)} ${target.field}`;
  const before = fieldsOf(draft, target, pool).get(target.field);
  const same = JSON.stringify(before?.value) === JSON.stringify(value);
  // Another folder may inherit the very same line.
  if (before && !(same && before.from === entry.at)) {
    if (target.field === "gcp.project" && !same && !before.from.startsWith("--"))
      throw new SourceProblem(
        `${entry.at} names another project than ${before.from}; an account has one project; import their folders one by one`,
      );
    return {
      ...entry,
      kind: "dropped",
      why: same ? `${before.from} says the same` : `${before.from} counts`,
    };
  }
  if (target.field !== "id") fieldsOf(draft, target, pool).set(target.field, { value, from: entry.at });
  return converted.why === undefined
    ? { ...entry, kind: "taken", value: given, to }
    : { ...entry, kind: "changed", value: given, to, written, why: converted.why };
}

/** A pool's field has no place in a folder that is none; the rule may name another one. */
const targetOf = (rule: TakenRule, pool: PoolDraft | undefined): Target | undefined =>
  rule.owner === "pool" && !pool ? rule.elsewhere : rule;

function fieldsOf(draft: Draft, { owner }: Target, pool: PoolDraft | undefined): Fields {
  if (owner === "account") return draft.accountFields;
  return owner === "customer" ? draft.customerFields : pool!.fields;
}

const isEmpty = (value: Plain): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
