import { createHash } from "node:crypto";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** The keeper as one file, as servers start it. */
export interface KeeperProgram {
  /** An ES module that needs nothing but Node's own modules. */
  readonly text: string;
  /** In hex. */
  readonly sha256: string;
}

let bundled: KeeperProgram | undefined;

/**
 * Makes one file of `keeper/main.ts` and all that it imports. The same sources give the same text on every machine: it
 * names files from the repository's root. It is not minified, because a review reads it. Made once: the sources do not
 * change while a process synthesizes.
 */
export function bundleKeeper(): KeeperProgram {
  bundled ??= bundle(join(__dirname, ".."), "keeper/main.ts");
  return bundled;
}

/** @param root Directory that the names in the text begin from. */
export function bundle(root: string, entry: string): KeeperProgram {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20.9",
    charset: "utf8",
    preserveSymlinks: true, // names in the text are the same where node_modules is a link
    legalComments: "eof", // of packages: their licences want it
    // What a tsconfig.json up the tree says is no part of the sources.
    tsconfigRaw: {},
    logLevel: "silent",
  });
  const text = outputFiles[0]!.text;
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}
