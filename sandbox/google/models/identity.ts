import { asBlocks, asText, asTexts, isUnknown } from "../../protocol/value";
import { lengthBetween, matches } from "../../engine/value-rules";
import { lastSegment } from "../settings";
import { refused } from "../google-cloud";
import { fingerprint } from "../serial-number";
import type { Reference, ResourceModel } from "../../engine/resource-model";
import type { Values } from "../../protocol/value";
import type { GoogleSettings } from "../settings";

type Model = ResourceModel<GoogleSettings>;

/** `service.resource.verb`; whether there is such a one is not known here. */
const PERMISSION = /^[a-z][a-z0-9]*\.[a-zA-Z0-9]+\.[a-zA-Z0-9]+$/;

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|group|domain|serviceAccount|principal|principalSet|projectOwner|projectEditor|projectViewer|iamMember):.+)$/;

/** IAM's limits of a condition: characters of its title, and `&&` and `||` in its expression. */
const LONGEST_TITLE = 100;
const MOST_OPERATORS = 12;

/** Why the cloud would not grant a role under this condition. */
function conditionProblem(grant: Values, condition: Values, bucket: Values | undefined): string | undefined {
  const [role, member, title, expression] = [
    grant["role"],
    grant["member"],
    condition["title"],
    condition["expression"],
  ].map((value) => asText(value) ?? "") as [string, string, string, string];
  if (/^roles\/(owner|editor|viewer)$/.test(role)) return "Conditions can't be set on primitive roles";
  if (/^all(Authenticated)?Users$/.test(member)) return `Conditions can't be set for member ${member}`;
  if (bucket && bucket["uniform_bucket_level_access"] !== true)
    return "Conditions can't be set on a bucket without uniform bucket-level access";
  if (title.length > LONGEST_TITLE) return `The title of a condition has at most ${LONGEST_TITLE} characters`;
  const operators = expression.match(/&&|\|\|/g)?.length ?? 0;
  if (operators > MOST_OPERATORS)
    return `A condition has at most ${MOST_OPERATORS} logical operators, got ${operators}`;
  return undefined;
}

/** A role for one member on something: granting it twice is one grant, and it goes with what it is granted on. */
const member = (...references: readonly Omit<Reference, "holds">[]): Model => ({
  idempotent: true,
  references: [
    { path: "member", type: "google_service_account", holds: false },
    { path: "role", type: "google_project_iam_custom_role", holds: false },
    ...references.map((reference) => ({ ...reference, holds: false })),
  ],
  check({ planned }, around) {
    const [condition] = asBlocks(planned["condition"]);
    if (!condition) return;
    const bucket = around.follow("google_storage_bucket", planned["bucket"], planned)?.attributes;
    const problem = conditionProblem(planned, condition, bucket);
    if (problem === undefined) return;
    throw refused("setting", { name: "google_iam_policy" }, `${problem}., badRequest`, "condition");
  },
  rules: [
    {
      path: "member",
      check: (value) =>
        MEMBER.test(asText(value) ?? "")
          ? undefined
          : `invalid value for member (IAM members must have one of the values outlined here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding)`,
    },
    {
      path: "role",
      check: (value, name) =>
        /^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/.test(asText(value) ?? "")
          ? undefined
          : `${JSON.stringify(name)} must be roles/<role> or projects/<project>/roles/<role>, got ${JSON.stringify(value)}`,
    },
  ],
});

/** Who may do what. */
export const identityModels: Readonly<Record<string, Model>> = {
  google_service_account: {
    clientOnly: ["create_ignore_already_exists"],
    rules: [matches("account_id", /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/)],
    plan({ planned }) {
      const [account, project] = [asText(planned["account_id"]), asText(planned["project"])];
      if (account === undefined || project === undefined) return;
      const email = `${account}@${project}.iam.gserviceaccount.com`;
      if (isUnknown(planned["email"])) planned["email"] = email;
      if (isUnknown(planned["member"])) planned["member"] = `serviceAccount:${email}`;
    },
    chosen: (object) => ({
      // Accounts have one digit more than other ids.
      unique_id: `1${fingerprintDigits(String(object["email"]))}`,
    }),
  },
  google_service_account_iam_member: member({ path: "service_account_id", type: "google_service_account" }),
  google_project_iam_member: member(),
  google_compute_instance_iam_member: member({ path: "instance_name", type: "google_compute_instance" }),
  google_iap_tunnel_instance_iam_member: member({ path: "instance", type: "google_compute_instance" }),
  google_iap_tunnel_iam_member: member(),
  google_secret_manager_secret_iam_member: member({
    path: "secret_id",
    type: "google_secret_manager_secret",
  }),
  google_storage_bucket_iam_member: member({ path: "bucket", type: "google_storage_bucket" }),
  google_project_iam_custom_role: {
    rules: [
      matches("role_id", /^[a-zA-Z0-9_.]{3,64}$/),
      lengthBetween("title", 1, 100),
      lengthBetween("description", 0, 300),
    ],
    check({ planned }) {
      const permissions = asTexts(planned["permissions"]);
      const unknown = permissions.find((permission) => !PERMISSION.test(permission));
      if (permissions.length > 0 && unknown === undefined) return;
      throw refused(
        "creating",
        { name: "google_project_iam_custom_role" },
        unknown === undefined
          ? "A role must have at least one permission., invalid"
          : `Permission ${unknown} is not valid., badRequest`,
        "permissions",
      );
    },
    chosen: (object) => ({
      deleted: false,
      name: `projects/${String(object["project"])}/roles/${lastSegment(String(object["role_id"]))}`,
    }),
  },
};

/** 20 digits that always belong to the same text. */
function fingerprintDigits(text: string): string {
  const digits = [...fingerprint(text), ...fingerprint(`${text} `)].map(
    (character) => character.charCodeAt(0) % 10,
  );
  return digits.join("").slice(0, 20);
}
