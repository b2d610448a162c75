import type { ProblemList } from "../../config/problem-list";
import type { SourceFile } from "../../config/source-file";
import { isExpression, readHcl } from "./read-hcl";
import { readYamlVariables } from "./read-yaml-variables";
import type { FileKind } from "./terragrunt-files";
import { flattened, isMap, type Plain, type Variable } from "./variable";

/** One file of a Terragrunt layout. */
export interface TerragruntFile {
  readonly file: string;
  readonly variables: readonly Variable[];
  /** `locals` of the file, to which expressions of this file and of others refer. */
  readonly locals: ReadonlyMap<string, Plain>;
}

export async function readTerragruntFile(
  source: SourceFile,
  kind: FileKind,
  problems: ProblemList,
): Promise<TerragruntFile | undefined> {
  const file = source.path;
  if (kind === "json") {
    const variables = readYamlVariables(source, problems);
    return {
      file,
      variables: variables.flatMap((each) => flattened(each, () => undefined)),
      locals: new Map(),
    };
  }
  const read = await readHcl(source, problems);
  if (!read) return undefined;
  const { content, places } = read;
  const lineOf = (path: string): number | undefined => places.get(path)?.line;
  const variable = (name: string, value: Plain, path: string): Variable[] =>
    flattened({ name, file, line: lineOf(path) ?? 1, value }, (inner) =>
      lineOf(path === name ? inner : `${path}${inner.slice(name.length)}`),
    );

  const locals = new Map<string, Plain>(
    blocksOf(content["locals"]).flatMap((block) => Object.entries(block)),
  );
  const variables: Variable[] = [];
  // An old `terragrunt = { … }` is blank to the parser.
  if (places.has("terragrunt") && content["terragrunt"] === undefined)
    variables.push(...variable("terragrunt", true, "terragrunt"));
  for (const [name, value] of Object.entries(content)) {
    if (kind === "variables") variables.push(...variable(name, value, name));
    else if (name === "inputs" && isMap(value))
      for (const [input, inner] of Object.entries(value))
        variables.push(...variable(input, inner, `inputs.${input}`));
    else if (name === "remote_state")
      for (const block of blocksOf(value)) variables.push(...variable(name, block, name));
    else if (name === "locals") {
      if (kind === "locals")
        for (const [local, inner] of locals) variables.push(...variable(local, inner, `locals.${local}`));
    } else variables.push({ name, file, line: lineOf(name) ?? 1, value: name === "inputs" ? value : true });
  }
  return { file, variables, locals };
}

/** Blocks are a list of maps; an attribute with a map does the same. */
const blocksOf = (value: Plain | undefined): { readonly [key: string]: Plain }[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is { [key: string]: Plain } =>
    isMap((each ?? null) as Plain),
  );

/** The names that an expression may lead to: the file's own `locals`, and those of files that it reads. */
export interface Names {
  readonly locals: ReadonlyMap<string, Plain>;
  /** The locals of `account.hcl` and its like, the nearest one above, by file name. */
  readonly above: (fileName: string) => ReadonlyMap<string, Plain> | undefined;
}

const READS = /^\$\{read_terragrunt_config\(find_in_parent_folders\("([\w.-]+)"\)\)\}$/;
const DEEPEST = 8;

/** A variable with `local.…` replaced by what it stands for; other expressions leave it without a value. */
export function resolveHcl(variable: Variable, names: Names): Variable {
  if (variable.unread !== undefined) return variable;
  let unread: string | undefined;
  const lookUp = (
    expression: string,
    locals: ReadonlyMap<string, Plain>,
    depth: number,
  ): Plain | undefined => {
    const [, name, inner] = /^\s*local\.(\w+)(?:\.locals\.(\w+))?\s*$/.exec(expression) ?? [];
    if (name === undefined || depth > DEEPEST) return undefined;
    const value = locals.get(name);
    if (inner === undefined) return value === undefined ? undefined : resolve(value, locals, depth + 1);
    const [, fileName] = typeof value === "string" ? (READS.exec(value) ?? []) : [];
    const others = fileName === undefined ? undefined : names.above(fileName);
    const other = others?.get(inner);
    return other === undefined ? undefined : resolve(other, others!, depth + 1);
  };
  const text = (given: string, locals: ReadonlyMap<string, Plain>, depth: number): Plain => {
    if (!isExpression(given)) return given.replace(/([$%])\1\{/g, "$1{");
    const whole = /^\$\{([^{}]*)\}$/.exec(given);
    const value = whole && lookUp(whole[1]!, locals, depth);
    if (whole && value !== undefined && value !== null) return value;
    const replaced = given.replace(/\$\{([^{}]*)\}/g, (all, inner: string) => {
      const found = lookUp(inner, locals, depth);
      return found === undefined || found === null || typeof found === "object" ? all : String(found);
    });
    if (isExpression(replaced)) unread ??= "an expression, which only Terragrunt can work out";
    return replaced;
  };
  const resolve = (value: Plain, locals: ReadonlyMap<string, Plain>, depth = 0): Plain => {
    if (typeof value === "string") return text(value, locals, depth);
    if (Array.isArray(value)) return value.map((inner: Plain) => resolve(inner, locals, depth));
    if (isMap(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, resolve(inner, locals, depth)]),
      );
    return value;
  };
  const value = resolve(variable.value, names.locals);
  return unread === undefined ? { ...variable, value } : { ...variable, value: null, unread };
}
