import { existsSync } from "node:fs";
import { basename } from "node:path";
import { counted } from "../../model/counted";
import { loadFleet } from "../../config/load-fleet";
import type { Fleet } from "../../model/fleet";
import { cut } from "../cut";
import type { Base } from "./review-base";

/** What the accounts of the base say, or why nobody knows: a sentence. */
export type BaseFleet = { readonly fleet: Fleet } | { readonly unknown: string };

/** Characters of a problem that the sentence shows. */
const LONGEST = 200;

/**
 * Loads the base's accounts by today's model, as the head's are. A base that was written for another model is no mistake of
 * the change: it is said, and the review goes on.
 */
export function loadBaseFleet({ accounts }: Pick<Base, "accounts">): BaseFleet {
  if (!existsSync(accounts)) return { unknown: `The base has no ${basename(accounts)}/.` };
  const loaded = loadFleet(accounts);
  if (loaded.ok) return { fleet: loaded.fleet };
  const errors = loaded.problems.filter(({ severity }) => severity === "error");
  const { file, line, field, message } = errors[0]!;
  const words = `${file}:${line} ${field === "" ? "" : `${field}: `}${message}`;
  return {
    unknown:
      `The base's accounts cannot be read by what reads them now (${counted(errors.length, "problem")}, the first: ` +
      `${cut(words, LONGEST)}).`,
  };
}
