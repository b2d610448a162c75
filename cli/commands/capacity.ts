import type { Command } from "commander";
import { capacityOf } from "../../estimate/capacity-of";
import { SHAPES } from "../../estimate/meeting-shape";
import { parseShape } from "../../estimate/parse-shape";
import { capacityReport } from "../capacity/capacity-report";
import { capacityText } from "../capacity/capacity-text";
import { chosenEntities } from "../chosen-entities";
import { paintFor } from "../paint";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

interface CapacityOptions {
  readonly accounts: string;
  readonly shape?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  npx fleet capacity                                     # every customer, by region, for each shape of meetings
  npx fleet capacity abc --shape webinar
  npx fleet capacity abc --shape people=12,cameras=5,large=360
  npx fleet capacity acme --json | jq '.customers[] | {customer, most: .shapes[0].fairShare.max}'

Shapes: ${SHAPES.map(({ name }) => name).join(", ")}; or the people of a room, how many have a camera, and the lines of the large
picture (720, 360 or 180; default 720). The output says what each is, and what the figures rest on: most are guesses
until bridge.load of a pool is set. A pool that serves several customers is shown with an equal part, and as if one
customer were alone. What the figures mean is in docs/cost-and-capacity.md. Nothing is asked of a cloud.

Ends with 0, with 1 when files below accounts/ are not as they must be, with 2 when it was called wrongly.
`;

/** `fleet capacity`: how many people the bridges carry. */
export function addCapacityCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("capacity [names...]")
    .description("Print how many participants customers have room for, by region and shape of meetings.")
    .option("--shape <shape>", "only meetings like these (default: each shape)")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action((names: readonly string[], options: CapacityOptions) =>
      finish(capacity(names, options, terminal)),
    );
}

function capacity(names: readonly string[], options: CapacityOptions, terminal: Terminal): ExitCode {
  const shape = options.shape === undefined ? undefined : parseShape(options.shape);
  if (typeof shape === "string") {
    terminal.err(`--shape: ${shape}.\n`);
    return EXIT.usage;
  }
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const chosen = chosenEntities(loaded.fleet, names);
  if (typeof chosen === "string") {
    terminal.err(chosen);
    return EXIT.usage;
  }
  const report = capacityReport(capacityOf(loaded.fleet, shape ? [shape] : SHAPES), chosen);
  terminal.out(
    options.json ? `${JSON.stringify(report, null, 2)}\n` : capacityText(report, paintFor(terminal, "out")),
  );
  return EXIT.success;
}
