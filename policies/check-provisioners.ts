import { blocksOf } from "./blocks";
import { objectsOf } from "./plain-json";
import type { Attributes, FinishedStack, Policy, Resource } from "./policy";

/** What works on the machine; others, such as local-exec, work on whatever deploys. */
const ON_THE_MACHINE = new Set(["file", "remote-exec"]);

export const checkProvisioners: Policy = {
  id: "provisioners",
  rule: "Provisioners run on the machine, log in by key, and have no secret in a command.",
  reason: "A command is in the plan and in every list of processes; a local one runs on whatever deploys.",
  fix: "Send secrets by a file provisioner, log in by key or agent, run commands by remote-exec.",
  check: (stack) => {
    const secret = secretVariables(stack);
    return stack.resources.flatMap((on) => problemsOf(on, secret).map((message) => ({ on, message })));
  },
};

const problemsOf = ({ attributes }: Resource, secret: RegExp): string[] => [
  ...blocksOf(attributes, "connection").flatMap(checkConnection),
  ...blocksOf(attributes, "provisioner").flatMap((provisioner) =>
    Object.keys(provisioner).flatMap((kind) =>
      blocksOf(provisioner, kind).flatMap((settings) => checkProvisioner(kind, settings, secret)),
    ),
  ),
];

const checkProvisioner = (kind: string, settings: Attributes, secret: RegExp): string[] => [
  ...(ON_THE_MACHINE.has(kind)
    ? []
    : [
        `${kind} runs on whatever deploys, with its credentials; a laptop and CI would do different things; ` +
          "run it on the machine by remote-exec",
      ]),
  ...(kind === "remote-exec" && secret.test(JSON.stringify(settings["inline"] ?? ""))
    ? [
        "a command has a secret in it; every list of processes on the machine shows it; " +
          "send it by a file provisioner",
      ]
    : []),
  ...blocksOf(settings, "connection").flatMap(checkConnection),
];

const checkConnection = (connection: Attributes): string[] =>
  ["password", "bastion_password"]
    .filter((key) => connection[key] !== undefined && connection[key] !== null)
    .map((key) => `the connection has ${key}; it would be in the plan; log in by key or agent`);

/** Ephemeral values, and variables that are declared as secrets. */
function secretVariables({ terraform }: FinishedStack): RegExp {
  const variables = objectsOf(terraform["variable"])
    .flatMap((declared) => Object.keys(declared).map((name) => [name, blocksOf(declared, name)] as const))
    .filter(([, bodies]) =>
      bodies.some(({ sensitive, ephemeral }) => sensitive === true || ephemeral === true),
    )
    .map(([name]) => name.replace(/-/g, "\\-"));
  const named = variables.length > 0 ? `|\\bvar\\.(?:${variables.join("|")})(?![\\w-])` : "";
  return new RegExp(`\\bephemeral\\.${named}`);
}
