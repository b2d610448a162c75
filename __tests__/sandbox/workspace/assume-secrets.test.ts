import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudStore } from "../../../sandbox/store/cloud-store";
import { assumeSecrets } from "../../../sandbox/workspace/assume-secrets";

const TYPE = "google_secret_manager_secret";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fleet-assume-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Secrets that are there after a stack with such rights to read them was looked at. */
function assumed(...rights: readonly object[]): readonly string[] {
  const stack = join(folder, "stack");
  mkdirSync(stack);
  const named = Object.fromEntries(rights.map((right, index) => [`reader-${index}`, right]));
  const resource = {
    google_secret_manager_secret_iam_member: named,
    google_storage_bucket: { a: { secret_id: "no" } },
  };
  writeFileSync(
    join(stack, "cdk.tf.json"),
    JSON.stringify({ provider: { google: [{ project: "own" }] }, resource }),
  );
  const store = new CloudStore(join(folder, "clouds.json"));
  assumeSecrets([stack], store);
  return store.list("google", TYPE).map(([id]) => id);
}

describe("assumeSecrets", () => {
  it("makes secrets that are named as they are, with their project or beside it", () => {
    expect(
      assumed({ secret_id: "projects/p/secrets/certificate" }, { secret_id: "login", project: "p" }),
    ).toEqual(["projects/p/secrets/certificate", "projects/p/secrets/login"]);
  });

  it("takes the provider's project where none is named", () => {
    expect(assumed({ secret_id: "login" })).toEqual(["projects/own/secrets/login"]);
  });

  it("leaves those alone that the stack makes itself", () => {
    expect(
      assumed({ secret_id: "${google_secret_manager_secret.secrets[each.key].id}", project: "p" }),
    ).toEqual([]);
  });
});
