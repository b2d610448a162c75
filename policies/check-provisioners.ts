import { blocksOf } from "./blocks";
import type { Attributes, Finding, FinishedStack, Policy, Resource } from "./policy";

export const checkProvisioners: Policy = {
  id: "provisioners",
  rule: "Provisioners run on the machine, log in by key, and have no secret in a command.",
  reason: "A command is in the plan and in every list of processes; a local one runs on whatever deploys.",
  fix: "Send secrets by a file provisioner, log in by key or agent, run commands by remote-exec.",
  check: (stack) => stack.resources.flatMap((on) => checkResource(on, secretVariables(stack))),
};

function checkResource(on: Resource, secret: RegExp): Finding[] {
  const { connection } = on.attributes;
  const shared = connection === undefined ? [] : [connection as Attributes];
  return [
    ...shared.flatMap((each) => checkConnection(on, each)),
    ...blocksOf(on.attributes, "provisioner").flatMap((provisioner) =>
      Object.entries(provisioner as Readonly<Record<string, Attributes>>).flatMap(([kind, settings]) => [
        ...(kind === "local-exec"
          ? [
              {
                on,
                message:
                  "local-exec runs on whatever deploys, with its credentials; a laptop and CI would do different " +
                  "things; run it on the machine by remote-exec",
              },
            ]
          : []),
        ...(kind === "remote-exec" && secret.test(JSON.stringify(settings["inline"] ?? ""))
          ? [
              {
                on,
                message:
                  "a command has a secret in it; every list of processes on the machine shows it; " +
                  "send it by a file provisioner",
              },
            ]
          : []),
        ...blocksOf(settings, "connection").flatMap((each) => checkConnection(on, each)),
      ]),
    ),
  ];
}

const checkConnection = (on: Resource, connection: Attributes): Finding[] =>
  ["password", "bastion_password"]
    .filter((key) => ![undefined, null].includes(connection[key] as undefined))
    .map((key) => ({
      on,
      message: `the connection has ${key}; it would be in the plan; log in by key or agent`,
    }));

/** Ephemeral values, and variables that are declared as secrets. */
function secretVariables({ terraform }: FinishedStack): RegExp {
  const variables = Object.entries((terraform["variable"] ?? {}) as Record<string, Attributes>)
    .filter(([, { sensitive, ephemeral }]) => sensitive === true || ephemeral === true)
    .map(([name]) => name.replace(/-/g, "\\-"));
  const named = variables.length > 0 ? `|\\bvar\\.(?:${variables.join("|")})(?![\\w-])` : "";
  return new RegExp(`\\bephemeral\\.${named}`);
}
