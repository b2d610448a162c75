import type { Json, JsonObject, PlannedObject } from "../../rollout/planned-object";
import type { Judge, ChangedAttribute, StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";
import { newCloudInit } from "../data-disk";
import { lostData } from "../kept-data";
import { NEEDED, otherDefinitions } from "../other-definitions";
import { otherCertificates } from "../other-certificates";
import { changedFiles } from "../machine-files";
import { decideAlike } from "../restart-decision";
import { keeperModes } from "../keeper-modes";
import { keeperSettings } from "../keeper-settings";
import { filesOfNoService, type Restart } from "../restarted-services";
import { SERVICES } from "../services";
import { each, LABELS, newFleetApply } from "./common";

const QUIET_HOUR = "Deploy it in a quiet hour, and tell the customer before.";

/** Read by programs of the machine, which need no restart of a service. */
const READ_BY_PROGRAMS = /^\/etc\/fleet\/(programs\/fleet-[a-z-]+|secrets\.json|certificate\.json)$/;

const FLEET_APPLY = "/etc/fleet/programs/fleet-apply";

const LAST_BRIDGE: Verdict = {
  notice: "interrupts calls",
  says: "the bridge on the server ends, and no other that is there before and after serves the customer: calls end",
  instead: "Deploy the new bridges first, and take this one away in a later change.",
};

function serviceVerdict({ service, ends }: Restart, { hasOtherBridges }: StackChange): Verdict {
  if (!Object.hasOwn(SERVICES, service))
    return notKnown(`service ${service} starts anew, and what callers notice of it is not known`);
  if (ends && service === "jvb" && !hasOtherBridges()) return LAST_BRIDGE;
  return ends && NEEDED.includes(service)
    ? { notice: "interrupts calls", says: `${service} ends and does not come back: nobody can join a call` }
    : SERVICES[service]!;
}

/** The server follows its files within seconds: what starts anew is what callers notice. */
const newFiles: Judge<ChangedAttribute> = (_, change: StackChange): Verdict[] => {
  const { files, restarts } = change;
  const changed = changedFiles(files.before, files.after);
  if (changed.length === 0) return [notKnown("the machine's files change, and no file of the stack does")];
  const restarted = restarts.map((restart) => ({ ...serviceVerdict(restart, change), at: restart.because }));
  const modes = keeperModes(files.before, files.after);
  const strange = filesOfNoService(files.before, files.after)
    .filter((path) => !READ_BY_PROGRAMS.test(path))
    .map((path) => ({ ...notKnown("it changes on the machine, and who reads it is not known"), at: [path] }));
  const fleetApply = decideAlike(files.before.get(FLEET_APPLY), files.after.get(FLEET_APPLY))
    ? []
    : [newFleetApply];
  const beyondStarts = [lostData, otherDefinitions, otherCertificates, keeperSettings].flatMap((judge) =>
    judge(files.before, files.after),
  );
  const verdicts = [...modes, ...restarted, ...beyondStarts, ...strange, ...fleetApply];
  return verdicts.length > 0
    ? verdicts
    : [none("the server takes its new files, and no service starts anew")];
};

const stopped = (what: string): Verdict => ({
  notice: "interrupts calls",
  says: `${what}: the server stops and starts, and signalling is away for some minutes`,
  instead: QUIET_HOUR,
});

const protectedNote = (isProtected: boolean): string =>
  isProtected ? " (Google refuses it while `allowDestroys` is not set)" : "";

const serverReplaced = ({ before, replacePaths }: PlannedObject): Verdict => ({
  notice: "interrupts calls",
  says:
    `the server is replaced because of ${replacePaths.join(", ") || "another object"}: it is away for some minutes, with ` +
    `all calls${protectedNote(before?.["deletion_protection"] === true)}`,
  instead: QUIET_HOUR,
});

const userData = (server: JsonObject | null): Json =>
  ((server?.["metadata"] ?? {}) as JsonObject)["user-data"] ?? null;

/** Which disk it is, or whether it is one at all, decides on what services find; the rest is how it is attached. */
const otherDisk: Judge<ChangedAttribute> = ({ value: { path, isUnknown } }) =>
  isUnknown || ["device_name", "mode"].includes(path.at(-1)!)
    ? {
        notice: "interrupts calls",
        says: "a disk of the running server is attached or detached: services lose their data meanwhile",
        instead: QUIET_HOUR,
      }
    : {
        notice: "destroys data",
        says: "the server gets another disk, or none: services begin with what is there, and not with what they have",
        instead: "Leave the disk as it is; it grows in place (`dataDiskGb`).",
      };

/** A schedule removes its snapshots when they are old enough. Whether those of before count is not known, so they do. */
const keptShorter: Judge<ChangedAttribute> = ({ value: { path, before, after } }) => {
  const isLonger = path.at(-1) === "max_retention_days" && Number(after) >= Number(before);
  const staysBehind = path.at(-1) === "on_source_disk_delete" && after === "KEEP_AUTO_SNAPSHOTS";
  return isLonger || staysBehind
    ? none("snapshots are kept for longer; no disk is touched")
    : {
        notice: "destroys data",
        says: `snapshots are kept for less long (${path.at(-1)} ${String(before)} to ${String(after)}): older ones go`,
        instead: "Copy the snapshots that you need under another name first.",
      };
};

/** What a customer's server is made of. */
export const SERVER_RULES: Readonly<Record<string, TypeRule>> = {
  google_compute_instance: {
    created: { notice: "new calls only", says: "a new server: nobody is on it yet" },
    gone: ({ before }) => ({
      notice: "interrupts calls",
      says: `the server goes: every call of the customer ends${protectedNote(before?.["deletion_protection"] === true)}`,
    }),
    replaced: (server) => [
      serverReplaced(server),
      ...[newCloudInit(userData(server.before), userData(server.after))].filter(
        ({ notice }) => notice !== "none",
      ),
    ],
    changed: {
      "metadata.fleet-files": newFiles,
      "metadata.fleet-files-compressed": newFiles,
      "metadata.user-data": ({ value }) => newCloudInit(value.before, value.after),
      ...LABELS,
      allow_stopping_for_update: none("whether Terraform may stop the server for a later change"),
      deletion_protection: ({ value }) =>
        none(
          value.after === false
            ? "the server is no longer protected: from now on a deploy may replace or delete it"
            : "the server is protected from now on",
        ),
      machine_type: ({ value }) => stopped(`machine type ${String(value.before)} to ${String(value.after)}`),
      ...each(
        ["min_cpu_platform", "service_account", "shielded_instance_config", "enable_display"],
        ({ value }) => stopped(value.path[0]!),
      ),
      attached_disk: otherDisk,
    },
  },
  google_compute_disk: {
    created: none("a new disk"),
    gone: {
      notice: "destroys data",
      says: "the disk goes, with certificates, accounts and measurements of the customer",
      instead: "Take a snapshot first (docs/operations.md, Bring back data from a snapshot).",
    },
    replaced: ({ replacePaths }) => ({
      notice: "destroys data",
      says: `the disk is replaced by an empty one because of ${replacePaths.join(", ") || "another object"}`,
      instead:
        "A disk grows in place and never shrinks; to move it, take a snapshot and make the new disk of it " +
        "(docs/operations.md, Bring back data from a snapshot).",
    }),
    changed: {
      ...LABELS,
      size: ({ value: { before, after } }) =>
        Number(after) > Number(before)
          ? none(`the disk grows from ${String(before)} to ${String(after)} GB while it is in use`)
          : notKnown(`what becomes of a disk of ${String(before)} GB that shall have ${String(after)}`),
    },
  },
  google_compute_disk_resource_policy_attachment: {
    created: none("the disk gets daily snapshots"),
    gone: none("the disk has no daily snapshots any more; those that are there stay"),
    replaced: none("daily snapshots are attached anew"),
    changed: {},
  },
  google_compute_resource_policy: {
    created: none("a schedule of snapshots"),
    gone: none("the schedule of snapshots goes; snapshots that are there stay"),
    changed: {
      "snapshot_schedule_policy.*.retention_policy": keptShorter,
      "*": none("the schedule of snapshots, or what it writes on them, changes; no disk is touched"),
    },
  },
  google_compute_address: {
    created: none("a new address"),
    gone: {
      notice: "interrupts calls",
      says: "the server's public address is given back, and cannot be had again",
      instead: "Keep the old address until the new name is known everywhere.",
    },
    changed: LABELS,
  },
};
