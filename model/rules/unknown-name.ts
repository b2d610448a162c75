import { nearest } from "../nearest";
import { quoted } from "../quoted";
import type { CatalogExtra } from "../schema/defaults";

interface Unknown {
  /** What was asked for, such as `Google Cloud region`. */
  readonly what: string;
  readonly known: Iterable<string>;
  /** A usual choice, named when nothing is near. */
  readonly example: string;
  /** Where `catalog.extra` admits a newer one. */
  readonly extra: keyof CatalogExtra;
}

/** The message about a name that the catalogue does not have. The catalogue is advisory, so it says how to widen it. */
export function unknownName(value: string, { what, known, example, extra }: Unknown): string {
  const suggestion = nearest(value, known);
  const wayOut = suggestion ? `did you mean ${quoted(suggestion)}?` : `a usual one is ${quoted(example)}`;
  return (
    `${quoted(value)} is not a known ${what}; allowed: those of the catalogue and of catalog.extra.${extra} ` +
    `in accounts/defaults.yaml; ${wayOut}`
  );
}
