import { LocalProvider } from "../engine/local-provider";
import { asNumber } from "../protocol/value";
import { randomText, RESULTS } from "./random-values";
import type { LocalType } from "../engine/local-provider";
import type { Diagnostic } from "../protocol/diagnostic";
import type { ProviderSchema } from "../protocol/provider-schema";
import type { Values } from "../protocol/value";

const TEXT_DEFAULTS = {
  lower: true,
  min_lower: 0,
  min_numeric: 0,
  min_special: 0,
  min_upper: 0,
  number: true,
  numeric: true,
  special: true,
  upper: true,
} as const;

function checkLength(config: Values): Diagnostic[] {
  const length = asNumber(config["length"]);
  const minima = ["min_lower", "min_numeric", "min_special", "min_upper"].map(
    (name) => asNumber(config[name]) ?? 0,
  );
  const least = Math.max(
    1,
    minima.reduce((sum, minimum) => sum + minimum, 0),
  );
  if (length === undefined || length >= least) return [];
  return [
    {
      summary: "Invalid Attribute Value",
      detail: `Attribute length value must be at least ${least}, got: ${length}`,
      path: ["length"],
    },
  ];
}

/** `number` is the old name of `numeric`: the two always agree. */
function agree(planned: Values, config: Values): void {
  const given = config["numeric"] ?? config["number"] ?? true;
  planned["number"] = given;
  planned["numeric"] = given;
}

/**
 * hashicorp/random: values drawn once, kept in the state; ephemeral ones are drawn at every run.
 *
 * @param drawPassword what random_password gives, for whoever looks for it afterwards. @default by its settings
 */
export function randomProvider(
  schema: ProviderSchema,
  drawPassword: (settings: Values) => string = randomText,
): LocalProvider {
  const { number: _number, ...ephemeralDefaults } = TEXT_DEFAULTS;
  const password: LocalType["results"] = (settings) => ({
    ...RESULTS["random_password"]!(settings),
    result: drawPassword(settings),
  });
  const types = Object.entries(RESULTS).map(([name, results]): [string, LocalType] => {
    if (name === "random_password" || name === "random_string") {
      const drawn = name === "random_password" ? password : results;
      return [name, { defaults: TEXT_DEFAULTS, validate: checkLength, plan: agree, results: drawn }];
    }
    if (name === "random_pet") return [name, { defaults: { length: 2, separator: "-" }, results }];
    return [name, { results }];
  });
  return new LocalProvider({
    address: "registry.terraform.io/hashicorp/random",
    schema,
    types: Object.fromEntries(types),
    ephemeral: {
      random_password: {
        defaults: ephemeralDefaults,
        validate: checkLength,
        results: password,
      },
    },
  });
}
