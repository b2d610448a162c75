import { scanAccounts } from "../../config/scan-accounts";
import type { NameOfData } from "./value-kinds";

type Names = Readonly<Record<NameOfData, readonly string[]>>;

/**
 * Names of the data by the names of its files: quick, and there while a file has mistakes.
 *
 * @param accounts the accounts directory; one that is not there has no names
 */
export function namesOnDisk(accounts: string): Names {
  const paths = (scanAccounts(accounts).entries ?? []).map(({ path }) => path);
  const found = (pattern: RegExp) =>
    paths.map((path) => pattern.exec(path)).filter((match) => match !== null);
  const account = found(/^([^/]+)\/account\.yaml$/).map(([, id]) => id!);
  const customer = found(/^[^/]+\/customers\/([^/]+)\.yaml$/).map(([, id]) => id!);
  const pools = found(/^([^/]+)\/pools\/([^/]+)\.yaml$/);
  return {
    account,
    customer,
    pool: pools.map(([, of, id]) => `${of}/${id}`),
    // As model/names.ts makes them; a test holds the two together. Loading that file takes longer than all of this.
    stack: [
      ...account.map((id) => `account-${id}`),
      ...customer.map((id) => `customer-${id}`),
      ...pools.map(([, of, id]) => `bridges-${of}-${id}`),
    ],
  };
}
