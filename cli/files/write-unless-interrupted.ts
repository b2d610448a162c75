import { giveTurn } from "../give-turn";
import { writeFiles } from "./write-files";

/** As `writeFiles`, but a Ctrl-C that came before, however busy the command was then, ends it with nothing written. */
export async function writeUnlessInterrupted(...written: Parameters<typeof writeFiles>): Promise<void> {
  await giveTurn();
  writeFiles(...written);
}
