import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { aFleet, anAccount } from "../builders/fleet";
import { filesBelow, synthesize, temporaryDirectory } from "../builders/output";
import { buildApp } from "../../stacks/build-app";
import { keepOtherStacks } from "../../stacks/other-stacks";
import { planOutput } from "../../stacks/output-directory";
import { planStacks } from "../../stacks/planned-stack";

const root = temporaryDirectory();
const whole = join(root, "whole");
const fleet = aFleet({ accounts: [anAccount({ retired: ["bridges-acme-old"] })] });
const manifestOf = (outdir: string) => filesBelow(outdir).get("manifest.json")!;
const namesIn = (outdir: string) =>
  Object.keys((JSON.parse(manifestOf(outdir)) as { readonly stacks: object }).stacks);

/** Synthesizes some stacks as main.ts does. Returns why not. */
function synthesizeSome(outdir: string, ...ids: readonly string[]): readonly string[] {
  const app = new App({ outdir, stackTraces: false });
  buildApp(
    app,
    fleet,
    planStacks(fleet).filter(({ id }) => ids.includes(id)),
  );
  const { refusals, leftovers, others } = planOutput(app, fleet, true);
  expect(leftovers).toEqual([]);
  if (refusals.length > 0) return refusals;
  keepOtherStacks(app, others);
  app.synth();
  return [];
}

beforeEach(() => {
  rmSync(whole, { recursive: true, force: true });
  synthesize(fleet, whole);
});

describe("a synth of some stacks", () => {
  it("writes the same bytes as the full synth, and no other stack, into an empty directory", () => {
    const some = join(root, "some");
    expect(synthesizeSome(some, "customer-abc", "bridges-acme-old")).toEqual([]);
    expect(namesIn(some)).toEqual(["bridges-acme-old", "customer-abc"]);
    const { "manifest.json": _, ...files } = Object.fromEntries(filesBelow(some));
    const expected = [...filesBelow(whole)].filter(([path]) => /customer-abc|acme-old/.test(path));
    expect(files).toEqual(Object.fromEntries(expected));
  });

  it("changes no byte of an output that is fresh, its manifest included", () => {
    const before = filesBelow(whole);
    mkdirSync(join(whole, "stacks/.terragrunt-cache")); // no stack
    expect(synthesizeSome(whole, "bridges-acme-eu-burst")).toEqual([]);
    expect(filesBelow(whole)).toEqual(before);
  });

  it("writes only its own stacks, and keeps the manifest's entries of others, whatever they say", () => {
    const stale = join(whole, "stacks/customer-abc/cdk.tf.json");
    writeFileSync(stale, "{}");
    const gone = `"customer-gone": { "annotations": [{ "level": "@cdktf/warn" }], "name": "customer-gone" }`;
    writeFileSync(
      join(whole, "manifest.json"),
      manifestOf(whole).replace('"stacks": {', `"stacks": {${gone},`),
    );
    const before = filesBelow(whole);
    rmSync(join(whole, "stacks/account-acme"), { recursive: true });
    expect(synthesizeSome(whole, "account-acme")).toEqual([]);

    const after = filesBelow(whole);
    const changed = [...before].filter(([path, text]) => after.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual(["manifest.json"]); // only its spaces
    expect(JSON.parse(manifestOf(whole))).toEqual(JSON.parse(before.get("manifest.json")!));
  });

  it("holds the refusals of its own stacks, and asks nothing of others", () => {
    for (const id of ["customer-abc", "bridges-acme-old"]) {
      writeFileSync(join(whole, "stacks", id, "cdk.tf.json"), "{ cut off");
    }
    expect(synthesizeSome(whole, "customer-abc")).toEqual([]);
    expect(synthesizeSome(whole, "bridges-acme-old")).toEqual([
      expect.stringContaining("its cdk.tf.json cannot be read"),
    ]);
  });

  it.each([
    [
      "is gone",
      undefined,
      /manifest.json: does not name stacks\/account-acme, .* and 1 more, and cdktf would/,
    ],
    ["is cut off", '{ "stacks', /manifest.json: cannot be read \(.+\); synthesize every stack once, without/],
    ["names no stacks", '{ "stacks": null }', /manifest.json: cannot be read \(it has no stacks\); /],
  ])("refuses to lose other stacks when the manifest %s", (_, text, refusal) => {
    if (text === undefined) rmSync(join(whole, "manifest.json"));
    else writeFileSync(join(whole, "manifest.json"), text);
    const before = filesBelow(whole);
    expect(synthesizeSome(whole, "customer-abc")).toEqual([expect.stringMatching(refusal)]);
    expect(filesBelow(whole)).toEqual(before);
  });

  it("needs no manifest when the directory holds its own stacks only", () => {
    const some = join(root, "interrupted");
    mkdirSync(join(some, "stacks/customer-abc"), { recursive: true });
    expect(synthesizeSome(some, "customer-abc")).toEqual([]);
    expect(namesIn(some)).toEqual(["customer-abc"]);
  });
});
