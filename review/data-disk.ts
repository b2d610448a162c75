import { load } from "js-yaml";
import type { Json } from "../rollout/planned-object";
import { sameJson } from "./changed-values";
import { none, notKnown, type Verdict } from "./verdict";

const AT_FIRST_BOOT = none("cloud-init.yaml reaches a machine at its first boot: the server stays as it is");

/**
 * What another cloud-init does to a server. A machine that runs does not read it. The place of the data disk counts all the
 * same: the next machine would begin on an empty directory, and its plan would say only that a machine is replaced.
 */
export function newCloudInit(before: Json, after: Json): Verdict {
  if (before === after) return AT_FIRST_BOOT;
  const [was, is] = [mountsIn(before), mountsIn(after)];
  if (was === undefined || is === undefined)
    return notKnown("where the server's next machine looks for its data: its cloud-init cannot be read");
  if (sameJson(was, is)) return AT_FIRST_BOOT;
  return {
    notice: "destroys data",
    says: "the server's next machine looks for its data disk elsewhere, and begins with empty directories",
    instead: "Leave the mount of the data disk as it is.",
  };
}

/** `mounts` of a cloud-init: device, directory, file system, options. Undefined where it cannot be read. */
function mountsIn(cloudInit: Json): Json | undefined {
  if (typeof cloudInit !== "string") return undefined;
  try {
    const { mounts = null } = (load(cloudInit) ?? {}) as { readonly mounts?: Json };
    return mounts;
  } catch {
    return undefined;
  }
}
