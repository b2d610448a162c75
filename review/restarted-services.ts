import type { Json, JsonObject } from "../rollout/planned-object";
import { sameJson } from "./changed-values";
import { COMPOSE, composeOf, listOf, UNREADABLE } from "./compose-file";
import { changedFiles, type MachineFiles } from "./machine-files";

/** A service that starts anew, or ends, and the files that are the reason. */
export interface Restart {
  readonly service: string;
  readonly because: readonly string[];
  /** The service is no longer there afterwards. */
  readonly ends?: true;
}

const WANTED_SECRETS = "/etc/fleet/secrets.json";
const FETCHED = "/run/fleet/secrets/";

/** Paths of a list of compose, in its short form (`/from:/to:ro`) or its long one (`path:`, `source:`). */
const pathsOf = (list: Json | undefined, key: "path" | "source"): string[] =>
  listOf(list).flatMap((each) => {
    const path = each !== null && typeof each === "object" ? (each as JsonObject)[key] : each;
    return typeof path === "string" ? [path.split(":")[0]!] : [];
  });

const envFiles = (service: JsonObject | undefined): string[] => pathsOf(service?.["env_file"], "path");
const mounts = (service: JsonObject | undefined): string[] => pathsOf(service?.["volumes"], "source");

/**
 * The services that a change of a machine's files starts anew, in the order of the compose file. As `fleet-apply` has it:
 * a service starts anew when its definition, its environment or a file that it has mounted is another one; comments
 * count in mounted files only, because the service reads those itself.
 *
 * @param newSecrets secrets with a new value, as `secrets.json` names them: what is fetched anew changes an environment too
 */
export function restartedServices(
  before: MachineFiles,
  after: MachineFiles,
  newSecrets: ReadonlySet<string> = new Set(),
): Restart[] {
  const changed = new Set(changedFiles(before, after));
  const [old, now] = [composeOf(before), composeOf(after)];
  const [{ services: oldServices = {}, ...oldRest }, { services = {}, ...rest }] = [old, now];
  const sharedChange = sameJson(oldRest as Json, rest as Json) ? [] : [COMPOSE];
  const names = [...new Set([...Object.keys(services), ...Object.keys(oldServices)])];
  return names.flatMap((service): Restart[] => {
    const [was, is] = [oldServices[service], services[service]];
    if (!was) return service === UNREADABLE ? [{ service, because: [COMPOSE] }] : []; // starts for the first time
    const because = [
      ...(sameJson(was as Json, (is ?? null) as Json) ? sharedChange : [COMPOSE]),
      ...envFiles(is).flatMap((path) =>
        path.startsWith(FETCHED)
          ? secretsDiffer(path.slice(FETCHED.length), before, after, newSecrets)
            ? [WANTED_SECRETS]
            : []
          : sameEnvironment(before.get(path), after.get(path))
            ? []
            : [path],
      ),
      ...mounts(is).flatMap((path) => below(path, changed)),
    ];
    if (because.length === 0) return [];
    return [{ service, because: [...new Set(because)], ...(is ? {} : { ends: true }) }];
  });
}

/** Changed files that no service has: read by programs of the machine, or by nobody that is known here. */
export function filesOfNoService(before: MachineFiles, after: MachineFiles): string[] {
  const services = [before, after].flatMap((files) => Object.values(composeOf(files).services ?? {}));
  const used = services.flatMap((service) => [...envFiles(service), ...mounts(service)]);
  return changedFiles(before, after).filter(
    (path) => path !== COMPOSE && !used.some((each) => path === each || path.startsWith(`${each}/`)),
  );
}

/** True when a machine's bridge is of another image afterwards. */
export function isOtherBridge(before: MachineFiles, after: MachineFiles): boolean {
  const [was, is] = [before, after].map((files) => composeOf(files).services?.["jvb"]?.["image"]);
  return was !== undefined && is !== undefined && was !== is;
}

const below = (folder: string, changed: ReadonlySet<string>): string[] =>
  [...changed].filter((path) => path === folder || path.startsWith(`${folder}/`));

/** Variables of an env file count, its comments do not. */
function sameEnvironment(before: string | undefined, after: string | undefined): boolean {
  const lines = (text = ""): string[] =>
    text.split("\n").filter((line) => line.includes("=") && !line.trimStart().startsWith("#"));
  return (before === undefined) === (after === undefined) && sameJson(lines(before), lines(after));
}

function secretsDiffer(
  file: string,
  before: MachineFiles,
  after: MachineFiles,
  newSecrets: ReadonlySet<string>,
): boolean {
  const [was, is] = [wantedSecrets(before, file), wantedSecrets(after, file)];
  return !sameJson(was, is) || Object.values(is).some((secret) => newSecrets.has(String(secret)));
}

/** Variable -> secret, of one env file; a list that cannot be read is another one for every file. */
function wantedSecrets(files: MachineFiles, file: string): JsonObject {
  const text = files.get(WANTED_SECRETS);
  if (text === undefined) return {};
  try {
    return (JSON.parse(text) as Readonly<Record<string, JsonObject>>)[file] ?? {};
  } catch {
    return { text };
  }
}
