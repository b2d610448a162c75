import { ACCOUNT_EDITS } from "./account-edits";
import { CODE_EDITS } from "./code-edits";
import { CUSTOMER_EDITS } from "./customer-edits";
import { FILE_EDITS } from "./file-edits";
import { GOOGLE_POOL_EDITS } from "./google-pool-edits";
import { HARMLESS_EDITS } from "./harmless-edits";
import { LINODE_POOL_EDITS } from "./linode-pool-edits";
import type { Edit } from "./edit";

/** All edits, in the order of docs/what-an-edit-does.md. */
export const EDITS: readonly Edit[] = [
  ...HARMLESS_EDITS,
  ...LINODE_POOL_EDITS,
  ...GOOGLE_POOL_EDITS,
  ...CUSTOMER_EDITS,
  ...ACCOUNT_EDITS,
  ...FILE_EDITS,
  ...CODE_EDITS,
];
