import type { z } from "zod";
import { nearest } from "../model/nearest";
import {
  accountFileSchema,
  customerFileSchema,
  defaultsFileSchema,
  gcpPoolFileSchema,
  linodePoolFileSchema,
} from "../model/schema/defaults";
import { gcpPoolSchema, linodePoolSchema } from "../model/schema/pool";
import { formatField } from "./format-field";
import type { ProblemList } from "./problem-list";
import type { ReadDocument } from "./read-document";
import { reportIssues } from "./report-issues";
import { showNode } from "./show-value";
import { type MapNode, offsetOf, plainOf } from "./yaml-node";

/** The clouds of pools: what their own files may say, what holds after merging, their section in the layers. */
export const POOL_CLOUDS = {
  gcp: { file: gcpPoolFileSchema, merged: gcpPoolSchema, section: "gcpPools" },
  linode: { file: linodePoolFileSchema, merged: linodePoolSchema, section: "linodePools" },
} as const;

export type PoolCloud = keyof typeof POOL_CLOUDS;

/**
 * Checks one file alone against its own closed schema, so that a mistake is blamed on the file that says it.
 * True when it holds.
 */
export function checkLayer({ kind, root }: ReadDocument, problems: ProblemList): boolean {
  if (!root) return false;
  const schema = fileSchema(kind, root, problems);
  if (!schema) return false;
  const parsed = schema.safeParse(plainOf(root));
  if (!parsed.success) reportIssues(parsed.error.issues, { root, own: root, schema }, problems);
  return parsed.success;
}

/** The cloud that a pool's own file names; undefined when it names none that is known. */
export function cloudOf(pool: MapNode): PoolCloud | undefined {
  const node = pool.entries.get("cloud");
  const value = node?.kind === "scalar" ? node.value : undefined;
  return value === "gcp" || value === "linode" ? value : undefined;
}

function fileSchema(kind: ReadDocument["kind"], root: MapNode, problems: ProblemList): z.ZodType | undefined {
  switch (kind) {
    case "defaults":
      return defaultsFileSchema;
    case "account":
      return accountFileSchema;
    case "customer":
      return customerFileSchema;
    case "pool": {
      const cloud = cloudOf(root);
      if (cloud === undefined) reportCloud(root, problems);
      return cloud && POOL_CLOUDS[cloud].file;
    }
  }
}

/** One problem for the file: which other fields it may have depends on the cloud. */
function reportCloud(root: MapNode, problems: ProblemList): void {
  const clouds = Object.keys(POOL_CLOUDS);
  const allowed = `allowed: ${clouds.join(", ")}`;
  const node = root.entries.get("cloud");
  if (!node) {
    const typo = nearest("cloud", root.entries.keys());
    const advice =
      typo === undefined ? "add it: the other fields depend on it" : `rename the key ${formatField([typo])}`;
    problems.add(root.source, 0, ["cloud"], `missing; ${allowed}; ${advice}`);
    return;
  }
  const written = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  const meant = nearest(written, clouds);
  const advice = meant === undefined ? "pick one: the other fields depend on it" : `did you mean ${meant}?`;
  problems.add(
    root.source,
    offsetOf(node),
    node.path,
    `${showNode(node)} is not supported; ${allowed}; ${advice}`,
  );
}
