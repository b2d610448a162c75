import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RehearsalProblem } from "../workspace/rehearsal-problem";
import { isDeployed } from "../workspace/terraform-state";
import type { KeeperFile, KeeperPool } from "../../model/keeper-file";

/** What a rehearsal put on the server of a pool's home. */
export interface DeployedKeeper {
  readonly file: KeeperFile;
  readonly pool: KeeperPool;
  /** The program that the server starts. */
  readonly program: string;
}

const FILE_ON_SERVERS = "files/server/etc/fleet/keeper.json";
const PROGRAM = "files/keeper.mjs";

/** What the deployed copies of the stacks tell keepers. @param directory of the rehearsal */
function keeperFiles(directory: string): KeeperFile[] {
  const stacks = join(directory, "stacks");
  return (existsSync(stacks) ? readdirSync(stacks) : [])
    .filter((stack) => isDeployed(directory, stack))
    .map((stack) => join(stacks, stack, FILE_ON_SERVERS))
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as KeeperFile);
}

/** Pools with a keeper that a rehearsal deployed, as `<account>/<pool>`. */
export const poolsWithKeeper = (directory: string): string[] =>
  keeperFiles(directory).flatMap(({ pools }) =>
    pools.map(({ pool, tags }) => pool.replace(`${tags["account"]}-`, `${tags["account"]}/`)),
  );

/**
 * Finds the keeper of a pool in the deployed copies of the stacks.
 *
 * @param directory of the rehearsal
 * @throws RehearsalProblem that says what to deploy first
 */
export function deployedKeeper(directory: string, pool: string): DeployedKeeper {
  const files = keeperFiles(directory);
  const file = files.find(({ pools }) => pools.some((each) => each.pool === pool));
  const found = file?.pools.find((each) => each.pool === pool);
  if (!file || !found) {
    const known = files.flatMap(({ pools }) => pools.map((each) => each.pool));
    throw new RehearsalProblem(
      known.length === 0
        ? "Nothing with a keeper is deployed in the rehearsal: run `npm run demo` first."
        : `No keeper of ${pool} is deployed in the rehearsal; there are keepers of ${known.join(", ")}. ` +
            "`npm run demo -- <account>` deploys an account.",
    );
  }
  const program = join(directory, "stacks", `account-${found.tags["account"]}`, PROGRAM);
  if (!existsSync(program))
    throw new RehearsalProblem(`The account of ${pool} has no program of the keeper: deploy it again.`);
  return { file, pool: found, program };
}
