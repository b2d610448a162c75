import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORMS_OWN } from "../../sandbox/workspace/working-copy";
import { DeployProblem } from "./deployer";

/** What Terraform reads by itself, whatever else the name says. */
const READ_BY_TERRAFORM = /\.(tf|tfvars)(\.json)?$/;

/**
 * Looks at the files beside a synthesized stack that nobody reviews, because git ignores them, and that Terraform reads
 * all the same, after all others. One that leads the state elsewhere is for a trial, and is named; any other is refused.
 *
 * @param synthesized the committed output
 * @returns a line about each file that leads a state elsewhere
 * @throws DeployProblem when a file says anything else
 */
export function checkOverrides(stacks: readonly string[], synthesized: string): string[] {
  const files = stacks.flatMap((stack) => {
    const directory = join(synthesized, "stacks", stack);
    if (!existsSync(directory)) return [];
    return readdirSync(directory)
      .filter((name) => TERRAFORMS_OWN.test(name) && READ_BY_TERRAFORM.test(name))
      .map((name) => ({ shown: `synthesized/stacks/${stack}/${name}`, path: join(directory, name) }));
  });
  const refused = files.filter(({ path }) => !isOnlyBackend(path));
  if (refused.length > 0) {
    throw new DeployProblem(
      `Terraform would also read what nobody has reviewed:\n\n${refused.map(({ shown }) => `  ${shown}`).join("\n")}\n\n` +
        "Move it away: what is deployed is what was reviewed. Only a backend may be overridden, for a trial.",
    );
  }
  return files.map(({ shown }) => `${shown} leads the state elsewhere than the data say.`);
}

/** True for `{"terraform": {"backend": …}}`. */
function isOnlyBackend(path: string): boolean {
  try {
    const { terraform, ...others } = JSON.parse(readFileSync(path, "utf8")) as Record<string, object>;
    return Object.keys(others).length === 0 && Object.keys(terraform ?? {}).join() === "backend";
  } catch {
    return false; // Terraform is not the one to find out.
  }
}
