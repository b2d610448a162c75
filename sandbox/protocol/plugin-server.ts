import * as grpc from "@grpc/grpc-js";
import { addProviderService } from "./provider-service";
import type { Provider } from "./provider";

/** Larger than any schema or plan; the default of 4 MiB is not. */
const MAX_MESSAGE_BYTES = 1 << 28;

/** Answers "serving" (protobuf: field 1, value 1) to Terraform's health check, which has no other fields. */
const HEALTH_SERVICE: grpc.ServiceDefinition = {
  Check: {
    path: "/grpc.health.v1.Health/Check",
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};
const SERVING = Buffer.from([8, 1]);

/** How Terraform finds a provider that is already running: one entry of TF_REATTACH_PROVIDERS. */
export interface Reattach {
  readonly Protocol: "grpc";
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: "tcp"; readonly String: string };
}

/** Running providers. */
export interface PluginServers {
  /** The value of TF_REATTACH_PROVIDERS. */
  readonly reattach: Readonly<Record<string, Reattach>>;
  /** Stops at once; Terraform processes that still run lose their providers. */
  close(): void;
}

/** Serves each provider on a free port of the loopback interface. */
export async function servePlugins(providers: readonly Provider[]): Promise<PluginServers> {
  const servers: grpc.Server[] = [];
  const close = (): void => servers.forEach((server) => server.forceShutdown());
  try {
    const entries = await Promise.all(
      providers.map(async (provider) => {
        const limits = {
          "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
          "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
        };
        const server = new grpc.Server(limits);
        servers.push(server);
        addProviderService(server, provider);
        server.addService(HEALTH_SERVICE, {
          Check: (_call: unknown, reply: grpc.sendUnaryData<Buffer>) => reply(null, SERVING),
        });
        return [provider.address, reattachTo(await bind(server))] as const;
      }),
    );
    return { reattach: Object.fromEntries(entries), close };
  } catch (error) {
    close();
    throw error;
  }
}

const reattachTo = (port: number): Reattach => ({
  Protocol: "grpc",
  ProtocolVersion: 6,
  Pid: process.pid,
  Test: true,
  Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
});

function bind(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
