import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Why an accounts directory may not use an output: another accounts directory beside it has been synthesized there. An
 * accounts directory that was renamed keeps its output, because the old one is there no more.
 *
 * @param output @default `synthesized/` beside the accounts
 */
export function outputOfOthers(
  accounts: string,
  output: string = join(accounts, "..", "synthesized"),
): string | undefined {
  const own = basename(resolve(accounts));
  const other = directoryOf(output);
  if (other === undefined || other === own || !existsSync(join(dirname(resolve(output)), other)))
    return undefined;
  const name = basename(resolve(output));
  return (
    `${name}/ is of ${other}/, and ${own}/ cannot share it, nor what deploys keep beside it (.fleet/, .rehearsal/): ` +
    `give ${own}/ a directory of its own, such as ${own}-fleet/${own}/`
  );
}

/** The name of the accounts directory that an output was made from; undefined where there is none, or none can be read. */
function directoryOf(output: string): string | undefined {
  const stacks = join(output, "stacks");
  if (!existsSync(stacks)) return undefined;
  for (const id of readdirSync(stacks).sort()) {
    const path = join(stacks, id, "cdk.tf.json");
    const [root, account] = existsSync(path) ? (sourceIn(readFileSync(path, "utf8")) ?? "").split("/") : [];
    if (root && account) return root;
  }
  return undefined;
}

function sourceIn(text: string): string | undefined {
  try {
    const { "//": note } = JSON.parse(text) as { readonly "//"?: { readonly source?: string } };
    return note?.source;
  } catch {
    return undefined; // An interrupted synth wrote this; the next one may be whole.
  }
}
