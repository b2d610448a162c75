import { existsSync } from "node:fs";
import { join } from "node:path";
import { DeployProblem } from "../deploy/deployer";

/** The state before the change. */
export interface Base {
  /** As it was asked for. */
  readonly name: string;
  readonly commit?: string;
  /** No common ancestor is here, as in a shallow clone: what others have done since counts as part of the change. */
  readonly isTip?: true;
  /** What makes synthesized/ of the accounts is not what it was: each stack may have to be made anew. */
  readonly hasOtherCode?: true;
  /** Its accounts; may not exist. */
  readonly accounts: string;
  readonly synthesized: string;
}

/** A folder that has accounts/ and synthesized/ as they were. @throws DeployProblem when it has not */
export function folderBase(folder: string): Base {
  const synthesized = join(folder, "synthesized");
  if (!existsSync(join(synthesized, "manifest.json")))
    throw new DeployProblem(`${folder} is no base: it has no synthesized/manifest.json.`);
  return { name: folder, accounts: join(folder, "accounts"), synthesized };
}
