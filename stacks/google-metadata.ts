import { createHash } from "node:crypto";
import { Fn } from "cdktf";
import type { MachineFiles } from "../render/machine-files";
import { declareMachineFiles } from "./declare-machine-files";
import type { FleetStack } from "./fleet-stack";
import { payloadTooBig } from "./programmer-errors";
import { terraformJson } from "./terraform-json";

/** Compute Engine, limit of one metadata value in bytes. The limit of all of them is twice that; we have two. */
const LIMIT = 262_144;

/** Logins with a person's own Google account only, never with a key of the project. */
const LOGIN = { "enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE" };

export interface GoogleMetadata {
  /** Values are Terraform expressions over the stack's files. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Changes whenever one of the texts does. */
  readonly fingerprint: string;
}

/**
 * How files reach a Google machine: `user-data` is its static cloud-init, which runs once, at the first boot;
 * `fleet-files` maps each path on the machine to its text. A change of either is in place and needs no new machine. A
 * running server follows `fleet-files` within seconds (`programs/fleet-apply.py`).
 */
export function googleMetadata(
  stack: FleetStack,
  role: "server" | "bridge",
  cloudInit: string,
  files: MachineFiles,
): GoogleMetadata {
  const json = terraformJson(Object.fromEntries(files));
  for (const [key, text] of Object.entries({ "user-data": cloudInit, "fleet-files": json })) {
    const size = Buffer.byteLength(text);
    if (size > LIMIT) throw payloadTooBig(`${stack.node.id}: metadata "${key}"`, size, LIMIT, "bytes");
  }

  declareMachineFiles(stack, role, files);
  const cloudInitFile = stack.files.addDocument("cloud-init.yaml", cloudInit);
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
