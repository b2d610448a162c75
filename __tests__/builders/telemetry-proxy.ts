import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Passes on what comes below /telemetry, as a server's nginx does, and nothing else; it can be away for a while. */
export class TelemetryProxy {
  /** While true, everybody is told to come later, as nginx does when InfluxDB does not take the account. */
  later = false;
  private server!: Server;
  private port = 0;

  private constructor(private readonly database: { readonly url: string }) {}

  static async start(database: { readonly url: string }): Promise<TelemetryProxy> {
    const proxy = new TelemetryProxy(database);
    await proxy.startAgain();
    return proxy;
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
    this.server = await serving(this.database, this.port, () => this.later);
    this.port = (this.server.address() as AddressInfo).port;
  }
}

async function serving(
  database: { readonly url: string },
  port: number,
  later: () => boolean,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (later()) {
      request.resume();
      return void response.writeHead(503, { "Content-Type": "text/html" }).end("<html>503</html>");
    }
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
