import { DeployProblem } from "./deployer";

/** Settings that make Terraform plan something else than what the data say, or somewhere else. */
const MISLEADING = /^TF_(WORKSPACE|DATA_DIR|CLI_ARGS(_(plan|apply|show))?)$/;

/**
 * What Terraform finds in its environment on the real clouds: all that the caller has. TF_VAR_…, TF_LOG,
 * TF_PLUGIN_CACHE_DIR and the like count here; a rehearsal is without them.
 *
 * @throws DeployProblem when a setting would change what is planned, or where
 */
export function ownEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const own = Object.entries(environment).filter((each): each is [string, string] => each[1] !== undefined);
  const misleading = own.filter(([name, value]) => MISLEADING.test(name) && value !== "");
  if (misleading.length > 0) {
    throw new DeployProblem(
      `${misleading.map(([name, value]) => `${name}=${value}`).join(", ")} would make Terraform plan something else than ` +
        "what the data say, or somewhere else. Nothing was planned. Unset it: every stack is planned whole, in its default " +
        "workspace.",
    );
  }
  // Wins over a workspace that somebody has selected in the stack's directory.
  return { ...Object.fromEntries(own), TF_WORKSPACE: "default" };
}
