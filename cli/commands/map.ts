import type { Command } from "commander";
import { writeUnlessInterrupted } from "../files/write-unless-interrupted";
import { fleetMap } from "../map/fleet-map";
import { MOST_CUSTOMERS, pictureOf } from "../map/summary";
import { svgMap } from "../map/svg-map";
import { textMap } from "../map/text-map";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface MapOptions {
  readonly accounts: string;
  readonly account?: string;
  readonly svg?: string;
  readonly json?: true;
}

const DEFAULT_COLUMNS = 100;

const EXAMPLES = `
Examples:
  npx fleet map
  npx fleet map --account acme --svg acme.svg
  npx fleet map --json | jq '.meshes[] | select(.pools | length > 2)'

Servers stand left and pools right, by account, region group (continent) and region; lines say which pool serves whom,
double lines (purple in an SVG) between which pools Octo relays calls. A pool's home is the first customer that it serves;
the keeper runs on that one's server. With --account come the pools of other accounts that serve its customers, and the
customers of others that its pools serve. More than ${MOST_CUSTOMERS} customers are summed up by region.

Ends with 0, with 1 when files below accounts/ are not as they must be or the SVG cannot be written, with 2 when it was
called wrongly.
`;

/** `fleet map`: a picture of the fleet, by the files. */
export function addMapCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command("map")
    .description("Draw accounts, regions, servers, pools and the Octo links between them.")
    .option("--account <account>", "only this account and its neighbours")
    .option("--svg <file>", "write an SVG instead of drawing with characters")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (options: MapOptions) => finish(await draw(options, terminal)));
}

async function draw(options: MapOptions, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const ids = loaded.fleet.accounts.map(({ id }) => id);
  if (options.account !== undefined && !ids.includes(options.account)) {
    terminal.err(unknownName("account", options.account, ids));
    return EXIT.usage;
  }
  const map = fleetMap(loaded.fleet, options.account);
  if (options.svg !== undefined) {
    try {
      await writeUnlessInterrupted(new Map([[options.svg, svgMap(pictureOf(map))]]));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      terminal.err(`${options.svg}: the file cannot be written (${code ?? message}).\n`);
      return EXIT.problems;
    }
  }
  if (options.json) terminal.out(`${JSON.stringify(map, null, 2)}\n`);
  else if (options.svg === undefined)
    terminal.out(textMap(pictureOf(map), terminal.columns ?? DEFAULT_COLUMNS));
  else terminal.out(`${options.svg} is written.\n`);
  return EXIT.success;
}
