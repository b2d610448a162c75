import { withoutTerraformSettings } from "../../../sandbox/workspace/run-program";

describe("withoutTerraformSettings", () => {
  it("leaves out what would lead Terraform elsewhere, and keeps the choice of the program", () => {
    const settings = {
      TF_WORKSPACE: "a",
      TF_DATA_DIR: "b",
      TF_CLI_ARGS_plan: "c",
      TF_VAR_x: "d",
      TF_LOG: "TRACE",
    };
    const kept = { PATH: "/bin", TERRAFORM_BINARY_NAME: "tofu" };
    expect(withoutTerraformSettings({ ...settings, ...kept })).toEqual(kept);
  });
});
