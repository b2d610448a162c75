import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Testing } from "cdktf";
import { CustomerStack } from "../../stacks/customer-stack";
import { writeStackFiles } from "../../stacks/write-stack-files";
import { aCustomer, aGcpPool, anAccount } from "../builders/fleet";
import { temporaryDirectory } from "../builders/output";
import { hasRealTool } from "../builders/real-tool";
import type { Terraform } from "../builders/terraform";

const BOARD = "/etc/fleet/grafana/dashboards/customer.json";
const PLAIN: [string, string][] = [["/etc/fleet/compose.yaml", "services: {}\n"]];
const TEXT = '{ "query": "a < b && ${C} %{D} ünï" }\n';

const directory = temporaryDirectory();
const hasTerraform = hasRealTool("terraform", "compressed metadata was not evaluated", [
  "terraform",
  "version",
]);

const stackOf = (files: readonly [string, string][]) =>
  new CustomerStack(Testing.app(), {
    account: anAccount(),
    customer: aCustomer(),
    pools: [aGcpPool()],
    source: "x",
    files: new Map([...PLAIN, ...files]),
    cloudInit: "#cloud-config\n",
  });

const metadataOf = (stack: CustomerStack) =>
  (JSON.parse(Testing.synth(stack)) as Terraform).resource.google_compute_instance.server.metadata as Record<
    string,
    string
  >;

/** Numbers that do not compress well, as text. */
const noise = (lines: number) =>
  Array.from({ length: lines }, (_, i) => ((i * 2_654_435_761) % 4_294_967_296).toString(36)).join("\n");

describe("googleMetadata", () => {
  it("has no compressed value where no file belongs there: templates of bridges stay as they are", () => {
    expect(Object.keys(metadataOf(stackOf([])))).not.toContain("fleet-files-compressed");
  });

  it("shows compressed files as text beside the stack", () => {
    expect(stackOf([[BOARD, TEXT]]).files.all.get(`files/server${BOARD}`)).toBe(TEXT);
  });

  it.each([
    [20_000, undefined],
    [
      60_000,
      /^customer-abc: metadata "fleet-files-compressed" has \d{6} bytes, and the cloud takes at most 262144\./,
    ],
  ])("measures the compressed size: %i lines", (lines, error) => {
    const build = () => stackOf([[BOARD, noise(lines)]]);
    if (error) expect(build).toThrow(error);
    else expect(build).not.toThrow();
  });

  it("refuses what is too much only in all", () => {
    const files: [string, string][] = [
      ["/etc/fleet/a", "x".repeat(260_000)],
      [BOARD, noise(37_000)],
    ];
    for (const file of files) expect(() => stackOf([file])).not.toThrow();
    expect(() => stackOf(files)).toThrow(
      /^customer-abc: metadata has \d{6} bytes, and the cloud takes at most 500000\./,
    );
  });

  it("refuses what fleet-apply would not unpack", () => {
    expect(() => stackOf([[BOARD, " ".repeat(4_200_000)]])).toThrow(
      'customer-abc: "fleet-files-compressed" has 4200050 bytes when unpacked, and fleet-apply refuses more than 4194304.',
    );
  });
});

(hasTerraform ? describe : describe.skip)("googleMetadata, evaluated by Terraform,", () => {
  const evaluated = (stack: CustomerStack) => {
    const { locals } = JSON.parse(Testing.synth(stack)) as Terraform;
    const metadata = metadataOf(stack);
    const values = ["fleet-files", "fleet-files-compressed"].map((key) => metadata[key]!);
    writeStackFiles(directory, stack.files.all);
    writeFileSync(join(directory, "locals.tf.json"), JSON.stringify({ locals: { ...locals, both: values } }));
    const output = execFileSync("terraform", [`-chdir=${directory}`, "console"], {
      input: "jsonencode(local.both)",
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" },
    });
    return JSON.parse(JSON.parse(output) as string) as [string, string];
  };
  const unpacked = (value: string): unknown =>
    JSON.parse(gunzipSync(Buffer.from(value, "base64")).toString());

  it("has every text once, and every path in the value that all programs read", () => {
    const [plain, compressed] = evaluated(stackOf([[BOARD, TEXT]]));
    expect(JSON.parse(plain)).toEqual({ ...Object.fromEntries(PLAIN), [BOARD]: "" });
    expect(unpacked(compressed)).toEqual({ [BOARD]: TEXT });
  });

  it("is measured on the safe side, and not far from the truth", () => {
    let lines = 30_000;
    const fits = (count: number) => {
      try {
        return Boolean(stackOf([[BOARD, noise(count)]]));
      } catch {
        return false;
      }
    };
    while (fits(lines + 500)) lines += 500;
    const [, { length }] = evaluated(stackOf([[BOARD, noise(lines)]]));
    expect(length).toBeLessThanOrEqual(262_144);
    expect(length).toBeGreaterThan(220_000);
  });
});
