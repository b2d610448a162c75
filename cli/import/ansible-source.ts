import { basename, resolve } from "node:path";
import { ProblemList } from "../../config/problem-list";
import { printable } from "../../model/quoted";
import { readInventory } from "./read-inventory";
import { readYamlVariables } from "./read-yaml-variables";
import { resolveJinja } from "./resolve-jinja";
import { openSourceFolder, SourceProblem } from "./source-folder";
import type { SourceRead, Variable } from "./variable";

const GROUP_VARS = /(?:^|\/)group_vars\/(?:[^/]+\/)*[^/.]+(?:\.ya?ml|\.json)?$/;
const HOST_VARS = /(?:^|\/)host_vars\//;
const INVENTORY = /(?:^|\/)(?:hosts|inventory)(?:\.ini)?$|(?:^|\/)inventory\/hosts(?:\.ini)?$/;
const YAML_INVENTORY = /(?:^|\/)(?:hosts|inventory)\.ya?ml$/;
/** The group that every host is in: any other group's variables count before it. */
const ALL_GROUP = /(?:^|\/)group_vars\/all(?:\/|\.|$)/;

/**
 * The variables of a folder with an Ansible playbook: `group_vars/` and the inventory. Of a name that is written several
 * times the last of the files counts, as in Ansible: group `all` first, then the groups by name.
 *
 * @throws SourceProblem
 */
export function readAnsibleFolder(root: string, account: string): SourceRead {
  const folder = openSourceFolder(root);
  const problems = new ProblemList();
  // Whoever names group_vars itself means it.
  const prefix = basename(resolve(root)) === "group_vars" ? "group_vars/" : "";
  const variableFiles = folder.files.filter((file) => GROUP_VARS.test(prefix + file));
  const inventories = folder.files.filter((file) => INVENTORY.test(file) && !GROUP_VARS.test(prefix + file));
  if (variableFiles.length === 0 && inventories.length === 0)
    throw new SourceProblem(
      `${printable(root)} holds no variables; it must hold group_vars/<group>/vars, group_vars/<group>.yml or an ` +
        "inventory called hosts",
    );

  const byPrecedence = [
    ...variableFiles.filter((file) => ALL_GROUP.test(prefix + file)),
    ...variableFiles.filter((file) => !ALL_GROUP.test(prefix + file)),
  ];
  const variables: Variable[] = [];
  for (const file of inventories) {
    const source = folder.read(file, problems);
    if (source) variables.push(...readInventory(source));
  }
  for (const file of byPrecedence) {
    const source = folder.read(file, problems);
    if (source) variables.push(...readYamlVariables(source, problems));
  }
  return {
    accounts: [
      {
        account,
        scopes: [
          {
            folder: "",
            variables: [...resolveJinja(variables.reverse()), ...leftAlone(folder.files, folder.links)],
          },
        ],
      },
    ],
    files: [...inventories, ...byPrecedence].sort(),
    problems: problems.all(),
  };
}

/** Files that may say something, and are not read. */
const leftAlone = (files: readonly string[], links: readonly string[]): Variable[] => [
  ...files
    .filter((file) => HOST_VARS.test(file))
    .map((file) => ({
      name: "(whole file)",
      file,
      line: 1,
      value: null,
      unread: "variables of single hosts are not read; look at what differs for this one",
    })),
  ...files
    .filter((file) => YAML_INVENTORY.test(file) && !GROUP_VARS.test(file))
    .map((file) => ({
      name: "(whole file)",
      file,
      line: 1,
      value: null,
      unread: "an inventory is read in the INI format only; --bridges says the number of bridges",
    })),
  ...links.map((file) => ({ name: "(link)", file, line: 1, value: null, unread: "links are not followed" })),
];
