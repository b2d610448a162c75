import { load } from "js-yaml";
import type { Json, JsonObject } from "../rollout/planned-object";
import type { MachineFiles } from "./machine-files";

/** Where the services of a machine are defined. */
export const COMPOSE = "/etc/fleet/compose.yaml";

/** What a compose file stands for that cannot be read: which services it has is not known. */
export const UNREADABLE = "(unreadable)";

export interface Compose {
  readonly services?: Readonly<Record<string, JsonObject>>;
}

export function composeOf(files: MachineFiles): Compose {
  const text = files.get(COMPOSE);
  if (text === undefined) return {};
  try {
    const compose = load(text) as Compose | null;
    if (compose?.services && typeof compose.services === "object") return compose;
  } catch {
    // As below: fleet-apply would refuse it, too.
  }
  return { services: { [UNREADABLE]: { text } } };
}

/** What a container finds at one of its paths. */
export interface Mount {
  /** A path of the machine, the name of a volume, `memory` for a tmpfs; empty where Docker makes a new volume. */
  readonly from: string;
  readonly readOnly: boolean;
}

/** What a tmpfs is mounted from. */
export const MEMORY = "memory";

/** Path in the container -> what is there; of binds, volumes and tmpfs, in the short forms of compose or the long ones. */
export function mountsOf(service: JsonObject | undefined): ReadonlyMap<string, Mount> {
  return new Map([
    ...listOf(service?.["tmpfs"]).map((each): [string, Mount] => [
      String(each).split(":")[0]!,
      { from: MEMORY, readOnly: false },
    ]),
    ...listOf(service?.["volumes"]).map(mountOf),
  ]);
}

function mountOf(volume: Json): [string, Mount] {
  if (volume !== null && typeof volume === "object") {
    const { source = "", target = "", read_only: readOnly = false, type } = volume as JsonObject;
    return [
      String(target),
      { from: type === "tmpfs" ? MEMORY : String(source), readOnly: readOnly === true },
    ];
  }
  const [from, to, options = ""] = String(volume).split(":") as [string, string?, string?];
  return to === undefined
    ? [from, { from: "", readOnly: false }]
    : [to, { from, readOnly: options.split(",").includes("ro") }];
}

export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined || value === null ? [] : [value];

/** The variables of an env file, without its comments. */
export const variablesOf = (text = ""): ReadonlyMap<string, string> =>
  new Map(
    text
      .split("\n")
      .filter((line) => line.includes("=") && !line.trimStart().startsWith("#"))
      .map((line) => [line.slice(0, line.indexOf("=")).trim(), line.slice(line.indexOf("=") + 1)]),
  );
