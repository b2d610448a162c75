import type { JsonObject } from "../rollout/planned-object";
import { sameJson } from "./changed-values";
import { COMPOSE, composeOf, MEMORY, type Mount, mountsOf, UNREADABLE, variablesOf } from "./compose-file";
import type { MachineFiles } from "./machine-files";
import { notKnown, type PlacedVerdict, type Verdict } from "./verdict";

/** The server's trial certificates are in a folder of their own: who leaves it leaves nothing that callers trusted. */
const TRIAL_CERTIFICATES = "/var/lib/fleet/web-staging";

/** What is in the set of files is shown in the review; what is in memory is made at each boot. */
const MADE_ANEW = /^\/(etc|run)\/fleet(\/|$)/;

const LEAVE_OR_COPY =
  "Leave the place as it is; or stop the service, copy what is in it, and only then deploy this (docs/operations.md, " +
  "Bring back data from a snapshot).";

/**
 * Old data that a service no longer sees count as destroyed, although their files stay on the disk: everybody does without
 * them from the deploy on, and what is written from then on is elsewhere. Whoever puts the old place back loses that. Of
 * the two halves one is gone for good, unless a person merges them by hand.
 */
const outOfSight = (service: string, what: string): Verdict => ({
  notice: "destroys data",
  says: `${service} begins without ${what}: what it has is elsewhere, and what it writes from now on is not beside it`,
  instead: LEAVE_OR_COPY,
});

const noCertificate = (service: string, effect: string): Verdict => ({
  notice: "interrupts calls",
  says: `${service} no longer has its certificate where it looks for it: ${effect}`,
  instead: "Leave the place as it is.",
});

/** Another place, or the same one that it may no longer write to; undefined: nobody misses it. */
type Loss = (was: Mount | undefined, is: Mount | undefined) => Verdict | undefined;

/** What each service of a server keeps beyond its start, by the path in its container. The table is closed. */
const KEPT: Readonly<Record<string, Readonly<Record<string, Loss>>>> = {
  influxdb: { "/var/lib/influxdb2": () => outOfSight("InfluxDB", "its measurements") },
  prosody: { "/var/lib/prosody": () => outOfSight("Prosody", "its accounts and what it keeps of rooms") },
  web: {
    "/storage": (was) =>
      was?.from === TRIAL_CERTIFICATES
        ? undefined
        : noCertificate(
            "web",
            "no page loads until a new one is issued, and Let's Encrypt issues five a week for a name",
          ),
    // With a certificate of the customer's own; it waits for one, and without it web has its own again.
    "/certificates": (was, is) =>
      was && is ? noCertificate("web", "no page loads until there is one") : undefined,
  },
  "prosody-brewery": {
    "/certificates": () => noCertificate("the brewery", "it waits for one, and no bridge can log in"),
  },
  // Copies of its program, which it fetches again; what it remembers is in the bucket.
  keeper: { "/var/lib/fleet/keeper": () => undefined },
  // The disk that it measures.
  telegraf: { "/var/lib/fleet": () => undefined },
};

/** Variables of InfluxDB that say where its data are, and whether they are on a disk at all. */
const PLACES = /^INFLUXD_(BOLT_PATH|ENGINE_PATH|SQLITE_PATH|CONFIG_PATH|STORE)$/;

/**
 * What services of a server lose sight of: they go on with an empty directory, or another one, and nothing in a plan says
 * so, because all of it is text in the machine's files. Their new start is judged elsewhere.
 */
export function lostData(before: MachineFiles, after: MachineFiles): PlacedVerdict[] {
  const [old, now] = [composeOf(before).services ?? {}, composeOf(after).services ?? {}];
  const both = Object.keys(old).filter((service) => service !== UNREADABLE && Object.hasOwn(now, service));
  return [
    ...both.flatMap((service) => otherMounts(service, old[service]!, now[service]!)),
    ...(both.includes("influxdb") ? otherDatabase(old["influxdb"]!, now["influxdb"]!) : []),
    ...otherPlaces(before, after),
    ...fewerMeasurements(before, after),
  ];
}

