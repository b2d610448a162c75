import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { callProblems, fleetCalls } from "./call-problems";
import { anchorsOf, codeOf, linksOf } from "./markdown-parts";

/** What the docs may name. */
export interface Named {
  readonly program: Command;
  /** Names of the scripts in package.json. */
  readonly scripts: readonly string[];
}

/** What a page names that is not there, as `path:line: what`. @param path of the page, from the root of the repository */
export function docsProblems(path: string, markdown: string, { program, scripts }: Named): readonly string[] {
  const code = codeOf(markdown).flatMap(({ line, text }) =>
    [
      ...fleetCalls(text).flatMap((call) => callProblems(program, call)),
      ...[...text.matchAll(/\bnpm run (?:-\S+ )*([\w:-]+)/g)]
        .filter(([, script]) => !scripts.includes(script!))
        .map(([, script]) => `package.json has no script ${script}`),
    ].map((problem) => ({ line, problem })),
  );
  const links = linksOf(markdown).flatMap(({ line, text }) => {
    const problem = linkProblem(path, markdown, text);
    return problem === undefined ? [] : [{ line, problem }];
  });
  return [...code, ...links]
    .sort((one, other) => one.line - other.line)
    .map(({ line, problem }) => `${path}:${line}: ${problem}`);
}

function linkProblem(path: string, markdown: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [file, anchor] = target.split("#") as [string, string?];
  const linked = file === "" ? path : join(dirname(path), file);
  if (file !== "" && !existsSync(linked)) return `there is no ${linked}`;
  if (anchor === undefined) return undefined;
  if (file !== "" && !statSync(linked).isFile()) return `${linked} is a folder and has no headings`;
  const isThere = anchorsOf(file === "" ? markdown : readFileSync(linked, "utf8")).has(anchor);
  return isThere ? undefined : `${linked} has no heading for #${anchor}`;
}
