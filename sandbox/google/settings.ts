import { asText, asTextMap } from "../protocol/value";
import type { Values } from "../protocol/value";

/** The provider block of google and google-beta, as far as it reaches objects. */
export interface GoogleSettings {
  readonly project: string | undefined;
  readonly region: string | undefined;
  readonly zone: string | undefined;
  readonly defaultLabels: Readonly<Record<string, string>>;
  /** Whether objects get the label `goog-terraform-provisioned`, and whether existing ones get it as well. */
  readonly attribution: "never" | "atCreation" | "always";
}

export function readSettings(config: Values): GoogleSettings {
  const proactive = config["terraform_attribution_label_addition_strategy"] === "PROACTIVE";
  const zone = asText(config["zone"]);
  return {
    project: asText(config["project"]),
    region: asText(config["region"]) ?? (zone && regionOf(zone)),
    zone,
    defaultLabels: asTextMap(config["default_labels"]),
    attribution:
      config["add_terraform_attribution_label"] === false ? "never" : proactive ? "always" : "atCreation",
  };
}

/** `europe-west4` of `europe-west4-a`. */
export const regionOf = (zone: string): string => lastSegment(zone).replace(/-[a-z]$/, "");

/** `n` of `projects/p/global/networks/n`. */
export const lastSegment = (link: string): string => link.slice(link.lastIndexOf("/") + 1);
