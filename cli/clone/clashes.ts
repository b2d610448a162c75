import type { Loaded, LocatedProblem } from "../../config/load-fleet";
import type { Clash } from "../../model/problem";

/** A problem that a copied account brings about. */
export type ClashProblem = LocatedProblem & { readonly clash: Clash };

/** The shared values of a fleet; places that follow from another one are left out. */
export const clashesOf = (loaded: Loaded): ClashProblem[] =>
  allClashesOf(loaded).filter(({ clash }) => clash.kind !== "served-id");

export const allClashesOf = (loaded: Loaded): ClashProblem[] =>
  errorsOf(loaded).filter((problem): problem is ClashProblem => problem.clash !== undefined);

export const errorsOf = (loaded: Loaded): readonly LocatedProblem[] =>
  loaded.ok ? [] : loaded.problems.filter(({ severity }) => severity === "error");

/** Where the problem's file is when its value is another one. */
export const renamedFile = ({ file, clash }: Pick<ClashProblem, "file" | "clash">, id: string): string =>
  clash.kind === "customer-id" ? file.replace(/[^/]+$/, `${id}.yaml`) : file;
