import { basename, resolve } from "node:path";
import { Argument, type Command } from "commander";
import { type FleetLists, fleetLists, type Kind, KINDS } from "../list/fleet-lists";
import { listIds, listText } from "../list/list-text";
import { paintFor } from "../paint";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface ListOptions {
  readonly accounts: string;
  readonly account?: string;
  readonly ids?: true;
  readonly json?: true;
}

const DEFAULT_COLUMNS = 100;

const EXAMPLES = `
Examples:
  npx fleet list                                        # a table of each kind
  npx fleet list customers --account acme
  npx fleet list --json | jq -r '.pools[] | select(.cloud == "linode") | .name'
  for stack in $(npx fleet list stacks --ids --account acme); do npx cdktf diff "$stack"; done

Stacks come in the order of a first deploy: accounts, customers, pools. --ids leaves retired stacks out, because a
deploy of them destroys what they ran. Nothing is asked of a cloud: this is what the files say.

Ends with 0, with 1 when files below accounts/ are not as they must be, with 2 when it was called wrongly.
`;

/** `fleet list`: what there is, by the files. */
export function addListCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command("list")
    .description("List accounts, customers, pools and stacks.")
    .addArgument(new Argument("[kind]", "what to list (default: all of them)").choices(KINDS))
    .option("--account <account>", "only what belongs to this account")
    .option("--ids", "print one name a line, for scripts; needs a kind")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action((kind: Kind | undefined, options: ListOptions) => finish(list(kind, options, terminal)));
}

function list(kind: Kind | undefined, options: ListOptions, terminal: Terminal): ExitCode {
  if (options.ids && options.json) return wrongly(terminal, "--ids and --json: choose one");
  if (options.ids && kind === undefined)
    return wrongly(terminal, `--ids needs a kind: ${KINDS.join(", ")}; such as fleet list stacks --ids`);
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
  const all = fleetLists(loaded.fleet, {
    rootName: basename(resolve(options.accounts)),
    only: options.account,
  });
  const asked: FleetLists = kind === undefined ? all : { [kind]: all[kind] };
  if (options.json) terminal.out(`${JSON.stringify(asked, null, 2)}\n`);
  else if (options.ids) terminal.out(listIds(kind!, all));
  else
    terminal.out(
      listText(asked, {
        width: terminal.columns ?? DEFAULT_COLUMNS,
        paint: paintFor(terminal, "out"),
      }),
    );
  return EXIT.success;
}

function wrongly(terminal: Terminal, message: string): ExitCode {
  terminal.err(`${message}.\n`);
  return EXIT.usage;
}
