import { createHash } from "node:crypto";
import { Fn, TerraformLocal } from "cdktf";
import type { MachineFiles } from "../render/machine-files";
import type { FleetStack } from "./fleet-stack";
import { terraformJson } from "./terraform-json";
import { payloadTooBig } from "./programmer-errors";

/** Compute Engine, limits of custom metadata, in bytes. */
const LIMIT_PER_VALUE = 262_144;
const LIMIT_OF_ALL = 524_288;

/** Logins with a person's own Google account only, never with a key of the project. */
const LOGIN = { "enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE" };

export interface GoogleMetadata {
  /** Values are Terraform expressions over the stack's files. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Changes whenever one of the texts does. */
  readonly fingerprint: string;
}

/**
 * How files reach a Google machine: `user-data` is its static cloud-init, `fleet-files` maps each path on the machine
 * to its text. Only the latter changes often; the machine notices and applies it without a reboot.
 */
export function googleMetadata(
  stack: FleetStack,
  role: "server" | "bridge",
  cloudInit: string,
  files: MachineFiles,
): GoogleMetadata {
  const places = stack.files.addRole(role, files);
  const cloudInitFile = stack.files.addDocument("cloud-init.yaml", cloudInit);
  new TerraformLocal(
    stack,
    "machine_files",
    Object.fromEntries([...places].map(([path, place]) => [path, Fn.file(place)])),
  );

  const json = terraformJson(Object.fromEntries(files));
  const sizes = { "user-data": Buffer.byteLength(cloudInit), "fleet-files": Buffer.byteLength(json) };
  for (const [key, size] of Object.entries(sizes)) {
    if (size > LIMIT_PER_VALUE) {
      throw payloadTooBig(`${stack.node.id}: metadata "${key}"`, size, LIMIT_PER_VALUE, "bytes");
    }
  }
  const all = sizes["user-data"] + sizes["fleet-files"];
  if (all > LIMIT_OF_ALL) throw payloadTooBig(`${stack.node.id}: metadata`, all, LIMIT_OF_ALL, "bytes");

  return {
    metadata: {
      ...LOGIN,
      "user-data": Fn.file(cloudInitFile),
      "fleet-files": "${jsonencode(local.machine_files)}",
    },
    fingerprint: createHash("sha256")
      .update(JSON.stringify([LOGIN, cloudInit, json]))
      .digest("hex"),
  };
}
