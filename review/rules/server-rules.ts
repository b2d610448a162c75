import type { Judge, ChangedAttribute, StackChange, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";
import { changedFiles } from "../machine-files";
import { decideAlike } from "../restart-decision";
import { keeperModes } from "../keeper-modes";
import { filesOfNoService, type Restart } from "../restarted-services";
import { SERVICES } from "../services";
import { each, LABELS, newFleetApply } from "./common";

const QUIET_HOUR = "Deploy it in a quiet hour, and tell the customer before.";

/** Read by programs of the machine, which need no restart of a service. */
const READ_BY_PROGRAMS = /^\/etc\/fleet\/(programs\/fleet-[a-z-]+|secrets\.json|certificate\.json)$/;

const FLEET_APPLY = "/etc/fleet/programs/fleet-apply";

/** Without one of them nobody can call. */
const NEEDED = ["prosody", "prosody-brewery", "jicofo", "web"];

function serviceVerdict({ service, ends }: Restart): Verdict {
  if (!Object.hasOwn(SERVICES, service))
    return notKnown(`service ${service} starts anew, and what callers notice of it is not known`);
  return ends && NEEDED.includes(service)
    ? { notice: "interrupts calls", says: `${service} ends and does not come back: nobody can join a call` }
    : SERVICES[service]!;
}

/** The server follows its files within seconds: what starts anew is what callers notice. */
const newFiles: Judge<ChangedAttribute> = (_, { files, restarts }: StackChange): Verdict[] => {
  const changed = changedFiles(files.before, files.after);
  if (changed.length === 0) return [notKnown("the machine's files change, and no file of the stack does")];
  const restarted = restarts.map((restart) => ({ ...serviceVerdict(restart), at: restart.because }));
  const modes = keeperModes(files.before, files.after);
  const strange = filesOfNoService(files.before, files.after)
    .filter((path) => !READ_BY_PROGRAMS.test(path))
    .map((path) => ({ ...notKnown("it changes on the machine, and who reads it is not known"), at: [path] }));
  const fleetApply = decideAlike(files.before.get(FLEET_APPLY), files.after.get(FLEET_APPLY))
    ? []
    : [newFleetApply];
  const verdicts = [...modes, ...restarted, ...strange, ...fleetApply];
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

/** What a customer's server is made of. */
export const SERVER_RULES: Readonly<Record<string, TypeRule>> = {
  google_compute_instance: {
    created: { notice: "new calls only", says: "a new server: nobody is on it yet" },
    gone: ({ before }) => ({
      notice: "interrupts calls",
      says: `the server goes: every call of the customer ends${protectedNote(before?.["deletion_protection"] === true)}`,
    }),
    replaced: ({ before, replacePaths }) => ({
      notice: "interrupts calls",
      says:
        `the server is replaced because of ${replacePaths.join(", ") || "another object"}: it is away for some minutes, with ` +
        `all calls${protectedNote(before?.["deletion_protection"] === true)}`,
      instead: QUIET_HOUR,
    }),
    changed: {
      "metadata.fleet-files": newFiles,
      "metadata.fleet-files-compressed": newFiles,
      "metadata.user-data": none(
        "cloud-init.yaml reaches a machine at its first boot: the server stays as it is",
      ),
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
      attached_disk: {
        notice: "interrupts calls",
        says: "a disk of the running server is attached or detached: services lose their data meanwhile",
        instead: QUIET_HOUR,
      },
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
      size: ({ value }) =>
        none(`the disk grows from ${String(value.before)} to ${String(value.after)} GB while it is in use`),
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
