import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { App } from "cdktf";
import type { Fleet } from "../../model/fleet";
import { buildApp } from "../../stacks/build-app";

/** A directory that is gone after the test file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "fleet-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Every file below a directory: path from there -> text, sorted. */
export function filesBelow(directory: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(directory, path), readFileSync(path, "utf8")]),
  );
}

/** Synthesizes a fleet as main.ts does, without its checks. */
export function synthesize(fleet: Fleet, outdir: string): void {
  const app = new App({ outdir, stackTraces: false });
  buildApp(app, fleet);
  app.synth();
}
