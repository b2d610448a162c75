/** Files of a Terragrunt layout that hold variables. */
const VARIABLES = /(?:^|\/)(?:terraform\.tfvars|[^/]+\.auto\.tfvars|[^/]+\.tfvars)(?:\.json)?$/;
const TERRAGRUNT = /(?:^|\/)(?:terragrunt|root|account|project|region|zone|env|environment|common)\.hcl$/;

export type FileKind = "variables" | "json" | "terragrunt" | "locals";

/** What a file is by its name; undefined for one that holds no variables. */
export function kindOfFile(file: string): FileKind | undefined {
  if (VARIABLES.test(file)) return file.endsWith(".json") ? "json" : "variables";
  if (!TERRAGRUNT.test(file)) return undefined;
  return /(?:^|\/)(?:terragrunt|root)\.hcl$/.test(file) ? "terragrunt" : "locals";
}

/** `live/acme/europe-west4/jvb/terraform.tfvars` is in `live/acme/europe-west4/jvb`. */
export const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf("/")));

/** Folders that hold the accounts' folders, in layouts that have one. */
const WRAPPERS = new Set([
  "live",
  "accounts",
  "environments",
  "envs",
  "infrastructure",
  "infra",
  "terragrunt",
  "terraform",
  "gcp",
]);

/** The account's folder of a file, such as `live/acme`; empty for a file above all accounts. */
export function accountFolderOf(file: string): string {
  const parts = folderOf(file)
    .split("/")
    .filter((part) => part !== "");
  const wrappers = parts.findIndex((part) => !WRAPPERS.has(part) || part.startsWith("_"));
  return wrappers < 0 ? "" : parts.slice(0, wrappers + 1).join("/");
}
