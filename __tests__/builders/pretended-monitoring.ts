import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { TestAuthority } from "./certificates";

/** A point of a time series that was written. */
export interface WrittenPoint {
  readonly project: string;
  readonly metric: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly kind: string;
  readonly value: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** What it was allowed with. */
  readonly authorization: string;
}

interface Request {
  readonly name: string;
  readonly timeSeries: readonly {
    readonly metric: WrittenPoint["metric"];
    readonly resource: WrittenPoint["resource"];
    readonly metricKind: string;
    readonly points: readonly {
      readonly interval: { readonly endTime: { readonly seconds: string } };
      readonly value: { readonly doubleValue: number };
    }[];
  }[];
}

const HOST = "monitoring.googleapis.com";

/**
 * Cloud Monitoring, and the metadata server whose token it asks for, for a client that can be told of no other address:
 * it gets there by a proxy that leads nowhere else, and finds the certificate of an authority that it is told to trust.
 */
export class PretendedMonitoring {
  readonly points: WrittenPoint[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), "monitoring-"));
  private readonly server = new grpc.Server();
  private proxy!: Server;
  private metadata!: Server;

  static async start(): Promise<PretendedMonitoring> {
    const monitoring = new PretendedMonitoring();
    const authority = new TestAuthority("Pretended CA");
    writeFileSync(join(monitoring.directory, "ca.pem"), authority.root);
    const { chain, key } = authority.pair({ hostnames: [HOST] });
    const port = await monitoring.serve(
      grpc.ServerCredentials.createSsl(null, [
        { cert_chain: Buffer.from(chain), private_key: Buffer.from(key) },
      ]),
    );
    monitoring.proxy = createServer((_request, response) => response.writeHead(403).end());
    monitoring.proxy.on("connect", ({ url }, client) => {
      if (url !== `${HOST}:443`) return void client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      const onward = connect(port, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        onward.pipe(client).pipe(onward);
      });
      for (const end of [onward, client])
        end.on("error", () => [onward, client].forEach((each) => each.destroy()));
    });
    monitoring.metadata = createServer(({ url }, response) => {
      response.setHeader("Metadata-Flavor", "Google");
      const token = url?.startsWith("/computeMetadata/v1/instance/service-accounts/default/token");
      response.writeHead(token ? 200 : 404);
      response.end(
        JSON.stringify({ access_token: "of-the-machine", expires_in: 3599, token_type: "Bearer" }),
      );
    });
    for (const server of [monitoring.proxy, monitoring.metadata])
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return monitoring;
  }

  /** For the environment of a client. */
  get environment(): Readonly<Record<string, string>> {
    const port = (server: Server) => (server.address() as AddressInfo).port;
    return {
      HTTPS_PROXY: `http://127.0.0.1:${port(this.proxy)}`,
      SSL_CERT_FILE: join(this.directory, "ca.pem"),
      GCE_METADATA_HOST: `127.0.0.1:${port(this.metadata)}`,
    };
  }

  async stop(): Promise<void> {
    this.server.forceShutdown();
    for (const server of [this.proxy, this.metadata]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    rmSync(this.directory, { recursive: true });
  }

  private serve(credentials: grpc.ServerCredentials): Promise<number> {
    const loaded = loadSync(join(__dirname, "monitoring.proto"), {
      enums: String,
      longs: String,
      defaults: true,
    });
    const service = loaded["google.monitoring.v3.MetricService"] as grpc.ServiceDefinition;
    this.server.addService(service, {
      CreateTimeSeries: (call: grpc.ServerUnaryCall<Request, object>, reply: grpc.sendUnaryData<object>) => {
        this.take(call.request, String(call.metadata.get("authorization")[0]));
        reply(null, {});
      },
    });
    return new Promise((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  private take({ name, timeSeries }: Request, authorization: string): void {
    for (const { metric, resource, metricKind, points } of timeSeries)
      for (const { interval, value } of points)
        this.points.push({
          project: name,
          metric,
          resource,
          kind: metricKind,
          value: value.doubleValue,
          time: Number(interval.endTime.seconds),
          authorization,
        });
  }
}
