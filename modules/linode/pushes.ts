import { TerraformLocal, TerraformResource, TerraformVariable } from "cdktf";
import type { ITerraformDependable, TerraformStack, TerraformVariableConfig } from "cdktf";
import type { LinodeBridge } from "./bridges";
import type { SshAccess } from "./ssh-access";

/** A secret that the person who deploys brings. */
export interface PushedSecret {
  /** Id of the customer whose secret it is. */
  readonly customer: string;
  /** Name of the Terraform variable that brings the value. */
  readonly variable: string;
  /** Name of the Terraform variable that says which version the value is of. */
  readonly versionVariable: string;
}

export interface LinodePushesProps {
  /** In the order of their numbers. */
  readonly bridges: readonly LinodeBridge[];
  readonly ssh: SshAccess;
  /** Terraform expression of the machines' files, without its braces: path -> text. */
  readonly files: string;
  /** Further files that are programs: path -> Terraform expression of its text. `FLEET_PUSH` is one of them. */
  readonly programs: Readonly<Record<string, string>>;
  /** env file -> variable -> where its value comes from. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, PushedSecret>>>>;
  /** The version of each customer's secrets that the machines shall have: `abc=1 xyz=2`. */
  readonly secretsVersion: string;
  /** What a person runs to set the variables. */
  readonly secretsCommand: string;
  /** What a person does to repeat a push that failed: `run: …`. Without apostrophes. */
  readonly again: string;
  readonly drainDeadlineMinutes: number;
  /** What must be there for a bridge to become healthy. */
  readonly after: readonly ITerraformDependable[];
}

/** The program that does a push on the machine. */
export const FLEET_PUSH = "/etc/fleet/programs/fleet-push";

/** Uploaded to root's home directory. The program removes both, and the script does where the program did not start. */
const JOB = "fleet-job.json";
const SECRETS = "fleet-secrets.json";
const PROGRAM = "fleet-push.py";

/**
 * Brings files, programs and secrets to the machines, one after the other: a failure stops before the next machine, and
 * the next deploy goes on with the one that failed.
 *
 *   bridge-1 --> push-1 --> push-2 --> … --> push-<size>
 *                             ^
 *                          bridge-2
 *
 * Terraform destroys all of the old pushes before it creates the first new one, which touches no machine.
 */
export function buildLinodePushes(stack: TerraformStack, props: LinodePushesProps): void {
  const { programs, secretsVersion, secretsCommand } = props;
  new TerraformLocal(stack, "programs", programs);
  new TerraformLocal(stack, "push_job", {
    files: `\${merge(${props.files}, local.programs)}`,
    secretsVersion,
    secretsCommand,
  });
  const secrets = declareSecrets(stack, props.secrets);
  let last: TerraformResource | undefined;
  for (const bridge of props.bridges) {
    const push = new TerraformResource(stack, `push-${bridge.number}`, {
      terraformResourceType: "terraform_data",
      dependsOn: [...props.after, ...(last ? [last] : [])],
    });
    push.addOverride("triggers_replace", {
      machine: bridge.machineId,
      files: "${sha256(jsonencode(local.push_job.files))}",
      secrets: secretsVersion,
      draining: bridge.draining,
    });
    push.addOverride("connection", props.ssh.connection(bridge));
    push.addOverride("provisioner", [
      { file: { content: "${jsonencode(local.push_job)}", destination: JOB } },
      // In a provisioner of its own, because Terraform hides the output of one that has a secret.
      { file: { content: `\${jsonencode(${secrets})}`, destination: SECRETS } },
      { "remote-exec": { inline: commands(bridge, props) } },
    ]);
    last = push;
  }
}

const commands = (bridge: LinodeBridge, props: LinodePushesProps): string[] => [
  "set -e",
  `trap 'rm -f ${SECRETS} ${JOB} ${PROGRAM}' EXIT`,
  `python3 -c 'import json; print(json.load(open("${JOB}"))["files"]["${FLEET_PUSH}"], end="")' > ${PROGRAM}`,
  [
    `python3 ${PROGRAM}`,
    `--machine '${bridge.label} (${bridge.address})'`,
    `--again '${props.again}'`,
    `--drain-minutes ${props.drainDeadlineMinutes}`,
    `push ${JOB} ${SECRETS}`,
    ...(bridge.draining ? ["--stay-drained"] : []),
  ].join(" "),
];

/**
 * Declares the variables of each secret: in no plan and in no state, and null unless the person who deploys sets them.
 *
 * @returns an expression: env file -> variable -> where its value is from, the value, and the version that it is of
 */
function declareSecrets(stack: TerraformStack, secrets: LinodePushesProps["secrets"]): string {
  const pushed = Object.values(secrets).flatMap((file) => Object.values(file));
  for (const name of new Set(pushed.map(({ variable }) => variable))) {
    declareEphemeral(stack, name, {
      type: "string",
      sensitive: true,
      description:
        "Brought to the machines by a push that needs it; a plan needs none. See fleet secrets env.",
    });
  }
  for (const name of new Set(pushed.map(({ versionVariable }) => versionVariable))) {
    declareEphemeral(stack, name, {
      type: "number",
      description:
        "The secretsVersion that the password beside it is of: a push takes no other than the data's. See fleet secrets env.",
    });
  }
  const entry = ([key, { customer, variable, versionVariable }]: readonly [string, PushedSecret]) =>
    `${key} = { from = "TF_VAR_${variable}", value = var.${variable}, ` +
    `version = { of = "${customer}", from = "TF_VAR_${versionVariable}", value = var.${versionVariable} } }`;
  const file = ([name, variables]: readonly [string, Readonly<Record<string, PushedSecret>>]) =>
    `"${name}" = { ${Object.entries(variables).map(entry).join(", ")} }`;
  return `{ ${Object.entries(secrets).map(file).join(", ")} }`;
}

function declareEphemeral(stack: TerraformStack, name: string, config: TerraformVariableConfig): void {
  const variable = new TerraformVariable(stack, name, config);
  variable.addOverride("ephemeral", true);
  variable.addOverride("default", null); // as a property, null is lost
}
