import type { JsonObject, PlannedObject } from "../../rollout/planned-object";
import type { Judge, TypeRule } from "../verdict";
import { none, notKnown } from "../verdict";
import { forOperators, LABELS } from "./common";

const isOfTelemetry = ({ name }: PlannedObject): boolean => /telemetry/.test(name);

const grantGone: Judge<PlannedObject> = (grant, { isRetired }) => {
  if (isRetired) return none("the right goes with its machines");
  if (isOfTelemetry(grant)) return none("a right to a password of measurements; no call needs it");
  if (/^(even-)?password-/.test(grant.name))
    return {
      notice: "new calls only",
      says: "bridges that start from now on cannot log in at this customer",
    };
  if (grant.name === "certificate-reader" || grant.name === "pull-secret-reader")
    return {
      notice: "new calls only",
      says: "the server cannot fetch this secret any more: it goes on with what it has, until its next boot",
    };
  return {
    notice: "interrupts calls",
    says: "a machine cannot fetch its passwords any more: after its next boot it is down",
  };
};

/** By the role: what no call needs, and what is not known is no such thing. */
const projectGrantGone: Judge<PlannedObject> = ({ before }, { isRetired }) => {
  const role = String(before?.["role"]);
  if (isRetired) return none("the right goes with its machines");
  if (role === "roles/monitoring.metricWriter")
    return {
      notice: "new calls only",
      says: "a machine's own metrics end: a pool then grows by its processors alone",
    };
  return /^roles\/(logging\.logWriter|iap\.tunnelResourceAccessor|compute\.osAdminLogin)$|\/fleetKeeper$/.test(
    role,
  )
    ? none("a right to write logs, of operators or of the keeper: gone; no call needs it")
    : notKnown(`who does without ${role} in the project`);
};

const rulesOf = (bucket: JsonObject | null): readonly JsonObject[] =>
  (bucket?.["lifecycle_rule"] ?? []) as readonly JsonObject[];

/** True of a rule that deletes nothing, or only what a newer version has taken the place of. */
function keepsWhatIsCurrent({ action, condition }: JsonObject): boolean {
  const [[does], [when]] = [action, condition].map((each) => (each ?? []) as readonly JsonObject[]) as [
    readonly JsonObject[],
    readonly JsonObject[],
  ];
  return does?.["type"] !== "Delete" || Number(when?.["days_since_noncurrent_time"] ?? 0) > 0;
}

/** The list of a machine's secrets: only with another one it fetches them anew while it runs. */
const WANTED_SECRETS = "/etc/fleet/secrets.json";

/** Passwords, rights and what the account keeps for all. */
export const GRANT_RULES: Readonly<Record<string, TypeRule>> = {
  google_secret_manager_secret: {
    created: none("a place for a password"),
    gone: (secret, { isRetired }) =>
      isOfTelemetry(secret)
        ? none("passwords of a pool's measurements go with the pool")
        : isRetired
          ? none("passwords go with their server")
          : {
              notice: "interrupts calls",
              says: "a password goes: what logs in with it is down after its next start",
            },
    changed: LABELS,
  },
  google_secret_manager_secret_version: {
    created: none("a first password"),
    gone: (version, { isRetired }) =>
      isOfTelemetry(version) || isRetired
        ? none("the password is disabled, with what used it")
        : {
            notice: "interrupts calls",
            says: "a password is disabled: what logs in with it is down after its next start",
          },
    // Services that read it start anew: the server's files say so, because its list of secrets changes with it.
    replaced: (version, { files }) =>
      isOfTelemetry(version)
        ? none("a new password of measurements; no call needs it")
        : files.before.get(WANTED_SECRETS) !== files.after.get(WANTED_SECRETS)
          ? none("a new password; which services start anew for it is said at the server")
          : {
              notice: "interrupts calls",
              says: "a new password: the server has it after its next boot, and who logs in with the old one stays outside until both have it",
              instead: "Draw passwords by `secretsVersion`: bridges then keep theirs until they are renewed.",
            },
    changed: {},
  },
  google_secret_manager_secret_iam_member: {
    created: none("a right to read a password"),
    gone: grantGone,
    changed: {},
  },
  google_project_iam_member: {
    created: none("a right in the project: new"),
    gone: projectGrantGone,
    changed: {},
  },
  google_project_iam_custom_role: forOperators("what keepers may do"),
  google_service_account_iam_member: forOperators("who may log in to machines"),
  google_storage_bucket_iam_member: forOperators("a right of keepers and operators to the bucket"),
  google_project_service: {
    created: none("a service of Google's project is on"),
    gone: ({ before }) =>
      before?.["disable_on_destroy"] === false
        ? none("a service of Google's project, which stays on when it is taken from here")
        : {
            notice: "interrupts calls",
            says: `${String(before?.["service"])} is switched off in Google's project, and what needs it fails`,
          },
    changed: {
      "*": none("whether a service of Google's project stays on when it is taken from here"),
    },
  },
  google_storage_bucket: {
    created: none("a new bucket"),
    gone: { notice: "destroys data", says: "the bucket goes, with all that is in it" },
    changed: {
      ...LABELS,
      lifecycle_rule: ({ object }) =>
        rulesOf(object.after).every(keepsWhatIsCurrent)
          ? none("when old versions of objects are removed; no call needs them")
          : {
              notice: "destroys data",
              says: "objects of the bucket are removed that no newer version has taken the place of",
              instead: "Let a rule that deletes name `days_since_noncurrent_time`.",
            },
      force_destroy: none("whether the bucket may be destroyed with what is in it, from now on"),
    },
  },
  google_storage_bucket_object: forOperators("the keeper's program, of which servers have a copy"),
  google_monitoring_alert_policy: forOperators("an alert"),
  google_monitoring_notification_channel: forOperators("where alerts go"),
  google_monitoring_uptime_check_config: forOperators("a check from outside"),
};
