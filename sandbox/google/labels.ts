import { asTextMap, isUnknown, isWhollyKnown, UNKNOWN } from "../protocol/value";
import type { BlockSchema } from "../protocol/provider-schema";
import type { Values } from "../protocol/value";
import type { GoogleSettings } from "./settings";

const ATTRIBUTION = "goog-terraform-provisioned";

/**
 * Plans `terraform_labels` (what Terraform sets) and `effective_labels` (that, and what others added to the object),
 * and the same for annotations.
 */
export function planLabels(
  block: BlockSchema,
  prior: Values | null,
  planned: Values,
  settings: GoogleSettings,
): void {
  const has = (name: string): boolean => block.attributes?.[name] !== undefined;
  if (has("terraform_labels")) {
    const before = prior && asTextMap(prior["terraform_labels"]);
    const marked =
      settings.attribution === "always" ||
      (settings.attribution === "atCreation" && (!before || ATTRIBUTION in before));
    const inherited = { ...settings.defaultLabels, ...(marked ? { [ATTRIBUTION]: "true" } : {}) };
    planned["terraform_labels"] = merged(planned["labels"], inherited);
    planned["effective_labels"] = effective(planned["terraform_labels"], before, prior?.["effective_labels"]);
  }
  if (has("effective_annotations")) {
    const before = prior && asTextMap(prior["annotations"]);
    planned["effective_annotations"] = effective(
      merged(planned["annotations"], {}),
      before,
      prior?.["effective_annotations"],
    );
  }
}

function merged(own: Values[string] | undefined, inherited: Record<string, string>): Values[string] {
  return isWhollyKnown(own) ? { ...inherited, ...asTextMap(own) } : UNKNOWN;
}

function effective(
  wanted: Values[string],
  before: Record<string, string> | null,
  found: Values[string] | undefined,
): Values[string] {
  if (isUnknown(wanted)) return UNKNOWN;
  const foreign = Object.entries(asTextMap(found)).filter(([key]) => !(key in (before ?? {})));
  return { ...Object.fromEntries(foreign), ...asTextMap(wanted) };
}
