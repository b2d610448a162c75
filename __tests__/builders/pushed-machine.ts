import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PretendedBridge } from "../../sandbox/machines/pretended-bridge";
import { hasRealTool } from "./real-tool";

const PROGRAMS = join(__dirname, "../../programs");
const DOCKER = join(__dirname, "../../sandbox/machines/docker.mjs");

/** The interpreter itself (what is on the PATH may be a wrapper that takes its time), or undefined without Python. */
const PYTHON = hasRealTool("python3", "fleet-push was not run")
  ? execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim()
  : undefined;

/** `describe`, or a visible skip where there is no Python to run the program; in CI there is. */
export const describeWithPython = PYTHON === undefined ? describe.skip : describe;

const COMMANDS = {
  docker: `exec '${process.execPath}' '${DOCKER}' "$@"`,
  systemctl: 'echo "$@" >> "$FLEET_TRIAL_ROOT/systemctl.log"',
  "cloud-init": "exit 0",
};

/** A secret as it is uploaded, and the version that it is of; null is what the person has not set. */
export const secret = (value: string | null, version: number | null = 1) => ({
  "jvb.env": {
    JVB_AUTH_PASSWORD: {
      from: "TF_VAR_abc_jvb_auth_password",
      value,
      version: { of: "abc", from: "TF_VAR_abc_secrets_version", value: version },
    },
  },
});

const COMPOSE =
  "services: { jvb: { image: jvb, env_file: [/etc/fleet/jvb.env, /run/fleet/secrets/jvb.env] } }\n";

export interface Job {
  readonly files: Readonly<Record<string, string>>;
  readonly secretsVersion: string;
  readonly secretsCommand: string;
}

/** Where a login lands, and what Terraform uploads. */
export const LOGIN = "/login";

/** A machine after its first boot, without SSH: a directory, a pretended Docker and a pretended bridge. */
export class PushedMachine {
  readonly events: string[] = [];
  /** How long the program takes Jicofo to send callers to a bridge that is drained. */
  jicofoKnowsAfterSeconds = 0;
  private readonly directory = mkdtempSync(join(tmpdir(), "fleet-push-"));
  private started: PretendedBridge | undefined;

  static async booted(): Promise<PushedMachine> {
    const machine = new PushedMachine();
    for (const directory of ["docker", "bin", "root/usr/local/sbin"])
      mkdirSync(join(machine.directory, directory), { recursive: true });
    for (const [name, script] of Object.entries(COMMANDS)) {
      writeFileSync(join(machine.directory, "bin", name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(machine.directory, "bin", name), 0o755);
    }
    machine.write("/run/fleet/host.env", "FLEET_INSTANCE=acme-nl-static-1\n");
    machine.started = await PretendedBridge.start({
      root: machine.root,
      docker: machine.docker,
      onEvent: (event) => machine.events.push(event),
    });
    return machine;
  }

  get root(): string {
    return join(this.directory, "root");
  }

  get docker(): string {
    return join(this.directory, "docker");
  }

  get bridge(): PretendedBridge {
    return this.started!;
  }

  close(): void {
    this.bridge.close();
    rmSync(this.directory, { recursive: true });
  }

  /** Brings this machine into the state of another one, whose bridge runs and takes calls; no event tells of it. */
  async becomeLike(other: PushedMachine): Promise<void> {
    for (const name of ["docker", "root"]) {
      rmSync(join(this.directory, name), { recursive: true });
      cpSync(join(other.directory, name), join(this.directory, name), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    expect((await fetch(`${this.bridge.url}/about/health`)).status).toBe(200);
    expect(this.events.splice(0)).toEqual(["started, takes calls"]);
  }

  job(files: Readonly<Record<string, string>> = {}, overrides: Partial<Job> = {}): Job {
    return {
      files: {
        "/etc/fleet/compose.yaml": COMPOSE,
        "/etc/fleet/jvb.env": "A=1\n",
        "/etc/fleet/programs/fleet-apply": readFileSync(join(PROGRAMS, "fleet-apply.py"), "utf8"),
        "/etc/fleet/programs/fleet-push": readFileSync(join(PROGRAMS, "fleet-push.py"), "utf8"),
        ...files,
      },
      secretsVersion: "abc=1",
      secretsCommand: 'eval "$(npx fleet secrets env bridges-acme-nl-static)"',
      ...overrides,
    };
  }

  /** A push as Terraform starts it; returns its code and what it printed. */
  push(job: Job, secrets: object = secret("first"), ...words: readonly string[]) {
    this.write(`${LOGIN}/fleet-job.json`, JSON.stringify(job));
    this.write(`${LOGIN}/fleet-secrets.json`, JSON.stringify(secrets));
    const [before, after] = [words.filter(isGeneral), words.filter((word) => !isGeneral(word))];
    return this.run(...before, "push", "fleet-job.json", "fleet-secrets.json", ...after);
  }

  run(...words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
    const child = spawn(
      PYTHON!,
      [join(PROGRAMS, "fleet-push.py"), "--machine", "acme-nl-static-1 (203.0.113.2)", ...words],
      {
        cwd: this.root + (existsSync(this.root + LOGIN) ? LOGIN : ""),
        env: {
          PATH: `${join(this.directory, "bin")}:${process.env["PATH"]}`,
          FLEET_TRIAL_ROOT: this.root,
          FLEET_TRIAL_BRIDGE: this.bridge.url,
          FLEET_TRIAL_DOCKER: this.docker,
          FLEET_TRIAL_JICOFO_KNOWS: String(this.jicofoKnowsAfterSeconds),
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out += data));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, out })));
  }

  /** What a reboot takes away, but for what fleet.service writes anew. */
  reboot(): void {
    rmSync(join(this.root, "run"), { recursive: true });
    this.write("/run/fleet/host.env", "FLEET_INSTANCE=acme-nl-static-1\n");
  }

  /** The error of the next starts of the bridge, or of another service, or none. */
  breakBridge(error: string | undefined, service = "jvb"): void {
    const path = join(this.docker, `broken-${service}`);
    if (error === undefined) rmSync(path);
    else writeFileSync(path, error);
  }

  /** What the registry says to every pull. */
  refuseImages(error: string): void {
    writeFileSync(join(this.docker, "no-images"), error);
  }

  has = (path: string): boolean => existsSync(this.root + path);
  read = (path: string): string => readFileSync(this.root + path, "utf8");
  write(path: string, text: string): void {
    mkdirSync(dirname(this.root + path), { recursive: true });
    writeFileSync(this.root + path, text);
  }
}

/** Options that stand before the command. */
const isGeneral = (word: string): boolean => word.startsWith("--drain-minutes");
