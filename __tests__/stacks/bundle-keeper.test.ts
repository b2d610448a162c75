import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { bundle, bundleKeeper } from "../../stacks/bundle-keeper";
import { temporaryDirectory } from "../builders/output";

const root = temporaryDirectory();
const ROOT = resolve(__dirname, "../..");

const { text, sha256 } = bundleKeeper();
/** Packages that are part of the text. */
const packages = new Set(
  [...text.matchAll(/^\/\/ (node_modules\/(?:@[^/]+\/)?[^/]+)\//gm)].map(([, path]) => path!),
);

/** A copy of what the keeper is made of, at another place. */
function copied(name: string): string {
  const at = join(root, name);
  mkdirSync(at);
  for (const folder of ["keeper", "model", ...packages])
    cpSync(join(ROOT, folder), join(at, folder), { recursive: true });
  return at;
}

describe("bundleKeeper", () => {
  it("says the SHA-256 of the text", () => {
    expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
  });

  it("makes the same text anywhere, whatever a tsconfig.json says there", () => {
    const elsewhere = copied("elsewhere");
    writeFileSync(join(elsewhere, "tsconfig.json"), '{ "compilerOptions": { "target": "es5" } }');
    expect(bundle(elsewhere, "keeper/main.ts")).toEqual({ text, sha256 });
    expect(text).not.toContain(ROOT);
  });

  it("needs nothing but Node's own modules", () => {
    const imported = [...text.matchAll(/^import (?:.*? from )?"([^"]+)";$/gm)].map(([, name]) => name!);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !builtinModules.includes(name.replace(/^node:/, "")))).toEqual([]);
    expect(text).not.toMatch(/\brequire\(|Dynamic require/);
  });

  it("is a program that Node reads", () => {
    const path = join(root, "keeper.mjs");
    writeFileSync(path, text);
    const { status, stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("is another program when a source differs", () => {
    const changed = copied("changed");
    writeFileSync(join(changed, "keeper/main.ts"), 'console.log("another");\n');
    expect(bundle(changed, "keeper/main.ts").sha256).not.toBe(sha256);
  });

  it("names the place of a mistake", () => {
    const broken = copied("broken");
    writeFileSync(join(broken, "keeper/main.ts"), "const = 1;\n");
    expect(() => bundle(broken, "keeper/main.ts")).toThrow("keeper/main.ts:1:6: ERROR: ");
  });
});
