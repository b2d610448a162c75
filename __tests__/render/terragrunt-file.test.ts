import { parse } from "@cdktf/hcl2json";
import { renderTerragruntFile } from "../../render/terragrunt-file";

const source = "accounts/acme/pools/eu-burst.yaml";

describe("renderTerragruntFile", () => {
  it("says what comes before a stack, and that no destroy of all takes it", async () => {
    const text = renderTerragruntFile({
      source,
      after: ["account-acme", "customer-abc"],
      allowDestroys: false,
    });
    expect(text).toMatchInlineSnapshot(`
      "# Made of accounts/acme/pools/eu-burst.yaml by synth; edits are lost.
      # For those who use Terragrunt: which stacks come before this one. State, providers and all else stand in cdk.tf.json.
      # See docs/neighbours.md.

      dependencies {
        paths = [
          "../account-acme",
          "../customer-abc",
        ]
      }

      # What is destroyed stands in the data, so \`run --all destroy\` stops here.
      prevent_destroy = true
      "
    `);
    expect(await parse("terragrunt.hcl", text)).toEqual({
      dependencies: [{ paths: ["../account-acme", "../customer-abc"] }],
      prevent_destroy: true,
    });
  });

  it("says nothing of a stack that is first and may go", async () => {
    const text = renderTerragruntFile({ source, after: [], allowDestroys: true });
    expect(await parse("terragrunt.hcl", text)).toEqual({});
  });
});
