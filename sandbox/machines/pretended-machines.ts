import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server } from "ssh2";
import { asTexts } from "../protocol/value";
import { onlyKey } from "./only-key";
import { PretendedMachine } from "./pretended-machine";
import { sshKey } from "./ssh-key";
import type { AddressInfo } from "node:net";
import type { Connection } from "ssh2";
import type { CloudStore } from "../store/cloud-store";

const SSH = 22;

/** Commands of a machine that a rehearsal must not run for real, and what stands for them. */
const COMMANDS: Readonly<Record<string, string>> = {
  docker: `exec '${process.execPath}' '${join(__dirname, "docker.mjs")}' "$@"`,
  systemctl: "exit 0",
  "cloud-init": "exit 0",
};

/**
 * The pretended Linodes, as SSH sees them: a bastion on the loopback address that leads to port 22 of each address that
 * the pretended cloud has given to a Linode, and to nothing else.
 */
export class PretendedMachines {
  /** What happened to the bridges, in order: `acme-nl-static-1: drained`. */
  readonly events: string[] = [];
  private readonly booted = new Map<string, Promise<PretendedMachine>>();
  private readonly connections = new Set<Connection>();
  private readonly server: Server;
  private readonly key: string;

  /** @param directory kept from one rehearsal to the next; holds the key that Terraform logs in with */
  private constructor(
    private readonly directory: string,
    private readonly store: CloudStore,
  ) {
    this.key = sshKey(this.keyFile).public;
    this.server = new Server({ hostKeys: [sshKey(join(directory, "bastion-key")).private] }, (client) => {
      this.connections.add(client);
      client.on("close", () => this.connections.delete(client));
      client.on("error", () => undefined); // whoever hangs up
      client.on("authentication", onlyKey(this.key));
      client.on("tcpip", (accept, reject, { destIP, destPort }) => {
        const id = destPort === SSH ? this.idAt(destIP) : undefined;
        if (id === undefined) return reject();
        const channel = accept();
        void this.machine(id).then((machine) => machine.connect(channel));
      });
    });
  }

  static async start(directory: string, store: CloudStore): Promise<PretendedMachines> {
    const machines = new PretendedMachines(directory, store);
    for (const [name, script] of Object.entries(COMMANDS)) {
      mkdirSync(machines.commands, { recursive: true });
      writeFileSync(join(machines.commands, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    await machines.listen();
    return machines;
  }

  /** Terraform variables that lead to the bastion. */
  get environment(): Readonly<Record<string, string>> {
    return {
      TF_VAR_ssh_private_key_file: this.keyFile,
      TF_VAR_ssh_bastion_host: "127.0.0.1",
      TF_VAR_ssh_bastion_port: String((this.server.address() as AddressInfo).port),
      TF_VAR_ssh_bastion_user: "root",
      TF_VAR_ssh_bastion_host_key: sshKey(join(this.directory, "bastion-key")).public,
    };
  }

  /** The machine with this label in the pretended cloud. */
  async labelled(label: string): Promise<PretendedMachine> {
    const found = this.store
      .list("linode", "linode_instance")
      .find(([, object]) => object["label"] === label);
    if (!found) throw new Error(`there is no Linode ${label}`);
    return this.machine(found[0]);
  }

  async close(): Promise<void> {
    this.server.close();
    for (const connection of this.connections) connection.end();
    for (const machine of this.booted.values()) (await machine).close();
  }

  private get keyFile(): string {
    return join(this.directory, "key");
  }

  private get commands(): string {
    return join(this.directory, "commands");
  }

  /** The port of the last rehearsal, if it is free: Terraform keeps it in its state, to log in before a destroy. */
  private async listen(): Promise<void> {
    const file = join(this.directory, "port");
    const before = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    const listen = (port: number) =>
      new Promise<void>((resolve, reject) => {
        this.server.once("error", reject);
        this.server.listen(port, "127.0.0.1", () => {
          this.server.removeListener("error", reject);
          resolve();
        });
      });
    await listen(before).catch(() => listen(0));
    writeFileSync(file, String((this.server.address() as AddressInfo).port));
  }

  private idAt(address: string): string | undefined {
    return this.store
      .list("linode", "linode_instance")
      .find(([, object]) => asTexts(object["ipv4"]).includes(address))?.[0];
  }

  private machine(id: string): Promise<PretendedMachine> {
    const directory = join(this.directory, "machines", id);
    const known = this.booted.get(id);
    if (known && existsSync(directory)) return known;
    void known?.then((gone) => gone.close());
    this.forgetOthers();
    const object = this.store.get("linode", "linode_instance", id)!;
    const label = String(object["label"]);
    const booted = PretendedMachine.boot({
      directory,
      label,
      address: asTexts(object["ipv4"])[0]!,
      commands: this.commands,
      authorizedKey: this.key,
      onEvent: (event) => this.events.push(`${label}: ${event}`),
    });
    this.booted.set(id, booted);
    return booted;
  }

  /** Removes what is left of machines that the cloud no longer has. */
  private forgetOthers(): void {
    const machines = join(this.directory, "machines");
    for (const id of existsSync(machines) ? readdirSync(machines) : []) {
      if (!this.booted.has(id) && !this.store.get("linode", "linode_instance", id))
        rmSync(join(machines, id), { recursive: true });
    }
  }
}
