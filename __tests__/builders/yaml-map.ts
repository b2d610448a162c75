import { parseYaml } from "../../config/parse-yaml";
import { ProblemList } from "../../config/problem-list";
import { SourceFile, type DocumentKind } from "../../config/source-file";
import type { MapNode } from "../../config/yaml-node";

/** The tree of a YAML text that has no problems. */
export function yamlMap(
  text: string,
  path = "accounts/acme/pools/p.yaml",
  kind: DocumentKind = "pool",
): MapNode {
  const problems = new ProblemList();
  const root = parseYaml(new SourceFile(path, kind, text), problems);
  if (!root || problems.all().length > 0) throw new Error(`not valid: ${JSON.stringify(problems.all())}`);
  return root;
}
