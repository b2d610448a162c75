import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { deployOrder } from "../../sandbox/demo/account-stacks";
import { readManifest } from "../../sandbox/workspace/stack-configuration";
import { aFleet, anAccount } from "../builders/fleet";
import { synthesize, temporaryDirectory } from "../builders/output";

const root = temporaryDirectory();

interface Unit {
  readonly dependencies?: readonly [{ readonly paths: readonly string[] }];
  readonly prevent_destroy?: boolean;
}

/** What HashiCorp's own parser reads in every terragrunt.hcl of an output. */
async function readUnits(synthesized: string): Promise<ReadonlyMap<string, Unit>> {
  const units = new Map<string, Unit>();
  for (const directory of readManifest(synthesized).values()) {
    const text = readFileSync(join(synthesized, directory, "terragrunt.hcl"), "utf8");
    units.set(directory, (await parse("terragrunt.hcl", text)) as Unit);
  }
  return units;
}

const pathsOf = ({ dependencies }: Unit): readonly string[] => dependencies?.[0].paths ?? [];

/** Asserts that paths lead to stacks, and that the order of a deploy has each after what its file names: so no cycle. */
function expectOrder(synthesized: string, units: ReadonlyMap<string, Unit>): void {
  const order = deployOrder(synthesized).map((id) => `stacks/${id}`);
  expect([...units.keys()].sort()).toEqual([...order].sort());
  for (const [directory, unit] of units) {
    for (const path of pathsOf(unit)) {
      const target = normalize(join(directory, path));
      expect({ directory, path, there: existsSync(join(synthesized, target, "cdk.tf.json")) }).toEqual({
        directory,
        path,
        there: true,
      });
      expect([target, directory]).toEqual(
        [target, directory].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
      );
    }
  }
}

describe("terragrunt.hcl", () => {
  it("puts the example accounts in the order of their deploy, and guards every stack that may not go", async () => {
    const units = await readUnits("synthesized");
    expectOrder("synthesized", units);
    expect(Object.fromEntries([...units].map(([directory, unit]) => [directory, pathsOf(unit)])))
      .toMatchInlineSnapshot(`
      {
        "stacks/account-acme": [],
        "stacks/account-globex": [],
        "stacks/bridges-acme-eu-burst": [
          "../account-acme",
          "../customer-abc",
        ],
        "stacks/bridges-acme-nl-static": [
          "../account-acme",
          "../customer-abc",
        ],
        "stacks/bridges-globex-eu-burst": [
          "../account-globex",
          "../customer-xyz",
          "../customer-xyz-europe",
        ],
        "stacks/bridges-globex-us-burst": [
          "../account-globex",
          "../customer-xyz",
        ],
        "stacks/bridges-globex-us-static": [
          "../account-globex",
          "../customer-xyz",
        ],
        "stacks/customer-abc": [
          "../account-acme",
        ],
        "stacks/customer-xyz": [
          "../account-globex",
        ],
        "stacks/customer-xyz-europe": [
          "../account-globex",
        ],
      }
    `);
    expect([...units].filter(([, unit]) => unit.prevent_destroy !== true)).toEqual([]);
  });

  it("is what docs/neighbours.md shows, but for comments", async () => {
    const [, shown] = /```hcl\n([^]*?)```/.exec(readFileSync("docs/neighbours.md", "utf8"))!;
    const units = await readUnits("synthesized");
    expect(await parse("terragrunt.hcl", shown!)).toEqual(units.get("stacks/bridges-acme-eu-burst"));
  });

  it("lets what is retired go, pools before customers", async () => {
    const outdir = join(root, "retired");
    const retired = ["customer-old", "bridges-acme-old"];
    synthesize(aFleet({ accounts: [anAccount({ retired })] }), outdir);
    const units = await readUnits(outdir);
    expectOrder(outdir, units);
    expect(units.get("stacks/customer-old")).toEqual({
      dependencies: [{ paths: ["../account-acme", "../bridges-acme-old"] }],
    });
    expect(units.get("stacks/bridges-acme-old")).toEqual({
      dependencies: [{ paths: ["../account-acme"] }],
    });
  });
});
