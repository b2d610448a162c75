import { TerraformVariable } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Account } from "../../model/fleet";

/** Arguments of a Terraform `connection` block, and what a destroy-time provisioner must be told beforehand. */
export interface SshAccess {
  /** Connection to a machine, for provisioners that run at creation. */
  connection(machine: SshMachine): Readonly<Record<string, unknown>>;
  /** The settings of the person who deploys, as values of a resource: destroy-time provisioners see nothing else. */
  readonly settings: Readonly<Record<string, string>>;
  /** Connection to a machine by the settings that the resource `self` has kept, with its `host` and `host_key`. */
  readonly connectionBySelf: Readonly<Record<string, unknown>>;
}

export interface SshMachine {
  /** Its address; may be a Terraform expression. */
  readonly address: string;
  /** Its public host key; left out: any is taken. */
  readonly hostKey: string | undefined;
}

/** In root's home directory, which nobody else may enter; Terraform empties it and leaves it, so it has one name. */
const SCRIPT_PATH = "./fleet-push.sh";

/** How long a destroy waits for a machine that does not answer; it then fails, and the machine stays. */
const DESTROY_TIMEOUT = "2m";

/**
 * How Terraform reaches Linode machines: as root over SSH, with the agent or a key file of the person who deploys, and
 * by way of a bastion where the account or that person has one. A plan opens no connection and needs none of it.
 */
export function declareSshAccess(stack: TerraformStack, bastion: Account["operators"]["bastion"]): SshAccess {
  const keyFile = declare(
    stack,
    "private_key_file",
    "string",
    undefined,
    "Path of the private key to log in with (default: the SSH agent). A key with a passphrase needs the agent.",
  );
  const settings = {
    private_key_file: keyFile,
    bastion_host: declare(
      stack,
      "bastion_host",
      "string",
      bastion?.host,
      'Machine to go by way of (default: operators.bastion of the account). "" goes directly.',
    ),
    bastion_port: declare(stack, "bastion_port", "number", bastion?.port ?? 22, "Its SSH port."),
    bastion_user: declare(stack, "bastion_user", "string", bastion?.user ?? "root", "User to log in there."),
    bastion_host_key: declare(
      stack,
      "bastion_host_key",
      "string",
      bastion?.hostKey,
      "Its public host key (default: that of the account, else any is taken).",
    ),
  };
  const timeout = declare(
    stack,
    "timeout",
    "string",
    "10m",
    "How long a push waits for SSH: a new machine boots first. A wrong key or host key shows only then.",
  );
  return {
    connection: ({ address, hostKey }) => ({
      ...connection((name) => `var.ssh_${name}`),
      host: address,
      timeout,
      ...(hostKey !== undefined && {
        host_key: knownHosts((name) => `var.ssh_${name}`, address, JSON.stringify(hostKey)),
      }),
    }),
    settings,
    connectionBySelf: {
      ...connection((name) => `self.output.${name}`),
      ...keyFileOrAgent("self.output.private_key_file"),
      host: "${self.output.host}",
      host_key: knownHosts((name) => `self.output.${name}`, "self.output.host", "self.output.host_key"),
      timeout: DESTROY_TIMEOUT,
    },
  };
}

/** @param value expression of a setting, by its name */
const connection = (value: (name: string) => string) => ({
  type: "ssh",
  user: "root",
  agent: `\${${value("private_key_file")} == null}`,
  private_key: `\${${value("private_key_file")} == null ? null : file(pathexpand(${value("private_key_file")}))}`,
  script_path: SCRIPT_PATH,
  ...Object.fromEntries(
    ["bastion_host", "bastion_port", "bastion_user", "bastion_host_key"].map((name) => [
      name,
      `\${${value(name)}}`,
    ]),
  ),
});

/**
 * The key file that the last deploy named may be on the disk of another person: whoever has it not logs in with the
 * agent.
 */
function keyFileOrAgent(file: string) {
  const path = `pathexpand(coalesce(${file}, "-"))`;
  return {
    agent: `\${!fileexists(${path})}`,
    private_key: `\${fileexists(${path}) ? file(${path}) : null}`,
  };
}

/**
 * What Terraform is told of a machine's host key. Terraform writes "<host> <host_key>" into a file of known hosts. Its
 * release 1.11.4 (run) holds the bastion against `host_key`, too, and nobody against `bastion_host_key`; the first line
 * of a host and key type counts. So with a bastion, that line gets a key which no machine can have, and two more lines
 * name the keys of both.
 *
 * @param value expression of a setting, by its name
 * @param host expression of the machine's address
 * @param key expression of its key, which may be null
 */
function knownHosts(value: (name: string) => string, host: string, key: string): string {
  const line = (at: string, port: string, of: string) => `\\n@cert-authority [\${${at}}]:${port} \${${of}}`;
  const bastionKey = `coalesce(${value("bastion_host_key")}, "${NOBODYS_KEY}")`;
  const both =
    NOBODYS_KEY +
    line(value("bastion_host"), `\${${value("bastion_port")}}`, bastionKey) +
    line(host, "22", key);
  const direct = `coalesce(${value("bastion_host")}, "-") == "-"`;
  return `\${${key} == null || ${direct} ? ${key} : "${both}"}`;
}

/** Of a type that authenticates people and no machine. */
const NOBODYS_KEY =
  "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABHNzaDo=";

/** A variable `ssh_<name>`; returns its expression. */
function declare(
  stack: TerraformStack,
  name: string,
  type: "string" | "number",
  value: string | number | undefined,
  description: string,
): string {
  const variable = new TerraformVariable(stack, `ssh_${name}`, { type, description });
  variable.addOverride("default", value ?? null); // as a property, null is lost
  return `\${var.ssh_${name}}`;
}