function otherMounts(service: string, before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const [was, is] = [mountsOf(before), mountsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, now] = [was.get(path), is.get(path)];
    const isTheSame = old?.from === now?.from && old?.readOnly === now?.readOnly;
    const keeps = Object.entries(KEPT[service] ?? {}).find(([kept]) => `${path}/`.startsWith(`${kept}/`));
    if (isTheSame || (!keeps && [old, now].every(isNoData))) return [];
    const verdict = keeps
      ? keeps[1](old, now)
      : notKnown(`what ${service} does with another ${path}, or without it`);
    return verdict ? [{ ...verdict, at: [COMPOSE] }] : [];
  });
}

const isNoData = (mount: Mount | undefined): boolean =>
  !mount || mount.from === MEMORY || MADE_ANEW.test(mount.from);

/** Beyond its mounts: another version may not read the files, another command line may look elsewhere. */
function otherDatabase(before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const [was, is] = [before, after].map(({ image }) => String(image));
  const isOtherVersion = minorOf(was!) !== minorOf(is!);
  const looksElsewhere = ["command", "entrypoint", "environment", "user"].filter(
    (key) => !sameJson(before[key], after[key]),
  );
  return [
    ...(isOtherVersion ? [notKnown(`whether ${is} reads what ${was} has written`)] : []),
    ...looksElsewhere.map((key) => notKnown(`whether InfluxDB finds its measurements with another ${key}`)),
  ].map((verdict) => ({ ...verdict, at: [COMPOSE] }));
}

/** `docker.io/library/influxdb:2.7.12` -> `docker.io/library/influxdb:2.7` */
const minorOf = (image: string): string => image.replace(/(:\d+\.\d+)[^/]*$/, "$1");

function otherPlaces(before: MachineFiles, after: MachineFiles): PlacedVerdict[] {
  const path = "/etc/fleet/influxdb.env";
  const [was, is] = [variablesOf(before.get(path)), variablesOf(after.get(path))];
  const isOther = [...new Set([...was.keys(), ...is.keys()])].some(
    (name) => PLACES.test(name) && was.get(name) !== is.get(name),
  );
  return isOther ? [{ ...outOfSight("InfluxDB", "its measurements"), at: [path] }] : [];
}

/** What `influxdb-setup` makes of buckets that are there: a shorter time removes what is older, another name hides it. */
function fewerMeasurements(before: MachineFiles, after: MachineFiles): PlacedVerdict[] {
  const [file, script] = ["/etc/fleet/influxdb-setup.env", "/etc/fleet/influxdb-setup/setup.sh"];
  if (!before.has(file) || !after.has(file)) return [];
  const [was, is] = [variablesOf(before.get(file)), variablesOf(after.get(file))];
  const shorter = ["RAW_RETENTION", "HOURLY_RETENTION"].filter(
    (name) => was.get(name) !== is.get(name) && !(hoursOf(is.get(name)) >= hoursOf(was.get(name))),
  );
  const renamed = ["INFLUX_ORG", "RAW_BUCKET", "HOURLY_BUCKET"].filter(
    (name) => was.get(name) !== is.get(name),
  );
  return [
    ...shorter.map((name) => ({
      notice: "destroys data" as const,
      says: `measurements are kept for ${is.get(name) ?? "no time"} and not for ${was.get(name)} (${name}): older ones are removed`,
      instead: "Copy what you need first: nothing brings it back but a snapshot of the disk.",
      at: [file],
    })),
    ...renamed.map((name) => ({
      ...outOfSight("InfluxDB", `what it has under the old ${name}`),
      at: [file],
    })),
    ...(before.get(script) === after.get(script)
      ? []
      : [
          { ...notKnown("what another setup of InfluxDB does to measurements that are there"), at: [script] },
        ]),
  ];
}

/** `720h0m0s` -> 720; 0 keeps for ever, as InfluxDB has it. What cannot be read is no number, so never longer. */
function hoursOf(duration = ""): number {
  const hours = Number(/^(\d+)h/.exec(duration)?.[1] ?? Number.NaN);
  return hours === 0 ? Infinity : hours;
}
