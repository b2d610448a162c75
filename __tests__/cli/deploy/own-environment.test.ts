import { ownEnvironment } from "../../../cli/deploy/own-environment";

describe("ownEnvironment", () => {
  it("gives what the caller has, and the default workspace whichever was selected", () => {
    expect(
      ownEnvironment({
        TF_VAR_x: "1",
        TF_PLUGIN_CACHE_DIR: "/cache",
        TF_CLI_ARGS_init: "-plugin-dir=/x",
        HOME: undefined,
      }),
    ).toEqual({
      TF_VAR_x: "1",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TF_CLI_ARGS_init: "-plugin-dir=/x",
      TF_WORKSPACE: "default",
    });
    expect(ownEnvironment({ TF_CLI_ARGS: "", TF_WORKSPACE: "" })).toEqual({
      TF_CLI_ARGS: "",
      TF_WORKSPACE: "default",
    });
  });

  it.each([
    ["TF_CLI_ARGS", "-lock=false"],
    ["TF_CLI_ARGS_plan", "-target=x.y"],
    ["TF_CLI_ARGS_apply", "-parallelism=1"],
    ["TF_CLI_ARGS_show", "-json"],
    ["TF_WORKSPACE", "other"],
    ["TF_DATA_DIR", "/elsewhere"],
  ])("refuses %s, which would change what is planned, or where", (name, value) => {
    expect(() => ownEnvironment({ [name]: value })).toThrow(
      `${name}=${value} would make Terraform plan something else than what the data say, or somewhere else. Nothing was ` +
        "planned. Unset it",
    );
  });
});
