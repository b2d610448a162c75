import { gzipSync } from "node:zlib";
import { Fn, TerraformLocal } from "cdktf";
import type { MachineFiles } from "../render/machine-files";
import { declareMachineFiles } from "./declare-machine-files";
import type { FleetStack } from "./fleet-stack";
import { payloadTooBig } from "./programmer-errors";
import { terraformJson } from "./terraform-json";

/** Linode API: "must not exceed 65535 bytes, or about 16kb encoded", of which the second is the smaller. */
const LIMIT_BASE64 = 16_384;

/**
 * Files that a machine does without until its first push, which brings its passwords and so its first start: Telegraf's
 * settings alone would not fit.
 */
const COMES_LATER = "/etc/fleet/telegraf/";
const PLACEHOLDER = "# The first push brings it.\n";

/** What the files are at the first boot, as path and text. */
export const atFirstBoot = (files: MachineFiles): (readonly [path: string, text: string])[] =>
  [...files].map(([path, text]) => [path, path.startsWith(COMES_LATER) ? PLACEHOLDER : text]);

/** Terraform compresses with another library than we measure with; the two differ by some per cent. */
const MARGIN = 1.1;

/**
 * How files reach a Linode: as `write_files` of its cloud-init, because user data is all that a new Linode is given.
 * Terraform puts the document together, so that each text exists once, as a plain file; cloud-init unpacks it.
 *
 * @returns a Terraform expression for the user data, compressed and in base64
 */
export function linodeUserData(stack: FleetStack, cloudInit: string, files: MachineFiles): string {
  const size = base64Length(compressedBytes(cloudInit, atFirstBoot(files)));
  if (size > LIMIT_BASE64) {
    throw payloadTooBig(`${stack.node.id}: user data of a bridge`, size, LIMIT_BASE64, "base64 characters");
  }

  declareMachineFiles(stack, "bridge", files);
  const cloudInitFile = stack.files.addDocument("cloud-init.yaml", cloudInit);
  new TerraformLocal(stack, "cloud_init", Fn.yamldecode(Fn.file(cloudInitFile)));
  new TerraformLocal(
    stack,
    "write_files",
    "${concat(local.cloud_init.write_files, [for path, text in local.machine_files : " +
      '{ path = path, permissions = "0644", ' +
      `content = startswith(path, "${COMES_LATER}") ? ${JSON.stringify(PLACEHOLDER)} : text }])}`,
  );
  new TerraformLocal(
    stack,
    "user_data",
    '${base64gzip(join("\\n", ["#cloud-config", ' +
      "jsonencode(merge(local.cloud_init, { write_files = local.write_files }))]))}",
  );
  return "${local.user_data}";
}

/** On the safe side: the cloud-init counts with its comments and indentation, which Terraform drops. */
function compressedBytes(cloudInit: string, files: readonly (readonly [string, string])[]): number {
  const parts = [
    terraformJson({ cloudInit }),
    ...files.map(([path, content]) => terraformJson({ content, path })),
  ];
  return Math.ceil(MARGIN * gzipSync(parts.join(",")).length);
}

const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3);
