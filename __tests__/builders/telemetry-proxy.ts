import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Passes on what comes below /telemetry, as a server's nginx does, and nothing else; it can be away for a while. */
export class TelemetryProxy {
  private constructor(
    private server: Server,
    private readonly database: { readonly url: string },
    private readonly port: number,
  ) {}

  static async start(database: { readonly url: string }): Promise<TelemetryProxy> {
    const server = await serving(database, 0);
    return new TelemetryProxy(server, database, (server.address() as AddressInfo).port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on connections are refused. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async startAgain(): Promise<void> {
    this.server = await serving(this.database, this.port);
  }
}

async function serving(database: { readonly url: string }, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/telemetry/write?")) return void response.writeHead(404).end();
    const { method, headers } = request;
    const url = database.url + request.url.slice("/telemetry".length);
    const onward = httpRequest(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
