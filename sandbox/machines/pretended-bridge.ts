import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { answerBridgeCall } from "./bridge-rest";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const BROKEN = 500;

interface Container {
  readonly state: string;
  /** Another one at each start. */
  readonly started: string;
}

export interface PretendedBridgeOptions {
  /** Stands for / of the machine. */
  readonly root: string;
  /** Where the machine's Docker keeps its list of containers. */
  readonly docker: string;
  /** Told what happens to the bridge, in order. */
  readonly onEvent: (event: string) => void;
}

/**
 * The HTTP side of a bridge, as far as a push uses it. It answers while the machine's Docker has a container `jvb` that
 * runs; a new start of that container is a new process, which begins drained where the machine says so.
 */
export class PretendedBridge {
  /** People on it. */
  endpoints = 0;
  drained = false;
  /** Breweries that it is told to be in, and how many of them it is in. */
  configured = 1;
  joined = 1;
  /** True: it answers, and does nothing that it is told. */
  refuses = false;
  /** True: it takes connections, and never answers. */
  hangs = false;
  private started: string | undefined;
  private readonly server: Server;

  private constructor(private readonly options: PretendedBridgeOptions) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(options: PretendedBridgeOptions): Promise<PretendedBridge> {
    const bridge = new PretendedBridge(options);
    await new Promise<void>((resolve) => bridge.server.listen(0, "127.0.0.1", resolve));
    return bridge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.hangs) return;
    if (!this.runs()) return void request.socket.destroy();
    if (this.refuses && request.method === "POST") {
      request.resume();
      return void response.writeHead(BROKEN).end();
    }
    void answerBridgeCall(request, {
      statistics: () => JSON.stringify(this.stats()),
      isDrained: () => this.drained,
      setDrain: (drain) => {
        this.drained = drain;
        this.options.onEvent(drain ? "drained" : "released");
      },
      leave: () => {
        this.options.onEvent(`told to leave with ${this.endpoints} on it`);
        this.stop();
      },
    }).then(({ status, body }) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(body),
    );
  }

  private stats(): object {
    return {
      local_endpoints: this.endpoints,
      drain: this.drained,
      mucs_configured: this.configured,
      mucs_joined: this.joined,
    };
  }

  /** Looks whether there is a process, and whether it is another one than before. */
  private runs(): boolean {
    const jvb = this.containers()["jvb"];
    if (jvb?.state !== "running") return false;
    if (jvb.started !== this.started) {
      this.started = jvb.started;
      this.endpoints = 0;
      this.drained = existsSync(join(this.options.root, "var/lib/fleet/bridge/draining"));
      this.options.onEvent(this.drained ? "started, drained" : "started, takes calls");
    }
    return true;
  }

  private stop(): void {
    const containers = this.containers();
    const stopped = { ...containers["jvb"], state: "exited" };
    writeFileSync(this.listPath, JSON.stringify({ ...containers, jvb: stopped }));
  }

  private containers(): Readonly<Record<string, Container>> {
    if (!existsSync(this.listPath)) return {};
    return JSON.parse(readFileSync(this.listPath, "utf8")) as Record<string, Container>;
  }

  private get listPath(): string {
    return join(this.options.docker, "containers.json");
  }
}
