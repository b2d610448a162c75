/**
 * Grafana's math over reduced values, as in its sources (pkg/expr/mathexp: parse/parse.go for the grammar, exp.go for the
 * rest), as far as alerts use it: numbers, `$A1`, `|| && == != < <= > >= + - * / % ! -` and parentheses.
 */

export type Labels = Readonly<Record<string, string>>;
/** A value of one series; without labels it goes with every other. */
export interface Value {
  readonly labels: Labels;
  readonly value: number;
}
/** What a query or an expression has: values by labels, or the word that there is no data. */
export type Results = readonly Value[] | "no data";

/** Strongest last. */
const LEVELS = [["||"], ["&&"], ["==", "!=", ">=", "<=", ">", "<"], ["+", "-"], ["*", "/", "%"]] as const;
const TOKEN = /\s*(\|\||&&|==|!=|>=|<=|[-<>+*/%!()]|\$\w+|\d+(?:\.\d+)?)/y;

/** @throws Error for what is no expression, and for a variable that there is not. */
export function grafanaMath(expression: string, variables: ReadonlyMap<string, Results>): Results {
  const tokens = tokensOf(expression);
  const binary = (level: number): Results => {
    const operators: readonly string[] | undefined = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while (operators.includes(tokens[0] ?? "")) left = combine(tokens.shift()!, left, binary(level + 1));
    return left;
  };
  const unary = (): Results => {
    const token = tokens.shift();
    if (token === "-" || token === "!") return map(unary(), (a) => (token === "-" ? -a : Number(a === 0)));
    if (token === "(") {
      const inner = binary(0);
      if (tokens.shift() !== ")") throw new Error(`${expression}: a parenthesis is not closed`);
      return inner;
    }
    if (token?.startsWith("$")) {
      const found = variables.get(token.slice(1));
      if (found === undefined) throw new Error(`${expression}: there is no ${token}`);
      return found;
    }
    if (token === undefined || Number.isNaN(Number(token))) throw new Error(`${expression}: not at ${token}`);
    return [{ labels: {}, value: Number(token) }];
  };
  const results = binary(0);
  if (tokens.length > 0) throw new Error(`${expression}: not at ${tokens[0]}`);
  return results;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < expression.trimEnd().length;) {
    const found = TOKEN.exec(expression);
    if (!found) throw new Error(`${expression}: this is no math`);
    tokens.push(found[1]!);
  }
  return tokens;
}

const map = (results: Results, change: (a: number) => number): Results =>
  results === "no data"
    ? results
    : results.map(({ labels, value }) => ({ labels, value: Number.isNaN(value) ? value : change(value) }));

/** Values meet whose labels are the same, or of which one has all labels of the other; the rest is dropped. */
function combine(operator: string, left: Results, right: Results): Results {
  if (left === "no data" || right === "no data") return "no data";
  const met = left.flatMap((a) =>
    right.flatMap((b) => {
      const labels = union(a.labels, b.labels);
      return labels ? [{ labels, value: operate(operator, a.value, b.value) }] : [];
    }),
  );
  // One on each side always meet, and lose their labels.
  return met.length === 0 && left.length === 1 && right.length === 1
    ? [{ labels: {}, value: operate(operator, left[0]!.value, right[0]!.value) }]
    : met;
}

function union(a: Labels, b: Labels): Labels | undefined {
  const [fewer, more] = Object.keys(a).length <= Object.keys(b).length ? [a, b] : [b, a];
  return Object.entries(fewer).every(([name, value]) => more[name] === value) ? more : undefined;
}

function operate(operator: string, a: number, b: number): number {
  if (operator === "||" && a !== 0) return 1;
  if (operator === "&&" && a === 0) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case ">":
      return Number(a > b);
    case "<":
      return Number(a < b);
    case ">=":
      return Number(a >= b);
    case "<=":
      return Number(a <= b);
    case "&&":
      return Number(b !== 0);
    default:
      return Number(b !== 0); // "||"
  }
}
