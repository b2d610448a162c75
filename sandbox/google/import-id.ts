import { patternOf, renderId, variablesOf } from "../engine/id-format";
import { Refusal } from "../protocol/diagnostic";
import { relativeLink, variable } from "./links";
import type { Values } from "../protocol/value";
import type { GoogleSettings } from "./settings";

/**
 * The attributes that an import id gives, and the id itself. Accepted are the id, its variables joined by `/`, these
 * without the project, and the last one alone; for IAM members the parts are joined by a space.
 *
 * @throws Refusal naming the accepted formats
 */
export function readImportId(format: string, given: string, settings: GoogleSettings): Values {
  const formats = acceptedFormats(format);
  for (const accepted of formats) {
    const groups = patternOf(accepted).exec(relativeLink(given))?.groups;
    if (!groups) continue;
    const values: Values = Object.fromEntries(
      variablesOf(accepted).map((name, index) => [name, groups[`v${index}`]!]),
    );
    const rendered = renderId(format, (name) => variable(name, values, settings));
    if ("id" in rendered) return { ...values, id: rendered.id };
  }
  throw new Refusal(
    `Import id ${JSON.stringify(given)} doesn't match any of the accepted formats: [${formats.join(" ")}]`,
  );
}

function acceptedFormats(format: string): string[] {
  const names = variablesOf(format);
  if (names.includes("member")) {
    const resource = format.slice(0, format.indexOf("/{{role}}"));
    return [`${resource} {{role}} {{member}}`];
  }
  // Twice the same variable, or one that only the cloud knows: nothing shorter than the id says it.
  if (new Set(names).size < names.length || names.some((name) => /number|generated/.test(name)))
    return [format];
  const joined = (some: readonly string[]): string => some.map((name) => `{{${name}}}`).join("/");
  return [
    ...new Set([
      format,
      joined(names),
      joined(names.filter((name) => name !== "project")),
      joined(names.slice(-1)),
    ]),
  ];
}
