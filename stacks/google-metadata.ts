import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Fn } from "cdktf";
import type { MachineFiles } from "../render/machine-files";
import { declareMachineFiles } from "./declare-machine-files";
import type { FleetStack } from "./fleet-stack";
import { payloadTooBig, tooMuchToUnpack } from "./programmer-errors";
import { terraformJson } from "./terraform-json";

/** Compute Engine, limit of one metadata value in bytes. */
const LIMIT = 262_144;
/** Of all of them: 512 KB, less what keys, logins and Google's own values take. */
const LIMIT_OF_ALL = 500_000;

/** What fleet-apply unpacks at most, in bytes (LARGEST_TEXT). */
const LIMIT_UNPACKED = 4_194_304;

/** Terraform compresses with another library than we measure with; the two differ by some per cent. */
const MARGIN = 1.1;

/**
 * Dashboards and alert rules, formatted JSON that is too long for one value and a tenth of it when compressed; and what
 * starts the keeper.
 */
const isCompressed = (path: string): boolean => /^\/etc\/fleet\/(?:grafana|keeper)\//.test(path);

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
 * `fleet-files` maps each path on the machine to its text, and `fleet-files-compressed` does so for the long ones, in
 * gzip and base64. A change of any is in place and needs no new machine. A running server follows the files within
 * seconds (`programs/fleet-apply.py`).
 *
 * Compressed files stand in `fleet-files` too, without their text: a fleet-apply that knows only that value refuses files
 * that mount what is not there, the newer fleet-apply among them.
 */
export function googleMetadata(
  stack: FleetStack,
  role: "server" | "bridge",
  cloudInit: string,
  files: MachineFiles,
): GoogleMetadata {
  const all = [...files];
  const plain = all.map(([path, text]): [string, string] => [path, isCompressed(path) ? "" : text]);
  const compressed = all.filter(([path]) => isCompressed(path));
  const json = terraformJson(Object.fromEntries(plain));
  const compressedJson = compressed.length === 0 ? [] : [terraformJson(Object.fromEntries(compressed))];
  checkSizes(stack.node.id, cloudInit, json, compressedJson);

  declareMachineFiles(stack, role, files, isCompressed);
  const cloudInitFile = stack.files.addDocument("cloud-init.yaml", cloudInit);
  return {
    metadata: {
      ...LOGIN,
      "user-data": Fn.file(cloudInitFile),
      "fleet-files": "${jsonencode(local.machine_files)}",
      ...(compressed.length > 0 && {
        "fleet-files-compressed": "${base64gzip(jsonencode(local.compressed_files))}",
      }),
    },
    fingerprint: createHash("sha256")
      .update(JSON.stringify([LOGIN, cloudInit, json, ...compressedJson]))
      .digest("hex"),
  };
}

function checkSizes(id: string, cloudInit: string, json: string, compressed: readonly string[]): void {
  const sizes = {
    "user-data": Buffer.byteLength(cloudInit),
    "fleet-files": Buffer.byteLength(json),
    "fleet-files-compressed": compressed.reduce((sum, text) => sum + compressedSize(text), 0),
  };
  for (const [key, size] of Object.entries(sizes)) {
    if (size > LIMIT) throw payloadTooBig(`${id}: metadata "${key}"`, size, LIMIT, "bytes");
  }
  const all = Object.values(sizes).reduce((sum, size) => sum + size);
  if (all > LIMIT_OF_ALL) throw payloadTooBig(`${id}: metadata`, all, LIMIT_OF_ALL, "bytes");
  for (const text of compressed) {
    const size = Buffer.byteLength(text);
    if (size > LIMIT_UNPACKED) throw tooMuchToUnpack(`${id}: "fleet-files-compressed"`, size, LIMIT_UNPACKED);
  }
}

/** Characters of base64. */
const compressedSize = (text: string): number => 4 * Math.ceil((MARGIN * gzipSync(text).length) / 3);
