import { Testing } from "cdktf";
import { buildSecretAccess } from "../../../modules/gcp/secret-access";
import type { Terraform } from "../../builders/terraform";

describe("buildSecretAccess", () => {
  it("lets the machines read that secret, and makes none", () => {
    const synthesized = Testing.synthScope((scope) => {
      buildSecretAccess(scope, "pull-secret-reader", {
        project: "acme-meet-prod",
        secret: "acme-registry",
        reader: "serviceAccount:srv-abc@acme-meet-prod.iam.gserviceaccount.com",
      });
    });
    expect((JSON.parse(synthesized) as Terraform).resource).toEqual({
      google_secret_manager_secret_iam_member: {
        "pull-secret-reader": {
          project: "acme-meet-prod",
          secret_id: "acme-registry",
          role: "roles/secretmanager.secretAccessor",
          member: "serviceAccount:srv-abc@acme-meet-prod.iam.gserviceaccount.com",
        },
      },
    });
  });
});
