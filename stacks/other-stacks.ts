import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type App, Manifest, type StackManifest } from "cdktf";

/** What an earlier synth wrote about stacks that this one is not about. */
export interface OtherStacks {
  /** Entries of manifest.json by stack id. */
  readonly entries: Readonly<Record<string, StackManifest>>;
  /** Why this synth may not go ahead without them; undefined: it may. */
  readonly refusal?: string;
}

/** Directories that a refusal names at most. */
const NAMED = 3;

/**
 * Reads what manifest.json says of the stacks that are not in the app. The cdktf command line removes every directory
 * below `stacks/` that the manifest does not name, so a synth of some stacks must leave none of the others out.
 */
export function readOtherStacks(app: App): OtherStacks {
  const path = join(app.outdir, Manifest.fileName);
  const own = new Set(app.node.children.map(({ node }) => node.id));
  let entries: Record<string, StackManifest>;
  try {
    entries = existsSync(path) ? entriesOf(readFileSync(path, "utf8")) : {};
  } catch (error) {
    return { entries: {}, refusal: `${path}: cannot be read (${(error as Error).message}); ${WAY_OUT}` };
  }
  const strangers = stackDirectories(app.outdir).filter((id) => !own.has(id) && !Object.hasOwn(entries, id));
  if (strangers.length > 0) {
    const more = strangers.length > NAMED ? ` and ${strangers.length - NAMED} more` : "";
    const named = strangers.slice(0, NAMED).map((id) => `${Manifest.stacksFolder}/${id}`);
    return {
      entries: {},
      refusal: `${path}: does not name ${named.join(", ")}${more}, and cdktf would remove what it does not name; ${WAY_OUT}`,
    };
  }
  return { entries: Object.fromEntries(Object.entries(entries).filter(([id]) => !own.has(id))) };
}

/** Makes the manifest that the app will write name the others too: one write, so that none is missing in between. */
export function keepOtherStacks(app: App, entries: OtherStacks["entries"]): void {
  Object.assign(app.manifest.buildManifest().stacks, entries);
}

/** The ids that have a directory in the output, sorted. What begins with a dot is a tool's own, such as Terragrunt's cache. */
export function stackDirectories(outdir: string): string[] {
  const stacks = join(outdir, Manifest.stacksFolder);
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

const WAY_OUT = "synthesize every stack once, without FLEET_STACKS";

function entriesOf(text: string): Record<string, StackManifest> {
  const { stacks } = JSON.parse(text) as { readonly stacks?: unknown };
  if (typeof stacks !== "object" || stacks === null) throw new TypeError("it has no stacks");
  return stacks as Record<string, StackManifest>;
}
