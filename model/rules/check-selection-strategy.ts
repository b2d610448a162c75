import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** Warns of region groups that Jicofo never looks at. */
export const checkSelectionStrategy: Rule = ({ customers }) =>
  customers
    .filter(({ jicofo, regionGroups }) => jicofo.selectionStrategy !== "RegionBased" && regionGroups)
    .map((customer) => ({
      at: atCustomer(customer),
      path: ["regionGroups"],
      message:
        `not looked at with selectionStrategy ${quoted(customer.jicofo.selectionStrategy)}; remove them, or choose ` +
        quoted("RegionBased"),
      severity: "warning",
    }));
