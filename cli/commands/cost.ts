import type { Command } from "commander";
import { costOf, HOURS_PER_MONTH } from "../../estimate/cost-of";
import { type MeetingShape, SHAPES } from "../../estimate/meeting-shape";
import { parseShape } from "../../estimate/parse-shape";
import { quoted } from "../../model/quoted";
import { chosenEntities } from "../chosen-entities";
import { costReport } from "../cost/cost-report";
import { costText } from "../cost/cost-text";
import { readUsage, type ReadUsage } from "../cost/read-usage";
import { paintFor } from "../paint";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";

interface CostOptions {
  readonly accounts: string;
  readonly hoursPerMonth: string;
  readonly participantHours?: readonly string[];
  readonly shape: string;
  readonly usage?: readonly string[];
  readonly explain?: true;
  readonly json?: true;
}

/** Hours of a February, and of a month of 31 days. */
const [FEWEST_HOURS, MOST_HOURS] = [28 * 24, 31 * 24];

const EXAMPLES = `
Examples:
  npx fleet cost                                          # every customer and pool
  npx fleet cost abc --explain                            # each figure, its quantity and its price
  npx fleet cost abc --participant-hours abc=12000 --shape small-rooms
  npx fleet usage abc --month 2026-10 --json > abc.json && npx fleet cost abc --usage abc.json
  npx fleet cost --json | jq '.customers[] | {customer, expected: .total.expected}'

Floor: what runs when nobody comes. Expected: measured use (--usage), the participant-hours that you give, or an
office week that fills the bridges kept for it. Ceiling: an autoscaler that is stuck at its maximum, and bridges that
are full. List prices in USD, each with a source and a date; your own under prices in accounts/defaults.yaml win. A
price that is not known is said, and in no sum. What is counted and what is not: docs/cost-and-capacity.md. Nothing is
asked of a cloud.

Ends with 0, with 1 when files below accounts/ or a report are not as they must be, with 2 when it was called wrongly.
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `fleet cost`: what customers and pools cost in a month. */
export function addCostCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command("cost [names...]")
    .description("Print what customers and pools cost in a month: at least, as expected, at most.")
    .option(
      "--hours-per-month <number>",
      `hours of the month, ${FEWEST_HOURS} to ${MOST_HOURS}`,
      String(HOURS_PER_MONTH),
    )
    .option(
      "--participant-hours <customer=number>",
      "expected participant-hours of a month; repeat it for other customers",
      collect,
    )
    .option(
      "--usage <file>",
      "expect what a report of fleet usage --json says; repeat it for other customers",
      collect,
    )
    .option("--shape <shape>", "how people meet, as in fleet capacity", SHAPES[0]!.name)
    .option("--explain", "print every figure with its quantity, price, source and date")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action((names: readonly string[], options: CostOptions) => finish(cost(names, options, terminal)));
}

function cost(names: readonly string[], options: CostOptions, terminal: Terminal): ExitCode {
  const asked = parseOptions(options);
  if (typeof asked === "string") return wrongly(terminal, `${asked}.\n`);
  const measured: ReadUsage[] = [];
  for (const file of options.usage ?? []) {
    const read = readUsage(file);
    if (!read.ok) {
      terminal.err(read.message);
      return read.isUsage ? EXIT.usage : EXIT.problems;
    }
    measured.push(read.usage);
  }
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const { fleet } = loaded;
  const ids = fleet.customers.map(({ id }) => id);
  const named = [...asked.participantHours.keys(), ...measured.map(({ customer }) => customer)];
  const unknown = named.find((id) => !ids.includes(id));
  if (unknown !== undefined) return wrongly(terminal, unknownName("customer", unknown, ids));
  const twice = named.find((id, index) => named.indexOf(id) !== index);
  if (twice !== undefined)
    return wrongly(
      terminal,
      `The use of ${twice} is given twice; give one report or number for each customer.\n`,
    );
  const chosen = chosenEntities(fleet, names);
  if (typeof chosen === "string") return wrongly(terminal, chosen);
  const report = costReport(costOf(fleet, { ...asked, measured }), chosen, measured);
  terminal.out(
    options.json
      ? `${JSON.stringify(report, rounded, 2)}\n`
      : costText(report, paintFor(terminal, "out"), options.explain ?? false),
  );
  return EXIT.success;
}

interface Asked {
  readonly hoursPerMonth: number;
  readonly shape: MeetingShape;
  readonly participantHours: ReadonlyMap<string, number>;
}

/** Or what is wrong, without a full stop. */
function parseOptions(options: CostOptions): Asked | string {
  const hoursPerMonth = Number(options.hoursPerMonth);
  if (!(hoursPerMonth >= FEWEST_HOURS && hoursPerMonth <= MOST_HOURS))
    return `--hours-per-month must be ${FEWEST_HOURS} to ${MOST_HOURS}, the hours of a month, got: ${options.hoursPerMonth}`;
  const shape = parseShape(options.shape);
  if (typeof shape === "string") return `--shape: ${shape}`;
  const participantHours = new Map<string, number>();
  for (const text of options.participantHours ?? []) {
    const [, customer, hours] = /^([a-z][a-z0-9-]*)=([0-9]{1,9}(?:\.[0-9]+)?)$/.exec(text) ?? [];
    if (customer === undefined || hours === undefined)
      return `--participant-hours ${quoted(text)}: allowed is a customer and a number, such as abc=12000`;
    if (participantHours.has(customer)) return `--participant-hours names ${customer} twice`;
    participantHours.set(customer, Number(hours));
  }
  return { hoursPerMonth, shape, participantHours };
}

function wrongly(terminal: Terminal, message: string): ExitCode {
  terminal.err(message);
  return EXIT.usage;
}

/** Prices to their last digit, everything else to a ten-thousandth. */
const rounded = (key: string, value: unknown) =>
  typeof value === "number" && key !== "usd" ? Number(value.toFixed(4)) : value;
