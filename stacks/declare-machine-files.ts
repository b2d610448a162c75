import { Fn, TerraformLocal } from "cdktf";
import type { MachineFiles } from "../render/machine-files";
import type { FleetStack } from "./fleet-stack";

/**
 * Puts the files of a machine beside the stack and makes them known to Terraform as `local.machine_files`: absolute path
 * on the machine -> text. file() interpolates nothing, so the texts need no escaping.
 *
 * @param isCompressed Of which path the text is in `local.compressed_files` instead, and "" in the other. @default none
 */
export function declareMachineFiles(
  stack: FleetStack,
  role: "server" | "bridge",
  files: MachineFiles,
  isCompressed: (path: string) => boolean = () => false,
): void {
  const texts = [...stack.files.addRole(role, files)].map(([path, place]): [string, string] => [
    path,
    Fn.file(place),
  ]);
  const plain = texts.map(([path, text]) => [path, isCompressed(path) ? "" : text]);
  new TerraformLocal(stack, "machine_files", Object.fromEntries(plain));
  const compressed = texts.filter(([path]) => isCompressed(path));
  if (compressed.length > 0) new TerraformLocal(stack, "compressed_files", Object.fromEntries(compressed));
}
