import type { Fleet } from "../fleet";
import type { Clash, EntityRef, FieldPath, Problem } from "../problem";
import { evidence } from "./older-account";

/** A value that two accounts have and only one may have. */
export interface Shared {
  readonly kind: Clash["kind"];
  readonly value: string;
  /** Where the younger account says it. */
  readonly at: EntityRef;
  readonly path: FieldPath;
  /** The account that had it first, and where. */
  readonly owner: string;
  readonly ownerAt: EntityRef;
  readonly ownerPath: FieldPath;
  /** What is wrong, up to the name of the older account. */
  readonly wrong: string;
  /** What is allowed, what to do. */
  readonly wayOut: string;
}

const BECAUSE = {
  synthesized: " (the original: it is in synthesized/)",
  names: " (the original, by the names)",
  told: "",
} as const;

/** The problem, blamed on the copy where it can be told; else the message names both places. */
export function clashProblem(fleet: Fleet, shared: Shared): Problem {
  const { kind, value, at, path, owner, ownerAt, ownerPath, wrong, wayOut } = shared;
  const copy = "account" in at ? at.account : owner;
  if (copy === owner) return { at, path, message: `${wrong}; ${wayOut}` };
  const because = evidence(fleet, owner, copy);
  return {
    at,
    path,
    message: `${wrong}${because ? BECAUSE[because] : ""}; ${wayOut}`,
    clash: { kind, value, owner, copy, isCertain: because !== undefined },
    ...(because ? {} : { instead: { at: ownerAt, path: ownerPath } }),
  };
}
