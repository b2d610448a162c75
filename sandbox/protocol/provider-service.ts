import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as loader from "@grpc/proto-loader";
import { conform } from "./conform";
import { diagnosticMessage, pathMessage, Refusal } from "./diagnostic";
import { metadataMessage, schemaMessage } from "./schema-message";
import { isValues } from "./value";
import { decodeValue, encodeValue } from "./wire";
import type { Diagnostic } from "./diagnostic";
import type { ConfiguredProvider, Provider } from "./provider";
import type { Value, Values } from "./value";
import type { DynamicValue } from "./wire";

type Call = grpc.ServerUnaryCall<Record<string, unknown>, object>;
type Handler = (request: Request) => object | Promise<object>;

const protocol = grpc.loadPackageDefinition(
  loader.loadSync(join(__dirname, "plugin.proto"), {
    keepCase: true,
    longs: Number,
    oneofs: true,
    defaults: true,
  }),
) as unknown as { readonly tfplugin6: { readonly Provider: { readonly service: grpc.ServiceDefinition } } };

const definition = protocol.tfplugin6.Provider.service;

/** One request, with its fields read as what they are. */
class Request {
  constructor(private readonly call: Call) {}

  /** The connection: one for every provider block of every Terraform process. */
  get peer(): string {
    return this.call.getPeer();
  }
  get type(): string {
    return this.text("type_name");
  }
  text(field: string): string {
    return String(this.call.request[field] ?? "");
  }
  value(field: string): Value {
    return decodeValue(this.call.request[field] as DynamicValue | null);
  }
  object(field: string): Values | null {
    const value = this.value(field);
    return isValues(value) ? value : null;
  }
}

/** Registers a provider with a gRPC server: one server has one provider, as Terraform wants it. */
export function addProviderService(server: grpc.Server, provider: Provider): void {
  const sessions = new Map<string, ConfiguredProvider>();
  const session = (request: Request): ConfiguredProvider => {
    const configured = sessions.get(request.peer);
    if (!configured) throw new Refusal(`${provider.address} was asked to work before it was configured`);
    return configured;
  };
  const block = (type: string) => {
    const schema = provider.schema.resource_schemas[type];
    if (!schema) throw new Refusal(`${provider.address} has no resource type ${type} in the sandbox`);
    return schema.block;
  };
  const verdict = (diagnostics: readonly Diagnostic[]): object => ({
    diagnostics: diagnostics.map(diagnosticMessage),
  });
  const legacy = { legacy_type_system: provider.legacyTypes };

  const handlers: Record<string, Handler> = {
    GetMetadata: () => metadataMessage(provider.schema),
    ValidateProviderConfig: (request) => {
      provider.configure(request.object("config") ?? {});
      return {};
    },
    ConfigureProvider: (request) => {
      sessions.set(request.peer, provider.configure(request.object("config") ?? {}));
      return {};
    },
    ValidateResourceConfig: (request) =>
      verdict(provider.validateResource(request.type, request.object("config") ?? {})),
    ValidateEphemeralResourceConfig: (request) =>
      verdict(provider.validateEphemeral(request.type, request.object("config") ?? {})),
    UpgradeResourceState: (request) => ({
      upgraded_state: encodeValue(conform(block(request.type), request.object("raw_state") ?? {})),
    }),
    ReadResource: (request) => {
      const state = session(request).read(request.type, request.object("current_state") ?? {});
      return { new_state: encodeValue(state && conform(block(request.type), state)) };
    },
    PlanResourceChange: (request) => {
      const [proposed, config] = [request.object("proposed_new_state"), request.object("config")];
      // A planned destruction: nothing to decide.
      if (!proposed || !config) return { planned_state: encodeValue(null), ...legacy };
      const prior = request.object("prior_state");
      const { planned, replace } = session(request).plan(request.type, { prior, proposed, config });
      return { planned_state: encodeValue(planned), requires_replace: replace.map(pathMessage), ...legacy };
    },
    ApplyResourceChange: async (request) => {
      const prior = request.object("prior_state");
      try {
        const change = { prior, planned: request.object("planned_state"), config: request.object("config") };
        const state = await session(request).apply(request.type, change);
        return { new_state: encodeValue(state && conform(block(request.type), state)), ...legacy };
      } catch (error) {
        return { new_state: encodeValue(prior), ...verdict([asDiagnostic(error)]), ...legacy };
      }
    },
    ImportResourceState: (request) => {
      const state = conform(
        block(request.type),
        session(request).importState(request.type, request.text("id")),
      );
      return { imported_resources: [{ type_name: request.type, state: encodeValue(state) }] };
    },
    MoveResourceState: (request) => {
      const [from, to] = [request.text("source_type_name"), request.text("target_type_name")];
      throw new Refusal(
        `cannot move a ${from} to a ${to}: the types differ; use "removed" and "import" blocks instead`,
      );
    },
    OpenEphemeralResource: (request) => ({
      result: encodeValue(session(request).openEphemeral(request.type, request.object("config") ?? {})),
    }),
    RenewEphemeralResource: () => ({}),
    CloseEphemeralResource: () => ({}),
    StopProvider: () => ({}),
  };

  const methods = Object.entries(handlers).map(([name, handler]) => [name, unary(handler)] as const);
  server.addService(withEncodedSchema(provider), {
    ...Object.fromEntries(methods),
    GetProviderSchema: (_call: Call, reply: grpc.sendUnaryData<object>) => reply(null, {}),
  });
}

/** The schema is large and asked for by every Terraform process: it is encoded once, when first asked for. */
function withEncodedSchema(provider: Provider): grpc.ServiceDefinition {
  const method = definition["GetProviderSchema"]!;
  let encoded: Buffer | undefined;
  const responseSerialize = (): Buffer =>
    (encoded ??= method.responseSerialize(schemaMessage(provider.schema)));
  return { ...definition, GetProviderSchema: { ...method, responseSerialize } };
}

function unary(handler: Handler): grpc.handleUnaryCall<Record<string, unknown>, object> {
  return (call, reply) => {
    Promise.resolve()
      .then(() => handler(new Request(call)))
      .then(
        (answer) => reply(null, answer),
        (error: unknown) => reply(null, { diagnostics: [diagnosticMessage(asDiagnostic(error))] }),
      );
  };
}

/** A refusal speaks for itself; anything else is a fault of the sandbox and says so, with its place in the code. */
function asDiagnostic(error: unknown): Diagnostic {
  if (error instanceof Refusal) return { summary: error.summary, ...(error.path && { path: error.path }) };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    summary: "The offline provider failed: this is a fault of the sandbox, not of your configuration",
    detail,
  };
}
