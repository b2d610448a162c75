import type { Edit } from "./edit";
import { ACME, all, append, BURST, replace } from "./edit-files";

/** Nothing, or nothing that Terraform could notice. */
export const HARMLESS_EDITS: readonly Edit[] = [
  { name: "nothing", callers: "none", edit: () => undefined, plans: {} },
  {
    name: "a setting moves from a pool to the account's `defaults:`",
    callers: "none",
    edit: all(
      replace(BURST, "machineType: n2-standard-4\n", ""),
      append(ACME, "defaults: { gcpPools: { machineType: n2-standard-4 } }"),
    ),
    plans: {},
  },
];
