import type { AccountFiles } from "./edit";

export const ABC = "acme/customers/abc.yaml";
export const ACME = "acme/account.yaml";
export const BURST = "acme/pools/eu-burst.yaml";
export const STATIC = "acme/pools/nl-static.yaml";

/** Pools of globex: of customers xyz-europe and xyz, and of xyz alone. */
export const GLOBEX_BURST = "globex/pools/eu-burst.yaml";
export const GLOBEX_STATIC = "globex/pools/us-static.yaml";

/** Files of the server of customer abc, in the output. */
export const SERVER = "stacks/customer-abc/files/server/etc/fleet";

/** Its Terraform. */
export const CONFIGURATION = "stacks/customer-abc/cdk.tf.json";

/** Replaces the one place where `from` stands; an edit that finds nothing is a mistake in this table. */
export function replace(path: string, from: string, to: string): (files: AccountFiles) => void {
  return (files) => {
    const text = files.get(path) ?? "";
    if (text.split(from).length !== 2)
      throw new Error(`${path}: ${JSON.stringify(from)} must stand there once`);
    files.set(path, text.replace(from, to));
  };
}

export const append = (path: string, lines: string): ((files: AccountFiles) => void) => {
  return (files) => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} does not exist`);
    files.set(path, `${text}${lines}\n`);
  };
};

export const all =
  (...edits: readonly ((files: AccountFiles) => void)[]) =>
  (files: AccountFiles) =>
    edits.forEach((edit) => edit(files));

export const move = (from: string, to: string) => (files: AccountFiles) => {
  files.set(to, files.get(from)!);
  files.delete(from);
};

/** Where the account has no machine yet. */
export const ANOTHER_REGION = replace(
  ACME,
  "europe-west4: 10.20.0.0/20",
  "europe-west4: 10.20.0.0/20\n      us-east1: 10.20.16.0/20",
);

/** A file of another pool of customer abc, on Linode. */
export const NEW_POOL = `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: linode
region: de-fra-2
serves: [abc]
size: 1
`;
