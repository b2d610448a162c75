import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PROGRAM_NAMES } from "../../render/programs";
import { describeWithPython } from "../builders/trial-machine";

// fleet-apply installs no program that does not.
describeWithPython("every program of a machine", () => {
  it.each(PROGRAM_NAMES)("%s starts, and says how it is called", (name) => {
    const path = join(__dirname, "../../programs", `${name}.py`);
    const { status, stdout, stderr } = spawnSync("python3", ["-IS", path, "--help"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^usage: /);
  });
});
