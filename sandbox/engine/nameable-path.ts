import type { Path } from "../protocol/diagnostic";
import type { BlockSchema } from "../protocol/provider-schema";

/** As much of a path as Terraform can point at: the elements of a set have no names. */
export function nameablePath(block: BlockSchema, path: Path): Path {
  const [name, position, ...rest] = path;
  if (typeof name !== "string") return [];
  const nested = block.block_types?.[name];
  if (!nested || position === undefined) return [name];
  if (typeof position === "string") return [name, ...nameablePath(nested.block, [position, ...rest])];
  return nested.nesting_mode === "set" ? [name] : [name, position, ...nameablePath(nested.block, rest)];
}
