import { parseYaml } from "../../config/parse-yaml";
import { ProblemList } from "../../config/problem-list";
import type { SourceFile } from "../../config/source-file";
import { offsetOf, plainOf, type YamlNode } from "../../config/yaml-node";
import type { Plain, Variable } from "./variable";

/** How Ansible Vault's encrypted texts begin. */
const VAULT = /^\$ANSIBLE_VAULT;/;

const ENCRYPTED = "encrypted by Ansible Vault";

/**
 * The variables at the top of a file of YAML or JSON. One that is written in a way that is not read here (anchors, tags,
 * keys twice) stands there without its value; a file that is no YAML is a problem.
 */
export function readYamlVariables(source: SourceFile, problems: ProblemList): Variable[] {
  const base = { file: source.path, line: 1, value: null };
  if (VAULT.test(source.text)) return [{ ...base, name: "(whole file)", unread: ENCRYPTED, secret: true }];
  if (source.text.replace(/^\s*(?:#.*|---\s*|\.\.\.\s*)?$/gm, "") === "") return [];

  const found = new ProblemList();
  const root = parseYaml(source, found);
  if (!root) {
    for (const { line, column, message } of found.all())
      problems.addFile(source.path, message, { line, column });
    return [];
  }
  const odd = new Map(found.all().map(({ field, line }) => [/^[^.[]*/.exec(field)![0], line]));
  const variables = [...root.entries].map(([name, node]): Variable => {
    const { line } = source.positionAt(node.keyOffset ?? offsetOf(node));
    odd.delete(name);
    if (holdsVault(node, found))
      return { name, file: source.path, line, value: null, unread: ENCRYPTED, secret: true };
    if (isOdd(node, found))
      return {
        name,
        file: source.path,
        line,
        value: null,
        unread: "written in a way that is not read here (an anchor, a tag, a key twice or an odd character)",
      };
    return { name, file: source.path, line, value: plainOf(node) as Plain };
  });
  for (const [name, line] of odd) {
    const unread = "written twice, or with a key that is no plain text";
    variables.push({ name, file: source.path, line, value: null, unread });
  }
  return variables;
}

const holdsVault = (node: YamlNode, found: ProblemList): boolean =>
  node.kind === "scalar"
    ? VAULT.test(node.text) || (node.text === "" && isTooLong(node, found))
    : [...(node.kind === "list" ? node.items : node.entries.values())].some((inner) =>
        holdsVault(inner, found),
      );

/** A text that is longer than anything of ours is emptied by the parser; an encrypted one may be that long. */
const isTooLong = (node: YamlNode, found: ProblemList): boolean =>
  problemsAt(node, found).some(({ message }) => message.includes("characters long"));

const isOdd = (node: YamlNode, found: ProblemList): boolean => problemsAt(node, found).length > 0;

/** Problems of the top-level field that a node belongs to. */
function problemsAt(node: YamlNode, found: ProblemList): readonly { readonly message: string }[] {
  const top = String(node.path[0] ?? "");
  return found
    .all()
    .filter(({ field }) => field === top || field.startsWith(`${top}.`) || field.startsWith(`${top}[`));
}
