import { Testing } from "cdktf";
import { RetiredStack } from "../../stacks/retired-stack";
import { anAccount } from "../builders/fleet";
import type { Terraform } from "../builders/terraform";

const terraform = (id: string): Terraform => {
  const stack = new RetiredStack(Testing.app(), {
    id,
    account: anAccount(),
    source: "accounts/acme/account.yaml",
  });
  return JSON.parse(Testing.synth(stack, true)) as Terraform;
};

describe("RetiredStack", () => {
  it("keeps the state and the providers of what it destroys, and nothing else", () => {
    expect(terraform("bridges-acme-old")).toEqual({
      terraform: {
        backend: { gcs: { bucket: "acme-meet-prod-terraform", prefix: "bridges-acme-old" } },
        required_providers: {
          google: { source: "google", version: "6.50.0" },
          linode: { source: "linode/linode", version: "3.13.0" },
        },
        required_version: ">= 1.11.0",
      },
      provider: {
        google: [{ add_terraform_attribution_label: false, project: "acme-meet-prod" }],
        linode: [{}],
      },
    });
  });

  it("asks for no Linode token to destroy a customer", () => {
    expect(terraform("customer-old").provider).not.toHaveProperty("linode");
  });
});
