import type { Fleet, GcpPool } from "../../model/fleet";
import { hasKeeper } from "../../model/keeper-pools";
import { artifactsBucketName, customerStackId, keeperStorePrefix, serverName } from "../../model/names";
import { unknownName } from "../unknown-name";

/** A pool that a keeper looks after, and where the two tell each other things. */
export interface KeptPool {
  readonly pool: GcpPool;
  /** As people write it: `acme/eu-burst`. */
  readonly name: string;
  readonly project: string;
  readonly bucket: string;
  /** With its slash. */
  readonly prefix: string;
  /** Server that the keeper runs on, and its stack. */
  readonly server: string;
  readonly stack: string;
}

/** The pool that `<account>/<pool>` names, or why it has no keeper: one line with the way out. */
export function findKeptPool({ accounts, customers, pools }: Fleet, name: string): KeptPool | string {
  const nameOf = ({ account, id }: { readonly account: string; readonly id: string }) => `${account}/${id}`;
  const pool = pools.find((each) => nameOf(each) === name);
  if (!pool) return unknownName("pool", name, pools.map(nameOf));
  if (pool.cloud === "linode")
    return `Pool ${name} is on Linode and has no keeper: its size is a number in its file, and so is \`draining\`.\n`;
  const home = customers.find(({ id }) => id === pool.serves[0]);
  const project = accounts.find(({ id }) => id === pool.account)?.gcp?.project;
  if (!home || project === undefined)
    throw new Error(`pool ${name} passed the check without a home or a project`);
  const stack = customerStackId(home);
  if (!hasKeeper(pool))
    return (
      `Pool ${name} has no keeper: keeper.mode in its file is off. Set it to act, or to observe first, then ` +
      `deploy ${stack}.\n`
    );
  return {
    pool,
    name,
    project,
    bucket: artifactsBucketName(project),
    prefix: keeperStorePrefix(pool),
    server: serverName(home),
    stack,
  };
}
