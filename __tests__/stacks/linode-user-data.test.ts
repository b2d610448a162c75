import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Testing } from "cdktf";
import { LinodeBridgesStack } from "../../stacks/linode-bridges-stack";
import { servedServer } from "../../stacks/served-server";
import { writeStackFiles } from "../../stacks/write-stack-files";
import { aCustomer, aLinodePool, anAccount } from "../builders/fleet";
import { temporaryDirectory } from "../builders/output";
import { hasRealTool } from "../builders/real-tool";
import type { Terraform } from "../builders/terraform";

const FILES = new Map([
  ["/etc/fleet/compose.yaml", "services: {}\n"],
  ["/etc/fleet/jvb.env", "A=${B} %{C} <&> \"quoted\" 'too' \\n ünï\n"],
]);
const CLOUD_INIT = `#cloud-config
# a comment
package_update: true
write_files:
  - path: /usr/local/sbin/fleet-apply
    permissions: '0755'
    content: |
      #!/bin/sh
      echo "\${1} %{x}"
runcmd: [[/usr/local/sbin/fleet-apply, linode]]
`;

const directory = temporaryDirectory();
const hasTerraform = hasRealTool("terraform", "the user data of Linodes was not evaluated", [
  "terraform",
  "version",
]);

const stackOf = (files: ReadonlyMap<string, string>) => {
  const account = anAccount();
  return new LinodeBridgesStack(Testing.app(), {
    account,
    pool: aLinodePool(),
    placementGroupLimit: 5,
    served: [servedServer(account, aCustomer())],
    source: "x",
    files,
    cloudInit: CLOUD_INIT,
    programs: new Map(),
  });
};

/** What the machine is given, by the real Terraform. */
function evaluated(files: ReadonlyMap<string, string> = FILES): string {
  const stack = stackOf(files);
  const { locals } = JSON.parse(Testing.synth(stack)) as Terraform;
  writeStackFiles(directory, stack.files.all);
  writeFileSync(join(directory, "locals.tf.json"), JSON.stringify({ locals }));
  const output = execFileSync("terraform", [`-chdir=${directory}`, "console"], {
    input: "local.user_data",
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" },
  });
  return JSON.parse(output) as string;
}

(hasTerraform ? describe : describe.skip)("linodeUserData", () => {
  const unpacked = () => gunzipSync(Buffer.from(evaluated(), "base64")).toString();

  it("is a cloud-init document with the machine's files beside its own", () => {
    const [header, json] = unpacked().split("\n", 2);
    expect(header).toBe("#cloud-config");
    expect(JSON.parse(json!)).toEqual({
      package_update: true,
      write_files: [
        {
          path: "/usr/local/sbin/fleet-apply",
          permissions: "0755",
          content: '#!/bin/sh\necho "${1} %{x}"\n',
        },
        ...[...FILES].map(([path, content]) => ({ path, permissions: "0644", content })),
      ],
      runcmd: [["/usr/local/sbin/fleet-apply", "linode"]],
    });
  });

  it("leaves Telegraf's settings to the first push, which its start waits for", () => {
    const path = "/etc/fleet/telegraf/telegraf.conf";
    const [, json] = gunzipSync(Buffer.from(evaluated(new Map([...FILES, [path, "[agent]\n"]])), "base64"))
      .toString()
      .split("\n", 2);
    const { write_files } = JSON.parse(json!) as {
      readonly write_files: readonly { readonly path: string }[];
    };
    expect(write_files.find((file) => file.path === path)).toEqual({
      path,
      permissions: "0644",
      content: "# The first push brings it.\n",
    });
  });

  it("is measured on the safe side, and not far from the truth", () => {
    // Text that does not compress, as much of it as just passes the check.
    const noise = (lines: number) => {
      const words = Array.from({ length: lines }, (_, i) =>
        ((i * 2_654_435_761) % 4_294_967_296).toString(36),
      );
      return new Map([["/etc/fleet/noise", words.join("\n")]]);
    };
    const passes = (lines: number) => {
      try {
        return stackOf(noise(lines)) instanceof LinodeBridgesStack;
      } catch {
        return false;
      }
    };
    let lines = 1000;
    while (passes(lines + 50)) lines += 50;
    const { length } = evaluated(noise(lines));
    expect(length).toBeLessThanOrEqual(16_384);
    expect(length).toBeGreaterThan(13_500);
  });
});
