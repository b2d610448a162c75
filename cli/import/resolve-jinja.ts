import type { Plain, Variable } from "./variable";
import { isMap } from "./variable";

/** References that lead on and on are a circle. */
const DEEPEST = 8;

const REFERENCE = /\{\{-?\s*([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}/g;

/**
 * Variables with their simple references (`{{ domain }}`, also within a text) replaced by what the others say. What
 * holds filters, expressions or unknown names stays without its value.
 */
export function resolveJinja(variables: readonly Variable[]): Variable[] {
  const byName = new Map([...variables].reverse().map((variable) => [variable.name, variable]));
  return variables.map((variable) => {
    if (variable.unread !== undefined) return variable;
    let secret = variable.secret;
    let unread: string | undefined;
    const text = (given: string, depth: number): Plain => {
      if (!/\{[{%#]/.test(given)) return given;
      const whole = new RegExp(`^${REFERENCE.source}$`).exec(given.trim());
      if (whole) return lookUp(whole[1]!, depth);
      const replaced = given.replace(REFERENCE, (all, name: string) => {
        const found = lookUp(name, depth);
        return typeof found === "object" ? all : String(found);
      });
      if (/\{[{%#]/.test(replaced)) unread ??= "a Jinja expression, which only Ansible can work out";
      return replaced;
    };
    const lookUp = (name: string, depth: number): Plain => {
      const other = byName.get(name);
      if (!other || other.unread !== undefined || depth >= DEEPEST) {
        unread ??=
          depth >= DEEPEST
            ? "a Jinja reference that leads back to itself"
            : `a Jinja reference to ${name}, which has no value in these files`;
        secret ||= other?.secret;
        return null;
      }
      secret ||= other.secret;
      return resolve(other.value, depth + 1);
    };
    const resolve = (value: Plain, depth = 0): Plain => {
      if (typeof value === "string") return text(value, depth);
      if (Array.isArray(value)) return value.map((inner: Plain) => resolve(inner, depth));
      if (isMap(value))
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, depth)]));
      return value;
    };
    const value = resolve(variable.value);
    return {
      ...variable,
      value: unread === undefined ? value : null,
      ...(unread === undefined ? {} : { unread }),
      ...(secret ? { secret } : {}),
    };
  });
}
