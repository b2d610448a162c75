import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { renderGcpBridgeCloudInit } from "../../render/cloud-init/gcp-bridge-cloud-init";
import { renderLinodeBridgeCloudInit } from "../../render/cloud-init/linode-bridge-cloud-init";
import { renderServerCloudInit } from "../../render/cloud-init/server-cloud-init";
import { readPrograms } from "../../stacks/read-programs";
import { hasRealTool } from "../builders/real-tool";
import { renderings } from "./renderings";

/** Every shell text that is rendered or shipped. */

const programs = readPrograms();
const firstBoots = [renderServerCloudInit, renderGcpBridgeCloudInit, renderLinodeBridgeCloudInit].map(
  (render) => (load(render(programs)) as { runcmd: readonly string[] }).runcmd,
);

/** What the image's `jvb.sh`, which is a bash script, sources. */
const sourced = [...renderings.values()].flatMap((files) =>
  [...files].filter(([path]) => path.endsWith(".rc")).map(([, text]) => text),
);

/** What containers run. */
const scripts = [...renderings.values()].flatMap((files) =>
  [...files].filter(([path]) => path.endsWith(".sh")).map(([, text]) => text),
);

const installed = hasRealTool("shellcheck", "shell texts were not read by it");
(installed ? describe : describe.skip)("shellcheck finds nothing wrong with", () => {
  const check = (shell: "sh" | "bash", text: string) =>
    spawnSync("shellcheck", [`--shell=${shell}`, "-"], { input: text, encoding: "utf8" });

  test("the commands of a first boot", () => {
    const commands = [...new Set(firstBoots.flat())];
    expect(commands.length).toBeGreaterThan(3);
    expect(check("sh", `${commands.join("\n")}\n`)).toMatchObject({ status: 0, stdout: "" });
  });

  test("what a bridge runs before each start", () => {
    expect(sourced.length).toBeGreaterThan(1);
    for (const text of new Set(sourced)) expect(check("bash", text)).toMatchObject({ status: 0, stdout: "" });
  });

  test("what containers run", () => {
    expect(scripts.length).toBeGreaterThan(0);
    for (const text of new Set(scripts)) expect(check("sh", text)).toMatchObject({ status: 0, stdout: "" });
  });

  test("what CI runs", () => {
    const text = readFileSync(join(__dirname, "../../.ci/run"), "utf8");
    expect(check("bash", text)).toMatchObject({ status: 0, stdout: "" });
  });

  it("and would say so", () => {
    expect(check("sh", "echo $1\n").stdout).toContain("SC2086");
  });
});
