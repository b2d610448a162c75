import { basename, resolve } from "node:path";
import { ProblemList } from "../../config/problem-list";
import { printable } from "../../model/quoted";
import { suggestId } from "../../config/suggest-id";
import { type Names, readTerragruntFile, resolveHcl, type TerragruntFile } from "./read-terragrunt-file";
import { openSourceFolder, SourceProblem } from "./source-folder";
import { accountFolderOf, folderOf, kindOfFile } from "./terragrunt-files";
import type { AccountSource, Scope, SourceRead, Variable } from "./variable";

/** Folders of regions, such as `europe-west4`, lie in the folder of one account. */
const REGION = /^[a-z]+-[a-z]+[0-9]+$/;

/**
 * The variables of a Terragrunt layout: a folder for each account, in it files of variables, and folders (for regions,
 * for modules) that inherit what is written above them. Where there is none below, the folder itself is the account.
 *
 * @param account its id, where the folder is a single account (default: from the name of the folder)
 * @throws SourceProblem
 */
export async function readTerragruntFolder(root: string, account?: string): Promise<SourceRead> {
  const folder = openSourceFolder(root);
  const problems = new ProblemList();
  const files = folder.files.filter((file) => kindOfFile(file) !== undefined);
  if (files.length === 0)
    throw new SourceProblem(
      `${printable(root)} holds no variables; it must hold terraform.tfvars, other .tfvars files or terragrunt.hcl, ` +
        "in a folder for each account",
    );
  const read: TerragruntFile[] = [];
  for (const file of files) {
    const source = folder.read(file, problems);
    const content = source && (await readTerragruntFile(source, kindOfFile(file)!, problems));
    if (content) read.push({ ...content, file });
  }

  const folders = [...new Set(files.map(accountFolderOf))].filter((each) => each !== "");
  // Region or module folders of a single account, which lies in the imported folder itself.
  const single =
    folders.length === 0 || account !== undefined || folders.every((each) => REGION.test(basename(each)));
  const accounts = (single ? [""] : folders).map((each): AccountSource => {
    const name = each === "" ? basename(resolve(root)) : basename(each);
    return {
      account: account ?? suggestId(name) ?? "imported",
      scopes: scopesOf(each, read),
    };
  });
  const links = folder.links.map((file): Variable => ({
    name: "(link)",
    file,
    line: 1,
    value: null,
    unread: "links are not followed",
  }));
  const [first, ...others] = accounts as [AccountSource, ...AccountSource[]];
  return {
    accounts: [
      {
        ...first,
        scopes: [...first.scopes, ...(links.length > 0 ? [{ folder: "", variables: links }] : [])],
      },
      ...others,
    ],
    files,
    problems: problems.all(),
  };
}

/** One scope for each folder that has no folder with variables below it, with all that it inherits. */
function scopesOf(account: string, read: readonly TerragruntFile[]): Scope[] {
  const below = read.filter(({ file }) => isInside(folderOf(file), account));
  const folders = [...new Set(below.map(({ file }) => folderOf(file)))];
  const leaves = folders.filter((each) => !folders.some((other) => other !== each && isInside(other, each)));
  return leaves.map((leaf) => {
    const inherited = read
      .filter(({ file }) => isInside(leaf, folderOf(file)))
      .sort((a, b) => folderOf(b.file).length - folderOf(a.file).length || rank(a.file) - rank(b.file));
    const variables = inherited.flatMap(({ variables: own, locals }) => {
      const names: Names = {
        locals,
        above: (fileName) => inherited.find((each) => basename(each.file) === fileName)?.locals,
      };
      return own.map((variable) => resolveHcl(variable, names));
    });
    return { folder: leaf, variables };
  });
}

/** In one folder, `.auto.tfvars` wins over `terraform.tfvars`, which wins over inputs of terragrunt.hcl. */
const rank = (file: string): number =>
  file.endsWith(".hcl") ? 3 : /\.auto\.tfvars/.test(file) ? 0 : /terraform\.tfvars/.test(file) ? 1 : 2;

const isInside = (folder: string, outer: string): boolean =>
  outer === "" || folder === outer || folder.startsWith(`${outer}/`);
