import { invalid } from "./google-error";

type Fields = Readonly<Record<string, unknown>>;

/** One comparison: `labels.fleet-pool = eu-burst`, `status!=RUNNING`, `name eq "acme-.*"`. */
const COMPARISON = /\s*\(?\s*([\w.-]+)\s*(!=|=|\beq\b|\bne\b)\s*("[^"]*"|'[^']*'|[^\s()]+)\s*\)?\s*/y;
const AND = /(AND\b)?/y;

/**
 * The filter of a list method of Compute Engine, as far as this project may need it: comparisons that all hold.
 * @throws GoogleError for what the API takes and this does not (OR, NOT, `:`, `<`…), and for what neither takes
 */
export function parseFilter(filter: string): (object: Fields) => boolean {
  const tests: ((object: Fields) => boolean)[] = [];
  let at = 0;
  while (at < filter.length) {
    COMPARISON.lastIndex = at;
    const match = COMPARISON.exec(filter);
    if (!match)
      throw invalid(`Invalid value for field 'filter': '${filter}'. Invalid list filter expression.`);
    at = COMPARISON.lastIndex;
    AND.lastIndex = at;
    at += AND.exec(filter)![0].length;
    const [, path, operator, quoted] = match as unknown as [string, string, string, string];
    tests.push(comparison(path, operator, quoted.replace(/^["']|["']$/g, "")));
  }
  return (object) => tests.every((test) => test(object));
}

function comparison(path: string, operator: string, expected: string): (object: Fields) => boolean {
  const isPattern = operator === "eq" || operator === "ne";
  const isWanted = operator === "=" || operator === "eq";
  const matches = (value: string): boolean =>
    isPattern ? new RegExp(`^(?:${expected})$`).test(value) : value === expected;
  return (object) => {
    const value = fieldOf(object, path);
    // An object without the field is none that has it.
    return value === undefined ? !isWanted : matches(String(value)) === isWanted;
  };
}

/** `labels.fleet-pool`: everything after the first dot is one name. */
function fieldOf(object: Fields, path: string): unknown {
  const [first, ...rest] = path.split(".");
  const value = object[first!];
  if (rest.length === 0) return value;
  return typeof value === "object" && value !== null ? (value as Fields)[rest.join(".")] : undefined;
}
