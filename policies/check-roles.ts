import { textsOf } from "./blocks";
import type { Finding, Policy, Resource } from "./policy";

/** Roles that let their holder take over the project, or read every secret of it. */
const BROAD: readonly RegExp[] = [
  /^roles\/(?:owner|editor|viewer)$/,
  /^roles\/(?:iam|resourcemanager)\.(?!serviceAccountViewer$|roleViewer$)/,
  /^roles\/secretmanager\./,
  /^roles\/storage\./,
  /(?:\.a|[a-z]A)dmin(?:\.v1)?$/,
  /\$\{/, // nobody can read it in a review
];
/** Permissions by which a role could grow, or read what no role over the project may. */
const GROWING =
  /\.setIamPolicy$|^iam\.roles\.(?:create|update)$|^secretmanager\.versions\.access$|^compute\..*\.set(?:CommonInstance)?Metadata$|^iam\.serviceAccount(?:s\.(?:actAs|getAccessToken|getOpenIdToken|implicitDelegation|sign)|Keys\.create)/;

export const checkRoles: Policy = {
  id: "roles",
  rule: "Roles over the whole project are narrow, and a role of our own cannot grow.",
  reason: "Who breaks into one machine would hold every customer's secrets, buckets and machines.",
  fix: "Grant on the one resource, or a narrower role, or one of our own.",
  check: ({ resources }) => resources.flatMap((on) => [...checkGrant(on), ...checkOwnRole(on)]),
};

function checkGrant(on: Resource): Finding[] {
  if (!/^google_(?:project|folder|organization)_iam_(?:member|binding)$/.test(on.type)) return [];
  return rolesOf(on)
    .filter((role) => BROAD.some((broad) => broad.test(role)))
    .map((role) => ({
      on,
      message:
        `${role} over the whole project; who breaks into one holder would hold all customers; ` +
        "grant it on the one resource, or a narrower role",
    }));
}

/** Also where `for_each` names them. */
function rolesOf({ attributes }: Resource): readonly string[] {
  const role = String(attributes["role"]);
  if (!role.includes("${each.")) return [role];
  const each = JSON.stringify(attributes["for_each"] ?? "");
  return each.match(/\b(?:roles|projects|organizations)\/[\w./-]+/g) ?? [role];
}

function checkOwnRole(on: Resource): Finding[] {
  if (!/^google_(?:project|organization)_iam_custom_role$/.test(on.type)) return [];
  return textsOf(on.attributes, "permissions")
    .filter((permission) => GROWING.test(permission))
    .map((permission) => ({
      on,
      message:
        `${permission} lets its holder take on other rights; nobody would see which; ` +
        "leave it out, or grant it on the one resource",
    }));
}
