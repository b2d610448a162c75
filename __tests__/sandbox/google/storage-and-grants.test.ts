import type { Values } from "../../../sandbox/protocol/value";
import { PretendedCloud } from "../../builders/pretended-cloud";
import type { Arguments } from "../../builders/pretended-cloud";

let cloud: PretendedCloud;
beforeEach(() => (cloud = new PretendedCloud()));
afterEach(() => cloud.remove());

const BUCKET = { name: "acme-artifacts", location: "europe-west4", uniform_bucket_level_access: true };
const PROGRAM = { bucket: "acme-artifacts", name: "programs/a.mjs", source: "files/a.mjs" };
const MEMBER = "user:ops@acme.example";
const below = (prefix: string) => ({
  title: prefix,
  expression: `resource.name.startsWith("projects/_/buckets/acme-artifacts/objects/${prefix}")`,
});
const grant = (own: object = {}): Arguments => ({
  bucket: "acme-artifacts",
  role: "roles/storage.objectUser",
  member: MEMBER,
  condition: [below("keeper/a/")],
  ...own,
});
const grants = () => cloud.store.list("google", "google_storage_bucket_iam_member").map(([id]) => id);

describe("a bucket", () => {
  it("has a name that no other project may use", async () => {
    await cloud.apply("google_storage_bucket", BUCKET);
    await expect(
      cloud.apply("google_storage_bucket", { ...BUCKET, project: "globex-video" }),
    ).rejects.toThrow("Error creating Bucket: ");
  });
});

describe("an object of a bucket", () => {
  beforeEach(() => cloud.apply("google_storage_bucket", BUCKET));

  it("is planned once from a file, which is not read", async () => {
    const state = await cloud.apply("google_storage_bucket_object", PROGRAM);
    const again = cloud.plan("google_storage_bucket_object", PROGRAM, state);
    expect({ ...again, planned: { ...again.planned, content: state["content"] } }).toEqual({
      planned: state,
      replace: [],
    });
  });

  it("is another one under another name", async () => {
    const state = await cloud.apply("google_storage_bucket_object", PROGRAM);
    const { replace } = cloud.plan(
      "google_storage_bucket_object",
      { ...PROGRAM, name: "programs/b.mjs" },
      state,
    );
    expect(replace).toEqual([["name"]]);
  });

  it.each([
    ["is forgotten by Terraform and stays", "ABANDON", 1],
    ["goes", undefined, 0],
  ])("%s with deletion_policy %p", async (_, deletion_policy, left) => {
    const given = { ...PROGRAM, ...(deletion_policy && { deletion_policy }) };
    await cloud.delete(
      "google_storage_bucket_object",
      await cloud.apply("google_storage_bucket_object", given),
    );
    expect(cloud.store.list("google", "google_storage_bucket_object")).toHaveLength(left);
  });

  it("keeps its bucket, and goes with one that is removed by force", async () => {
    const [[, bucket]] = cloud.store.list("google", "google_storage_bucket") as [[string, Values]];
    await cloud.apply("google_storage_bucket_object", PROGRAM);
    await expect(cloud.delete("google_storage_bucket", { ...bucket, force_destroy: false })).rejects.toThrow(
      "Error trying to delete bucket acme-artifacts containing objects",
    );
    await cloud.delete("google_storage_bucket", { ...bucket, force_destroy: true });
    expect(cloud.store.list("google", "google_storage_bucket_object")).toEqual([]);
  });
});

describe("a grant under a condition", () => {
  it("is another one than that under another condition, or under none", async () => {
    await cloud.apply("google_storage_bucket", BUCKET);
    const first = await cloud.apply("google_storage_bucket_iam_member", grant());
    await cloud.apply("google_storage_bucket_iam_member", grant({ condition: [below("keeper/b/")] }));
    await cloud.apply("google_storage_bucket_iam_member", grant({ condition: [] }));
    expect(grants()).toHaveLength(3);
    await cloud.delete("google_storage_bucket_iam_member", first);
    expect(grants().map((id) => id.split("/objects/")[1])).toEqual(['keeper/b/")', undefined]);
  });

  it.each<[string, object, object, string]>([
    [
      "on a bucket with access lists",
      { uniform_bucket_level_access: false },
      {},
      "Conditions can't be set on a bucket without uniform bucket-level access",
    ],
    ["for everybody", {}, { member: "allUsers" }, "Conditions can't be set for member allUsers"],
    [
      "of a basic role",
      {},
      { role: "roles/editor" },
      "Error setting IamPolicy: googleapi: Error 400: Conditions can't be set on primitive roles",
    ],
    [
      "with a long title",
      {},
      { condition: [{ ...below("keeper/"), title: "x".repeat(101) }] },
      "The title of a condition has at most 100 characters",
    ],
    [
      "with many operators",
      {},
      { condition: [{ title: "many", expression: Array(14).fill("true").join(" || ") }] },
      "A condition has at most 12 logical operators, got 13",
    ],
  ])("is refused %s", async (_, bucket, own, message) => {
    await cloud.apply("google_storage_bucket", { ...BUCKET, ...bucket });
    await expect(cloud.apply("google_storage_bucket_iam_member", grant(own))).rejects.toThrow(message);
  });

  it("is refused on a bucket that is not there", async () => {
    await expect(cloud.apply("google_storage_bucket_iam_member", grant())).rejects.toThrow("was not found");
  });
});

describe("a custom role", () => {
  const role = (permissions: readonly string[]): Arguments => ({
    role_id: "fleetKeeper",
    title: "Keeper",
    permissions,
  });
  const use = { project: "acme-prod", role: "projects/acme-prod/roles/fleetKeeper", member: MEMBER };

  it("is there before anybody has it", async () => {
    await expect(cloud.apply("google_project_iam_member", use)).rejects.toThrow(
      "'projects/acme-prod/roles/fleetKeeper' was not found",
    );
    await cloud.apply("google_project_iam_custom_role", role(["compute.instances.get"]));
    await cloud.apply("google_project_iam_member", use);
  });

  it.each([
    [[], "A role must have at least one permission"],
    [["compute.instances.get", "instances.get"], "Permission instances.get is not valid"],
  ])("is refused with the permissions %j", async (permissions, message) => {
    await expect(cloud.apply("google_project_iam_custom_role", role(permissions))).rejects.toThrow(message);
  });
});
