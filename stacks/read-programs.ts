import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROGRAM_NAMES, type Programs } from "../render/programs";

/** The programs of the machines, as they stand in `programs/`. */
export const readPrograms = (): Programs =>
  Object.fromEntries(
    PROGRAM_NAMES.map((name) => [name, readFileSync(join(__dirname, `../programs/${name}.py`), "utf8")]),
  ) as Programs;

/** What fetches and starts the keeper on a server. */
export const readKeeperStarter = (): string =>
  readFileSync(join(__dirname, "../programs/keeper-start.mjs"), "utf8");
