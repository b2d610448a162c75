import { Fn, TerraformLocal } from "cdktf";
import type { MachineFiles } from "../render/machine-files";
import type { FleetStack } from "./fleet-stack";

/**
 * Puts the files of a machine beside the stack and makes them known to Terraform as `local.machine_files`: absolute path
 * on the machine -> text. file() interpolates nothing, so the texts need no escaping.
 */
export function declareMachineFiles(stack: FleetStack, role: "server" | "bridge", files: MachineFiles): void {
  const places = stack.files.addRole(role, files);
  const texts = [...places].map(([path, place]) => [path, Fn.file(place)]);
  new TerraformLocal(stack, "machine_files", Object.fromEntries(texts));
}
