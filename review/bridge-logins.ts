import { variablesOf } from "./compose-file";
import type { MachineFiles } from "./machine-files";
import type { PlacedVerdict, StackChange } from "./verdict";

const ENVIRONMENT = "/etc/fleet/jvb.env";
const SETTINGS = "/etc/fleet/jvb/custom-jvb.conf";

/** Where a bridge logs in: the host that it dials, and the domain and the room that it asks for there. */
const HOME = [
  "JVB_XMPP_SERVER",
  "JVB_XMPP_PORT",
  "JVB_XMPP_AUTH_DOMAIN",
  "JVB_XMPP_INTERNAL_MUC_DOMAIN",
  "JVB_BREWERY_MUC",
];
const FURTHER = ["HOSTNAME", "PORT", "DOMAIN", "MUC_JIDS"];

/**
 * A bridge that runs looks for a customer's server where its files of before say, until it has new ones. Where the server
 * is another one, or answers to another name, it is out of that customer's calls meanwhile, and a drain does not help: those
 * calls ended with the server. A zone is part of the name that Google bridges dial; Linode bridges dial the public one, and
 * follow its address.
 */
export function lostLogins(
  { files: { before, after }, objects }: StackChange,
  instead: string,
): PlacedVerdict[] {
  const [was, is] = [loginsIn(before), loginsIn(after)];
  const gone = [...was].filter((login) => !is.has(login));
  const taken = objects.filter(
    ({ type, name, action }) =>
      type === "google_compute_firewall" && name.startsWith("brewery-") && action === "delete",
  );
  if (gone.length <= taken.length) return [];
  const come = [...is].filter((login) => !was.has(login));
  return [
    {
      notice: "interrupts calls",
      says:
        `a customer's server is looked for at ${shown(come)} and no longer at ${shown(gone)}: bridges ` +
        "that run carry no call of it until they have their new files",
      instead,
      at: [ENVIRONMENT, SETTINGS].filter((path) => before.get(path) !== after.get(path)),
    },
  ];
}

/** Without the room, which is the same everywhere. */
const shown = (logins: readonly string[]): string =>
  logins.map((login) => login.replace(/, [^)]*\)$/, ")")).join(", ") || "no place";

/** `<host>:<port> (<domain>, <room>)` of each customer. */
function loginsIn(files: MachineFiles): ReadonlySet<string> {
  const variables = variablesOf(files.get(ENVIRONMENT));
  const [host, port, domain, rooms, room] = HOME.map((name) => variables.get(name) ?? "?");
  const home = variables.size > 0 ? [`${host}:${port} (${domain}, ${room}@${rooms})`] : [];
  return new Set([...home, ...furtherLogins(files.get(SETTINGS) ?? "")]);
}

/** Every customer but the home has a block of its own, made by `render/bridge/bridge-files.ts`. */
const furtherLogins = (settings: string): string[] =>
  [...settings.matchAll(/^videobridge\.apis\.xmpp-client\.configs\.customer-\S+ \{\n([\s\S]*?)^\}/gm)].map(
    ([, block = ""]) => {
      const [host, port, domain, room] = FURTHER.map(
        (key) => new RegExp(`^ *${key} = "([^"]*)"$`, "m").exec(block)?.[1] ?? "?",
      );
      return `${host}:${port} (${domain}, ${room})`;
    },
  );
