import { load } from "js-yaml";
import type { Json, JsonObject } from "../rollout/planned-object";
import { sameJson } from "./changed-values";
import { changedFiles, type MachineFiles } from "./machine-files";

/** A service that starts anew, or ends, and the files that are the reason. */
export interface Restart {
  readonly service: string;
  readonly because: readonly string[];
}

const COMPOSE = "/etc/fleet/compose.yaml";
const WANTED_SECRETS = "/etc/fleet/secrets.json";
const FETCHED = "/run/fleet/secrets/";

interface Service {
  readonly env_file?: readonly string[];
  readonly volumes?: readonly string[];
}

interface Compose {
  readonly services?: Readonly<Record<string, Service & JsonObject>>;
}

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
    if (!was) return []; // it starts for the first time
    const because = [
      ...(sameJson(was as Json, (is ?? null) as Json) ? sharedChange : [COMPOSE]),
      ...(is?.env_file ?? []).flatMap((path) =>
        path.startsWith(FETCHED)
          ? secretsDiffer(path.slice(FETCHED.length), before, after, newSecrets)
            ? [WANTED_SECRETS]
            : []
          : sameEnvironment(before.get(path), after.get(path))
            ? []
            : [path],
      ),
      ...(is?.volumes ?? []).flatMap((volume) => below(volume.split(":")[0]!, changed)),
    ];
    return because.length > 0 ? [{ service, because: [...new Set(because)] }] : [];
  });
}

/** Changed files that no service has: read by programs of the machine, or by nobody that is known here. */
export function filesOfNoService(before: MachineFiles, after: MachineFiles): string[] {
  const services = [before, after].flatMap((files) => Object.values(composeOf(files).services ?? {}));
  const used = services.flatMap(({ env_file = [], volumes = [] }) => [
    ...env_file,
    ...volumes.map((volume) => volume.split(":")[0]!),
  ]);
  return changedFiles(before, after).filter(
    (path) => path !== COMPOSE && !used.some((each) => path === each || path.startsWith(`${each}/`)),
  );
}

function composeOf(files: MachineFiles): Compose {
  const text = files.get(COMPOSE);
  return text === undefined ? {} : ((load(text) ?? {}) as Compose);
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
  const [was, is] = [before, after].map((files) => wantedSecrets(files)[file] ?? {});
  return (
    !sameJson(was as Json, is as Json) ||
    Object.values(is as JsonObject).some((secret) => newSecrets.has(String(secret)))
  );
}

function wantedSecrets(files: MachineFiles): Readonly<Record<string, Json>> {
  const text = files.get(WANTED_SECRETS);
  return text === undefined ? {} : (JSON.parse(text) as Readonly<Record<string, Json>>);
}
