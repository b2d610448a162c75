import { buildKeeperAccess } from "../../../modules/gcp/keeper-access";
import { aGcpPool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const MEMBER = "serviceAccount:srv-abc@acme-meet-prod.iam.gserviceaccount.com";
const BUCKET = "acme-meet-prod-fleet-artifacts";

const { resource } = terraformOf((stack) =>
  buildKeeperAccess(stack, {
    project: "acme-meet-prod",
    pools: [aGcpPool(), aGcpPool({ id: "us" })],
    server: MEMBER,
  }),
);

describe("buildKeeperAccess", () => {
  it("gives the server the account's role of keepers, and no other in the project", () => {
    expect(resource.google_project_iam_member).toEqual({
      keeper: {
        project: "acme-meet-prod",
        role: "projects/acme-meet-prod/roles/fleetKeeper",
        member: MEMBER,
      },
    });
  });

  it("lets it read programs, and read and write what is its pools' alone", () => {
    expect(resource.google_storage_bucket_iam_member).toEqual({
      "keeper-program-reader": {
        bucket: BUCKET,
        role: "roles/storage.objectViewer",
        member: MEMBER,
        condition: {
          title: "programs",
          expression: `resource.name.startsWith("projects/_/buckets/${BUCKET}/objects/programs/")`,
        },
      },
      "keeper-store": {
        for_each: { "acme-eu-burst": "keeper/acme-eu-burst/", "acme-us": "keeper/acme-us/" },
        bucket: BUCKET,
        role: "roles/storage.objectUser",
        member: MEMBER,
        condition: {
          title: "keeper of ${each.key}",
          expression: `resource.name.startsWith("projects/_/buckets/${BUCKET}/objects/\${each.value}")`,
        },
      },
    });
  });
});
