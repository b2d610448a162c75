import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PemPair } from "./certificates";

export interface PretendedGrafanaOptions {
  /** Password of the administrator `admin`. */
  readonly password: string;
  /** The InfluxDB of its data sources, and the account that they read with. */
  readonly influxDb: { readonly url: string; readonly user: string; readonly password: string };
  readonly dataSources: readonly string[];
  /** With it, it speaks TLS. */
  readonly tls?: PemPair;
}

/**
 * Grafana's proxy for data sources below /grafana, on a loopback port, for a data source of type influxdb: it asks who
 * is there, takes the login away and adds the account of the data source, and passes question and answer on.
 */
export class PretendedGrafana {
  readonly asked: { readonly path: string; readonly method: string }[] = [];
  /** Answers everything with this status while it is set. */
  outage: number | undefined;

  private constructor(
    private readonly server: Server,
    private readonly options: PretendedGrafanaOptions,
  ) {
    server.on("request", (request, response) => void this.answer(request, response));
  }

  static start = (options: PretendedGrafanaOptions): Promise<PretendedGrafana> =>
    new Promise((resolve) => {
      const server = options.tls
        ? createTlsServer({ key: options.tls.key, cert: options.tls.chain })
        : createServer();
      server.listen(0, "127.0.0.1", () => resolve(new PretendedGrafana(server, options)));
    });

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.options.tls ? "https" : "http"}://127.0.0.1:${port}/grafana`;
  }

  stop = (): Promise<void> =>
    new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url!, "http://grafana");
    this.asked.push({ path: request.url!, method: request.method! });
    const refuse = (status: number, message: string) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ message }));
    if (this.outage === 302)
      return void response.writeHead(302, { Location: "https://elsewhere.example/" }).end();
    if (this.outage !== undefined) return void refuse(this.outage, "pretended outage");
    if (!pathname.startsWith("/grafana/")) return void refuse(404, "Not found");
    if (request.headers.authorization !== basic("admin", this.options.password))
      return void refuse(401, "Invalid username or password");
    const [, uid, path] = /^\/grafana\/api\/datasources\/proxy\/uid\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
    if (uid === undefined || !this.options.dataSources.includes(uid))
      return void refuse(404, "Data source not found");
    const { url, user, password } = this.options.influxDb;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(`${url}/${path}${search}`, {
      method: request.method!,
      headers: {
        authorization: basic(user, password),
        "content-type": request.headers["content-type"] ?? "",
      },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    }).catch(() => undefined);
    if (!answer) return void refuse(502, "Bad Gateway");
    if (answer.status === 401)
      return void response.writeHead(400).end("Authentication to data source failed");
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(await answer.text());
  }
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
