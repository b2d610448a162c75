import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MetadataServer } from "./metadata-server";
import { hasRealTool } from "./real-tool";

const PROGRAM = join(__dirname, "../../programs/fleet-apply.py");
const FLEET_SECRETS = join(__dirname, "../../programs/fleet-secrets.py");
const FAKE_DOCKER = readFileSync(join(__dirname, "fake-docker.py"), "utf8");

/** The interpreter itself (what is on the PATH may be a wrapper that takes its time), or undefined without Python. */
const PYTHON = hasRealTool("python3", "fleet-apply was not run")
  ? execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim()
  : undefined;

/** `describe`, or a visible skip where there is no Python to run the program; in CI there is. */
export const describeWithPython = PYTHON ? describe : describe.skip;

/** A bundle: path on the machine -> text. */
export type Bundle = Readonly<Record<string, string>>;

interface Container {
  readonly id: string;
  readonly image: string;
  readonly state: string;
  /** How often it was run, if it is one that ends by itself. */
  readonly runs: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Files by mount point, as they were when the container started. */
  readonly sees: Readonly<Record<string, unknown>>;
}

/** What fleet-apply says about its last run. */
export interface ApplyStatus {
  readonly result: "applied" | "refused" | "failed";
  readonly code: number;
  /** Whether the code is 0. */
  readonly ok: boolean;
  readonly reason: string;
  readonly generation: string;
  readonly applied_at: number;
  readonly seconds: number;
  readonly attempt: number;
  readonly restarted: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Restarts the one unit that fleet-apply restarts, by running its program. */
const FAKE_SYSTEMCTL = `#!/bin/sh
[ "$*" = "restart fleet-secrets.service" ] || exit 5
echo "systemctl $*" >> "$FAKE_DOCKER/calls.log"
${PYTHON} -IS ${FLEET_SECRETS} --root "$FAKE_ROOT" --metadata "$FAKE_METADATA" --secret-manager "$FAKE_METADATA" \\
  --patience 0 && exit
echo "Job for fleet-secrets.service failed." >&2
exit 1
`;

/** A directory that stands for `/` of a machine, with a pretended Docker and a pretended metadata server. */
export class TrialMachine {
  private readonly running = new Set<ChildProcess>();

  private constructor(
    readonly folder: string,
    public metadata: MetadataServer,
  ) {
    for (const name of ["root", "bin", "docker"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "bin/docker"), `#!${PYTHON} -IS\n${FAKE_DOCKER}`);
    chmodSync(join(folder, "bin/docker"), 0o755);
    writeFileSync(join(folder, "bin/systemctl"), FAKE_SYSTEMCTL);
    chmodSync(join(folder, "bin/systemctl"), 0o755);
  }

  static async start(): Promise<TrialMachine> {
    return new TrialMachine(mkdtempSync(join(tmpdir(), "fleet-apply-")), await MetadataServer.start());
  }

  /** Ends what runs, and removes everything. */
  async close(): Promise<void> {
    for (const child of this.running) await this.kill(child);
    await this.metadata.stop();
    rmSync(this.folder, { recursive: true });
  }

  get root(): string {
    return join(this.folder, "root");
  }

  /** Starts the program in a process group of its own, with Docker's commands in it. */
  spawn(
    words: readonly string[],
    {
      wrapper = [],
      environment = {},
    }: { wrapper?: readonly string[]; environment?: Readonly<Record<string, string>> } = {},
  ): ChildProcess {
    const child = spawn(
      PYTHON!,
      ["-IS", ...wrapper, PROGRAM, ...words, "--root", this.root, "--metadata", this.metadata.url],
      {
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: `${join(this.folder, "bin")}:${process.env["PATH"]}`,
          FAKE_DOCKER: join(this.folder, "docker"),
          FAKE_ROOT: this.root,
          FAKE_METADATA: this.metadata.url,
          http_proxy: "http://127.0.0.1:1",
          ...environment,
        },
      },
    );
    this.running.add(child);
    child.on("exit", () => this.running.delete(child));
    return child;
  }

  /** Runs the program to its end. */
  run(...words: string[]): Promise<Ended> {
    return this.ended(this.spawn(words));
  }

  ended = (child: ChildProcess): Promise<Ended> =>
    new Promise((resolve) => {
      let [out, err] = ["", ""];
      child.stdout!.on("data", (data) => (out += data));
      child.stderr!.on("data", (data) => (err += data));
      child.on("close", (code) => resolve({ code, out, err }));
    });

  /** kill -9 for the program and Docker's command, as a power loss would; resolves when they are gone. */
  kill = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.on("exit", () => resolve());
      process.kill(-child.pid!, "SIGKILL");
    });

  /** What a reboot takes away: everything below /run, and the processes. */
  reboot(): void {
    for (const name of ["run", "proc"]) rmSync(join(this.root, name), { recursive: true, force: true });
    this.changeContainers((container) => ({ ...container, state: "exited" }));
  }

  changeContainers(change: (container: Container) => Container): void {
    const changed = Object.fromEntries(
      Object.entries(this.containers()).map(([name, container]) => [name, change(container)]),
    );
    writeFileSync(join(this.folder, "docker/containers.json"), JSON.stringify(changed));
  }

  /** Fails the next `up` of the service, or with `undefined` no longer. */
  breakService(service: string, error: string | undefined): void {
    const path = join(this.folder, "docker", `broken-${service}`);
    if (error === undefined) rmSync(path);
    else writeFileSync(path, error);
  }

  /** Docker's daemon goes away, or comes back. */
  dockerAway(away: boolean): void {
    if (away) writeFileSync(join(this.folder, "docker/away"), "");
    else rmSync(join(this.folder, "docker/away"));
  }

  containers = (): Readonly<Record<string, Container>> =>
    this.json(join(this.folder, "docker/containers.json")) ?? {};

  /** Service -> id of its container. */
  ids = (): Record<string, string> =>
    Object.fromEntries(Object.entries(this.containers()).map(([name, { id }]) => [name, id]));

  /** Commands that Docker was given, in order. */
  calls(): string[] {
    const path = join(this.folder, "docker/calls.log");
    return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
  }

  status = (): ApplyStatus => this.json(join(this.root, "run/fleet/status.json"))!;

  read = (path: string): string => readFileSync(join(this.root, path), "utf8");

  write(path: string, text: string): void {
    mkdirSync(join(this.root, path, ".."), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  /** Names in a directory of the machine, sorted; none when it is not there. */
  names = (path: string): string[] =>
    existsSync(join(this.root, path)) ? readdirSync(join(this.root, path)).sort() : [];

  /** All files below /etc/fleet, through the link; none when there is nothing. */
  files = (path = "/etc/fleet"): Bundle =>
    Object.fromEntries(
      this.names(path)
        .map((name) => `${path}/${name}`)
        .flatMap((at) =>
          lstatSync(join(this.root, at)).isDirectory()
            ? Object.entries(this.files(at))
            : [[at, this.read(at)]],
        ),
    );

  private json<T>(path: string): T | undefined {
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
  }
}
