import type { PolicyId } from "../../../model/policy-ids";
import type { Attributes } from "../../../policies/policy";
import { MEMBER, type PlantedStack, type Tree } from "./planted-stack";

const BUCKET = {
  public_access_prevention: "enforced",
  uniform_bucket_level_access: true,
  versioning: { enabled: true },
};
const bucket = (changes: Attributes): Tree => ({ google_storage_bucket: { ...BUCKET, ...changes } });

/** Who may do what in the cloud. */
export const RIGHTS_VIOLATIONS = {
  "bucket-access": [
    {
      broken: bucket({ public_access_prevention: "inherited" }),
      mended: bucket({}),
      says: "public_access_prevention is not",
    },
    {
      broken: bucket({ uniform_bucket_level_access: false }),
      mended: bucket({}),
      says: "uniform_bucket_level_access",
    },
    {
      broken: bucket({ versioning: [] }),
      mended: bucket({ versioning: [{ enabled: true }] }),
      says: "versioning is not on",
    },
    {
      broken: bucket({ force_destroy: true }),
      mended: bucket({ force_destroy: false }),
      says: "force_destroy is not false",
    },
    { broken: { google_storage_object_acl: {} }, mended: {}, says: "an access list beside IAM" },
  ],
  "iam-grants": [
    {
      broken: { google_project_iam_binding: {} },
      mended: { google_project_iam_member: MEMBER },
      says: "use google_project_iam_member",
    },
    {
      broken: { google_storage_bucket_iam_policy: {} },
      mended: { google_storage_bucket_iam_member: MEMBER },
      says: "it takes away grants that it does not name",
    },
  ],
  "public-members": [
    {
      broken: { google_storage_bucket_acl: { role_entity: ["READER:allUsers"] } },
      mended: { google_storage_bucket_acl: { role_entity: ["READER:user-a@acme.example"] } },
      says: "it is granted to allUsers",
    },
    {
      broken: { google_storage_bucket_object: { predefined_acl: "publicRead" } },
      mended: { google_storage_bucket_object: { predefined_acl: "private" } },
      says: "it is granted to publicRead",
    },
    {
      broken: { locals: { readers: ["allAuthenticatedUsers"] } },
      mended: { locals: { readers: ["group:ops@acme.example"] } },
      says: "a local value or a variable names allAuthenticatedUsers",
    },
    {
      broken: { google_storage_bucket_iam_member: { member: "allUsers" } },
      mended: { google_storage_bucket_iam_member: MEMBER },
      says: "it is granted to allUsers",
    },
    {
      broken: {
        google_project_iam_member: {
          member: "${each.value}",
          for_each: '${toset(["allAuthenticatedUsers"])}',
        },
      },
      mended: {
        google_project_iam_member: { member: "${each.value}", for_each: '${toset(["user:a@acme.example"])}' },
      },
      says: "it is granted to allAuthenticatedUsers",
    },
  ],
  roles: [
    {
      broken: {
        google_project_iam_member: {
          ...MEMBER,
          role: "${each.value}",
          for_each: '${toset(["roles/owner"])}',
        },
      },
      mended: {
        google_project_iam_member: {
          ...MEMBER,
          role: "${each.value}",
          for_each: '${toset(["roles/logging.logWriter", "roles/compute.osAdminLogin"])}',
        },
      },
      says: "roles/owner over the whole project",
    },
    {
      broken: { google_project_iam_member: { ...MEMBER, role: "${var.role}" } },
      mended: { google_project_iam_member: { ...MEMBER, role: "projects/acme/roles/fleetKeeper" } },
      says: "${var.role} over the whole project",
    },
    {
      broken: { google_project_iam_custom_role: { permissions: ["secretmanager.versions.access"] } },
      mended: { google_project_iam_custom_role: { permissions: ["secretmanager.versions.list"] } },
      says: "secretmanager.versions.access lets its holder take on other rights",
    },
    ...["roles/editor", "roles/secretmanager.secretAccessor", "roles/compute.admin"].map((role) => ({
      broken: { google_project_iam_member: { ...MEMBER, role } },
      mended: { google_project_iam_member: { ...MEMBER, role: "roles/logging.logWriter" } },
      says: `${role} over the whole project`,
    })),
    {
      broken: { google_project_iam_custom_role: { permissions: ["iam.serviceAccounts.actAs"] } },
      mended: { google_project_iam_custom_role: { permissions: ["compute.instances.list"] } },
      says: "iam.serviceAccounts.actAs lets its holder take on other rights",
    },
  ],
} satisfies Partial<Record<PolicyId, readonly PlantedStack[]>>;
