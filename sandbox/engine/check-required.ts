import { asBlocks } from "../protocol/value";
import type { Diagnostic, Path } from "../protocol/diagnostic";
import type { BlockSchema } from "../protocol/provider-schema";
import type { Values } from "../protocol/value";

/** Refuses a required argument that is null: Terraform itself only sees that something was written there. */
export function checkRequired(block: BlockSchema, config: Values, at: Path = []): Diagnostic[] {
  const missing = Object.entries(block.attributes ?? {})
    .filter(([name, { required }]) => required && (config[name] ?? null) === null)
    .map(([name]) => ({
      summary: "Missing required argument",
      detail: `The argument "${name}" is required, but no definition was found.`,
      path: at,
    }));
  const nested = Object.entries(block.block_types ?? {}).flatMap(
    ([name, { block: inner, nesting_mode: nesting }]) => {
      const isList = nesting === "list" || nesting === "set";
      return asBlocks(config[name]).flatMap((one, index) =>
        checkRequired(inner, one, isList ? [...at, name, index] : [...at, name]),
      );
    },
  );
  return [...missing, ...nested];
}
