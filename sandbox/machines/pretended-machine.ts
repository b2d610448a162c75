import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server } from "ssh2";
import { sshKey } from "./ssh-key";
import { onlyKey } from "./only-key";
import { PretendedBridge } from "./pretended-bridge";
import { receiveFile } from "./scp-sink";
import type { ServerChannel } from "ssh2";
import type { Duplex } from "node:stream";

export interface PretendedMachineOptions {
  /** Kept from one rehearsal to the next. */
  readonly directory: string;
  /** Its name at Linode. */
  readonly label: string;
  readonly address: string;
  /** Directory of the commands that it has in place of the real ones. */
  readonly commands: string;
  /** The public key that may log in. */
  readonly authorizedKey: string;
  readonly onEvent: (event: string) => void;
}

/** What Terraform's scp is called with; the directory is relative to the home directory, as our uploads are. */
const UPLOAD = /^'?scp'? -vt '?\.'?$/;

/** Terraform runs the script that it uploaded to the home directory. */
const OWN_SCRIPT = /^(?:chmod 0777 )?\.\/fleet-push\.sh\n?$/;

const NOT_FOUND = 127;

/**
 * A Linode after its first boot: an SSH server in this process, and a directory that stands for its root. What Terraform
 * uploads lands there, and its scripts run for real, as the person who rehearses: the programs of this project with a
 * pretended Docker and a pretended bridge.
 */
export class PretendedMachine {
  private constructor(
    private readonly options: PretendedMachineOptions,
    private readonly server: Server,
    readonly bridge: PretendedBridge,
  ) {}

  static async boot(options: PretendedMachineOptions): Promise<PretendedMachine> {
    const { directory, label, address, onEvent } = options;
    const [root, docker] = [join(directory, "root"), join(directory, "docker")];
    for (const each of ["root", "usr/local/sbin", "run/fleet", "etc"])
      mkdirSync(join(root, each), { recursive: true });
    mkdirSync(docker, { recursive: true });
    const hostEnv = join(root, "run/fleet/host.env");
    if (!existsSync(hostEnv)) {
      // What the first run of fleet-apply leaves; the secrets are not there yet, so nothing has started.
      writeFileSync(hostEnv, `FLEET_INSTANCE=${label}\nJVB_ADVERTISE_IPS=${address}\n`);
    }
    const bridge = await PretendedBridge.start({ root, docker, onEvent });
    const server = new Server({ hostKeys: hostKeys(directory).map((key) => key.private) });
    const machine = new PretendedMachine(options, server, bridge);
    server.on("connection", (client) => {
      client.on("authentication", onlyKey(options.authorizedKey));
      client.on("error", () => undefined); // whoever hangs up
      client.on("session", (accept) => {
        const session = accept();
        session.on("pty", (acceptTerminal) => acceptTerminal?.()); // Terraform asks for one
        session.on("exec", (acceptExec, _reject, { command }) => machine.execute(command, acceptExec()));
      });
    });
    return machine;
  }

  /** Stands for `/`. */
  get root(): string {
    return join(this.options.directory, "root");
  }

  /** Where its Docker keeps what it pretends. */
  get docker(): string {
    return join(this.options.directory, "docker");
  }

  /** Its public host key of this type, as `bridges.<id>.hostKey` takes it. */
  hostKey(type: "ecdsa" | "ed25519"): string {
    return hostKeys(this.options.directory)[type === "ecdsa" ? 0 : 1].public;
  }

  /** An SSH connection comes in. */
  connect(stream: Duplex): void {
    this.server.injectSocket(stream as never);
  }

  close(): void {
    this.bridge.close();
  }

  private execute(command: string, channel: ServerChannel): void {
    const home = join(this.root, "root");
    if (UPLOAD.test(command)) {
      return receiveFile(channel, home, (name) => {
        if (name.endsWith(".json")) this.options.onEvent(`upload ${name}`);
      });
    }
    if (!OWN_SCRIPT.test(command)) {
      channel.stderr.write(`${command}: not among the commands of a pretended machine\n`);
      channel.exit(NOT_FOUND);
      channel.end();
      return;
    }
    const child = spawn("/bin/sh", ["-c", command], {
      cwd: home,
      env: {
        PATH: `${join(this.root, "usr/local/sbin")}:${this.options.commands}:${process.env["PATH"]}`,
        HOME: home,
        FLEET_TRIAL_ROOT: this.root,
        FLEET_TRIAL_BRIDGE: this.bridge.url,
        FLEET_TRIAL_DOCKER: this.docker,
        FLEET_TRIAL_JICOFO_KNOWS: "0", // no Jicofo is there
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.pipe(channel, { end: false });
    child.stderr.pipe(channel.stderr, { end: false });
    child.on("close", (code) => {
      channel.exit(code ?? 1);
      channel.end();
    });
    channel.on("close", () => child.kill());
  }
}

/** Like a stock Ubuntu, a machine has one of each type. */
const hostKeys = (directory: string) =>
  [
    sshKey(join(directory, "host-key-ecdsa"), "ecdsa"),
    sshKey(join(directory, "host-key-ed25519"), "ed25519"),
  ] as const;
