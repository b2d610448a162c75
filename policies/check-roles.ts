import { textsOf } from "./blocks";
import type { Finding, Policy, Resource } from "./policy";

/** Roles that let their holder take over the project, or read every secret of it. */
const BROAD: readonly RegExp[] = [
  /^roles\/(?:owner|editor|viewer)$/,
  /^roles\/(?:iam|resourcemanager)\.(?!serviceAccountViewer$|roleViewer$)/,
  /^roles\/secretmanager\./,
  /^roles\/storage\./,
  /\.admin$/,
];
/** Permissions by which a role could grow. */
const GROWING =
  /\.setIamPolicy$|^iam\.serviceAccount(?:s\.(?:actAs|getAccessToken|getOpenIdToken|implicitDelegation|sign)|Keys\.create)/;

export const checkRoles: Policy = {
  id: "roles",
  rule: "Roles over the whole project are narrow, and a role of our own cannot grow.",
  reason: "Who breaks into one machine would hold every customer's secrets, buckets and machines.",
  fix: "Grant on the one resource, or a narrower role, or one of our own.",
  check: ({ resources }) => resources.flatMap((on) => [...checkGrant(on), ...checkOwnRole(on)]),
};

function checkGrant(on: Resource): Finding[] {
  if (!/^google_(?:project|folder|organization)_iam_(?:member|binding)$/.test(on.type)) return [];
  const role = String(on.attributes["role"]);
  if (!BROAD.some((broad) => broad.test(role))) return [];
  return [
    {
      on,
      message:
        `${role} over the whole project; who breaks into one holder would hold all customers; ` +
        "grant it on the one resource, or a narrower role",
    },
  ];
}

function checkOwnRole(on: Resource): Finding[] {
  if (on.type !== "google_project_iam_custom_role") return [];
  return textsOf(on.attributes, "permissions")
    .filter((permission) => GROWING.test(permission))
    .map((permission) => ({
      on,
      message:
        `${permission} lets its holder take on other rights; nobody would see which; ` +
        "leave it out, or grant it on the one resource",
    }));
}
