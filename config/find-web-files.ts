import { nearest } from "../model/nearest";
import { quoted } from "../model/quoted";
import type { TreeEntry } from "./account-tree";
import { nameOf, type Place } from "./explain-stray";
import { type Folders, NOTES } from "./folders";

/** A file of a customer's page. */
export interface FoundWebFile {
  readonly account: string;
  readonly customer: string;
  /** Below the accounts directory. */
  readonly path: string;
  /** Below the customer's `web` folder, such as `branding/logo.svg`. */
  readonly name: string;
}

const OF_CUSTOMER: Place = { allowed: "web/ and README.md", names: ["web", ...NOTES] };
const WEB: Place = {
  allowed: "config.js, interface_config.js, branding/ and README.md",
  names: ["config.js", "interface_config.js", "branding", ...NOTES],
};
const BRANDING: Place = { allowed: "text files, in no folders", names: NOTES };

/** What fleet-apply takes as one part of a path. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Whether an entry beside customers' files may be meant for the files of a customer's page. */
export const isCustomerFolder = (entry: TreeEntry): boolean =>
  entry.kind === "directory" && !/^\.|\.ya?ml$/i.test(nameOf(entry));

/**
 * Finds the files of the customers' pages and reports everything that has no place among them.
 *
 *   customers/<id>/web/config.js               appended to the page's config.js
 *   customers/<id>/web/interface_config.js     appended to its interface_config.js
 *   customers/<id>/web/branding/<file>         served at /static/branding/<file>
 *
 * @param customers the folder of an account's customers
 * @param ids the customers that have a file in it
 */
export function findWebFiles(
  folders: Folders,
  customers: TreeEntry,
  account: string,
  ids: ReadonlySet<string>,
): FoundWebFile[] {
  return folders.in(customers.path).flatMap((folder) => {
    if (!isCustomerFolder(folder)) return [];
    const customer = nameOf(folder);
    if (!ids.has(customer)) {
      folders.report(folder.path, withoutCustomer(customer, ids));
      return [];
    }
    return filesOf(folders, folder).map((found) => ({ account, customer, ...found }));
  });
}

function withoutCustomer(id: string, ids: ReadonlySet<string>): string {
  const meant = nearest(id, ids);
  const advice = meant === undefined ? "move it elsewhere or remove it" : `did you mean ${meant}?`;
  return (
    `a folder without its customer: there is no ${quoted(`${id}.yaml`)} beside it; allowed: folders named after a ` +
    `customer's file; ${advice}`
  );
}

type File = Pick<FoundWebFile, "path" | "name">;

const filesOf = (folders: Folders, customer: TreeEntry): File[] =>
  folders
    .sort(customer.path, OF_CUSTOMER, (entry, name) => (isFolder(entry, name, "web") ? "kept" : "stray"))
    .flatMap((web) =>
      folders
        .sort(web.path, WEB, (entry, name) => {
          const script = name === "config.js" || name === "interface_config.js";
          return (entry.kind === "file" && script) || isFolder(entry, name, "branding") ? "kept" : "stray";
        })
        .flatMap((entry): File[] =>
          entry.kind === "file" ? [{ path: entry.path, name: nameOf(entry) }] : brandingOf(folders, entry),
        ),
    );

const isFolder = (entry: TreeEntry, name: string, wanted: string): boolean =>
  entry.kind === "directory" && name === wanted;

const brandingOf = (folders: Folders, branding: TreeEntry): File[] =>
  folders
    .sort(branding.path, BRANDING, (entry) => (entry.kind === "file" ? "kept" : "stray"))
    .flatMap((entry) => {
      const name = nameOf(entry);
      if (FILE_NAME.test(name)) return [{ path: entry.path, name: `branding/${name}` }];
      const message =
        `${quoted(name)} is not valid as the name of a file on a machine; allowed: letters, digits, . _ and -, ` +
        "starting with a letter or digit; rename it";
      folders.report(entry.path, message);
      return [];
    });
