import type { Command } from "commander";
import type { Catalog } from "../../model/catalog";
import type { Fleet } from "../../model/fleet";
import { nearest } from "../../model/nearest";
import { quoted } from "../../model/quoted";
import { allowedNames } from "../explain/allowed-names";
import { fieldText } from "../explain/field-text";
import { type Entity, findEntity, stackOf } from "../explain/find-entity";
import { type Follows, followsOf } from "../explain/follows";
import { followsText } from "../explain/follows-text";
import {
  type ExplainedSetting,
  fieldsByName,
  type FieldMeaning,
  meaningOf,
  settingsOf,
} from "../explain/settings";
import { settingsText } from "../explain/settings-text";
import { paintFor } from "../paint";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";

interface ExplainOptions {
  readonly accounts: string;
  readonly json?: true;
}

/** What `fleet explain <name> --json` prints. */
export interface Explanation {
  readonly kind: Entity["kind"];
  /** `abc`, `acme/eu-burst`, `acme` */
  readonly name: string;
  readonly stack: string;
  /** In the order of the schema. */
  readonly settings: readonly ExplainedSetting[];
  readonly follows: Follows;
}

/** What `fleet explain <name> <field> --json` prints. */
export interface FieldExplanation extends FieldMeaning {
  readonly kind: Entity["kind"];
  readonly name: string;
  readonly field: string;
  /** The field's own; of a map all that it holds. */
  readonly settings: readonly ExplainedSetting[];
}

const DEFAULT_COLUMNS = 100;

const EXAMPLES = `
Examples:
  npx fleet explain abc                                 # a customer
  npx fleet explain acme/eu-burst scaling               # a part of a pool
  npx fleet explain abc server.machineType              # one field: what it means, what every layer says
  npx fleet explain acme --json | jq '.settings[] | select(.from == "file") | .origin.file' | sort | uniq -c

Layers, from the weakest: accounts/defaults.yaml, defaults: in account.yaml, the entity's own file, overrides: in
account.yaml. A value that a stronger layer replaces is shown as "instead of". "default" is what the schema says where
no file says anything. A stack's id (customer-abc) names its entity, too. What a field's name promises to be secret is
not shown. What a change of a setting does is in its description, and in docs/what-an-edit-does.md.

Ends with 0, with 1 when files below accounts/ are not as they must be, with 2 when it was called wrongly.
`;

/** `fleet explain`: what holds for a customer, pool or account, and which line says so. */
export function addExplainCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("explain")
    .argument("<name>", "an account such as acme, a customer such as abc, or a pool such as acme/eu-burst")
    .argument("[field]", "one of its settings, such as server.machineType")
    .description("Print the settings of a customer, pool or account, each with the line that it is from.")
    .option("--json", "print one JSON object for machines")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action((name: string, field: string | undefined, options: ExplainOptions) =>
      finish(explain(name, field, options, terminal)),
    );
}

function explain(
  name: string,
  field: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
): ExitCode {
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const entity = findEntity(loaded.fleet, name);
  if (typeof entity === "string") {
    terminal.err(entity);
    return EXIT.usage;
  }
  const settings = settingsOf(entity, loaded.provenance);
  if (field !== undefined)
    return explainField(entity, field, { settings, catalog: loaded.fleet.catalog }, options, terminal);
  if (options.json) terminal.out(json(explanationOf(entity, settings, loaded.fleet)));
  else terminal.out(entityText(entity, settings, loaded.fleet, terminal));
  return EXIT.success;
}

const explanationOf = (entity: Entity, settings: readonly ExplainedSetting[], fleet: Fleet): Explanation => ({
  kind: entity.kind,
  name: entity.name,
  stack: stackOf(entity),
  settings,
  follows: followsOf(entity, fleet),
});

function entityText(
  entity: Entity,
  settings: readonly ExplainedSetting[],
  fleet: Fleet,
  terminal: Terminal,
): string {
  const [paint, width] = [paintFor(terminal, "out"), terminal.columns ?? DEFAULT_COLUMNS];
  const lines = [
    paint.bold(`${entity.kind} ${entity.name}`),
    ...settingsText(settings, { width, paint }),
    "",
    paint.bold("What follows"),
    ...followsText(entity, followsOf(entity, fleet), width),
  ];
  return `${lines.join("\n")}\n`;
}

function explainField(
  entity: Entity,
  field: string,
  { settings, catalog }: { readonly settings: readonly ExplainedSetting[]; readonly catalog: Catalog },
  options: ExplainOptions,
  terminal: Terminal,
): ExitCode {
  const fields = fieldsByName(entity);
  const schema = fields.get(field);
  if (!schema) {
    terminal.err(unknownField(entity, field, [...fields.keys()]));
    return EXIT.usage;
  }
  const general = meaningOf(schema);
  const meaning = { ...general, allowed: allowedNames(entity, field, catalog) ?? general.allowed };
  // A field of a map that is not set has no setting of its own; the map's says so.
  const inside = settings.filter((each) => each.field === field || each.field.startsWith(`${field}.`));
  const around = settings.filter((each) => field.startsWith(`${each.field}.`));
  const shown = inside.length > 0 ? inside : around;
  if (options.json) {
    const explanation: FieldExplanation = {
      kind: entity.kind,
      name: entity.name,
      field,
      settings: shown,
      ...meaning,
    };
    terminal.out(json(explanation));
    return EXIT.success;
  }
  const paint = paintFor(terminal, "out");
  const width = terminal.columns ?? DEFAULT_COLUMNS;
  const lines = [
    paint.bold(`${field} of ${entity.kind} ${entity.name}`),
    ...fieldText(field, shown, meaning, { width, paint }),
  ];
  terminal.out(`${lines.join("\n")}\n`);
  return EXIT.success;
}

/** The nearest field, by its whole name or the last part of it; else the fields of the document. */
function unknownField(entity: Entity, field: string, known: readonly string[]): string {
  const lastOf = (name: string) => name.split(".").at(-1)!;
  const last = nearest(lastOf(field), known.map(lastOf));
  const near = nearest(field, known) ?? known.find((name) => lastOf(name) === last);
  const top = known.filter((name) => !name.includes("."));
  const advice = near === undefined ? `there are ${top.join(", ")}` : `did you mean ${near}?`;
  return `The ${entity.kind} ${entity.name} has no field ${quoted(field)}; ${advice}\n`;
}

const json = (value: Explanation | FieldExplanation): string => `${JSON.stringify(value, null, 2)}\n`;
