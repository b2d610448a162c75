import { equivalent } from "./equivalent";
import { isUnknown, isValues, UNKNOWN } from "../protocol/value";
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../protocol/provider-schema";
import type { Value, Values } from "../protocol/value";

/** What is known of one resource type beyond its schema; see `Behaviour` and `ResourceModel`. */
export interface PlanRules {
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  /** Optional blocks that the cloud fills in when the configuration has none. */
  readonly computedBlocks: ReadonlySet<string>;
  /** Says whether two different values of an attribute mean the same, so that the prior one stays. */
  readonly same?: (path: string, prior: Value, planned: Value) => boolean;
}

/**
 * The planned object, as Terraform's older SDK makes it: what the configuration says, else the provider's default, else
 * what was there before, else unknown if the cloud will choose it. What means the same as before stays as it was.
 *
 * @param proposed Terraform's proposal: the configuration, with prior values in computed attributes left open
 * @param prior null for a new object
 */
export function planValues(
  block: BlockSchema,
  rules: PlanRules,
  proposed: Values,
  prior: Values | null,
): Values {
  return planBlock(block, rules, proposed, prior, "");
}

function planBlock(
  block: BlockSchema,
  rules: PlanRules,
  proposed: Values,
  prior: Values | null,
  at: string,
): Values {
  const planned: Values = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    planned[name] = planAttribute(
      attribute,
      rules,
      proposed[name] ?? null,
      prior && (prior[name] ?? null),
      at + name,
    );
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    planned[name] = planBlocks(
      nested,
      rules,
      proposed[name] ?? null,
      prior && (prior[name] ?? null),
      at + name,
    );
  }
  return planned;
}

function planAttribute(
  schema: AttributeSchema,
  rules: PlanRules,
  value: Value,
  prior: Value,
  path: string,
): Value {
  if (schema.write_only) return null;
  if (value === null) {
    const byDefault = rules.defaults[path] ?? null;
    if (byDefault !== null || !schema.computed) return keepIfSame(schema, rules, byDefault, prior, path);
    return prior ?? UNKNOWN;
  }
  if (schema.nested_type && !isUnknown(value)) {
    const { attributes, nesting_mode } = schema.nested_type;
    return planBlocks({ block: { attributes }, nesting_mode }, rules, value, prior, path);
  }
  return keepIfSame(schema, rules, value, prior, path);
}

function keepIfSame(
  schema: AttributeSchema,
  rules: PlanRules,
  value: Value,
  prior: Value,
  path: string,
): Value {
  if (isUnknown(value) || prior === null) return value;
  const unordered = Array.isArray(schema.type) && schema.type[0] === "set";
  return equivalent(prior, value, unordered) || rules.same?.(path, prior, value) ? prior : value;
}

function planBlocks(
  nested: NestedBlockSchema,
  rules: PlanRules,
  value: Value,
  prior: Value,
  path: string,
): Value {
  if (isUnknown(value)) return value;
  const plan = (element: Value, before: Value): Value =>
    isValues(element)
      ? planBlock(nested.block, rules, element, isValues(before) ? before : null, `${path}.`)
      : element;
  if (Array.isArray(value)) {
    if (value.length === 0 && rules.computedBlocks.has(path)) return prior ?? UNKNOWN;
    const before = Array.isArray(prior) ? prior : [];
    return nested.nesting_mode === "set"
      ? value.map((element) => plan(element, before.find((candidate) => covers(candidate, element)) ?? null))
      : value.map((element, index) => plan(element, before[index] ?? null));
  }
  if (nested.nesting_mode === "map" && isValues(value)) {
    const before = isValues(prior) ? prior : {};
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [key, plan(element, before[key] ?? null)]),
    );
  }
  return plan(value, prior);
}

/** True when an element of a set may be the planned one as it was before: it agrees wherever that one is set. */
function covers(candidate: Value, element: Value): boolean {
  if (!isValues(candidate) || !isValues(element)) return false;
  return Object.entries(element).every(
    ([name, value]) => value === null || equivalent(candidate[name], value, true),
  );
}
