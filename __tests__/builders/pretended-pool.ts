import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { KeeperFile, KeeperPool } from "../../model/keeper-file";
import { someSettings } from "./keeper-observation";

const PROJECT = "acme-meet-prod";
const REGION = "europe-west4";
export const BUCKET = "acme-meet-prod-fleet-artifacts";
export const GROUP = "acme-eu-burst";
export const PREFIX = "keeper/acme-eu-burst/";
const LINKS = "https://www.googleapis.com/compute/v1";
export const TEMPLATE = `${LINKS}/projects/${PROJECT}/regions/${REGION}/instanceTemplates/acme-eu-burst-00000001`;

/**
 * Seconds for a request to what is pretended, where time-outs are not what is tried: a busy machine keeps an answer waiting.
 * Pauses before another try are parts of it, so it is no longer than it has to be.
 */
export const AMPLE_SECONDS = 3;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly token: string | undefined;
}

/** A machine of the group, and the bridge on it. */
export interface PretendedMachine {
  readonly address: string;
  action: string;
  status: string | undefined;
  template: string;
  /** Unix time in seconds. */
  createdAt: number;
  /** What the bridge says beside its usual answer. */
  stats: Record<string, unknown>;
  /** The whole answer, instead. */
  says?: string;
  readonly posts: { readonly path: string; readonly body: string }[];
  /** Participants that Jicofo counts; undefined when it does not know the bridge. */
  jicofo: number | undefined;
  /** False: Jicofo's checks of the bridge fail. @default true */
  operational?: boolean;
}

interface Fault {
  /** Of `<method> <path>`. */
  readonly at: RegExp;
  /** `hang` never answers, `cut` closes the connection, `late` does what was asked and then closes it. */
  readonly with: number | "hang" | "cut" | "late";
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers that are like this. @default all */
  times?: number;
}

/**
 * What a keeper talks to, on loopback addresses: Google's metadata server, Compute Engine and Cloud Storage, Jicofo,
 * InfluxDB, and a bridge per machine. Only as much of each as a keeper asks for, refused like the real ones refuse.
 */
export class PretendedPool {
  readonly machines = new Map<string, PretendedMachine>();
  readonly objects = new Map<string, { generation: number; text: string; updated: number }>();
  readonly faults: Fault[] = [];
  readonly asked: Asked[] = [];
  readonly points: string[] = [];
  target = 0;
  recommended: number | undefined = 0;
  autoscaler: Record<string, unknown> = { status: "ACTIVE" };
  policy: Record<string, unknown> = {
    minNumReplicas: 1,
    maxNumReplicas: 8,
    mode: "ONLY_SCALE_OUT",
    coolDownPeriodSec: 150,
  };
  template = TEMPLATE;
  /** What the group is made from, instead of `template`. */
  versions: unknown;
  /** Machines in one answer of Compute Engine. */
  pageSize = 500;
  /** Machines of the group that are not among the instances: their zone does not answer. */
  readonly hidden = new Set<string>();
  /** What an operation answers beside its name. */
  operation: Record<string, unknown> = {};
  /** What Jicofo says, instead of what it counts. */
  jicofoSays: unknown;
  /** What InfluxDB answers. */
  influxdbStatus = 204;
  /** Authorization of the last write to InfluxDB. */
  writer: string | undefined;
  tokenSeconds = 3599;
  /** Unix time in seconds by the clocks of the cloud and of the bridges. */
  now = (): number => Date.now() / 1000;
  /** What is not there is answered with 403, as to somebody who may not list objects. */
  missingIsRefused = false;
  /** Called when something is asked; the answer comes when it has ended. */
  onAsked: (asked: Asked) => void | Promise<void> = () => undefined;
  /** Called after an object was stored. */
  onStored: (name: string) => void = () => undefined;
  /** Called after something was changed. */
  onDeed: (deed: string) => void = () => undefined;
  private readonly tokens = new Set<string>();
  private addresses = 0;
  private generations = 1_700_000_000_000_000;
  private readonly bridgeServers: Server[] = [];
  private readonly serverOf = new Map<string, Server>();

  private constructor(
    private readonly server: Server,
    readonly bridgePort: number,
  ) {
    server.on(
      "request",
      (request, response) => void this.serve(request, response, (asked) => this.answer(asked)),
    );
  }

  static async start(): Promise<PretendedPool> {
    const server = createServer();
    await listen(server, "127.0.0.1", 0);
    // A port that is free on all the addresses of bridges: this process holds it on one of them.
    const holder = createServer();
    await listen(holder, "127.0.0.2", 0);
    const pool = new PretendedPool(server, (holder.address() as AddressInfo).port);
    pool.bridgeServers.push(holder);
    return pool;
  }

  async stop(): Promise<void> {
    for (const server of [this.server, ...this.bridgeServers]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A keeper's file for this pool, with times as in real life. */
  file(pool: Partial<KeeperPool> = {}): KeeperFile {
    return {
      customer: "abc",
      jicofo: `${this.url}/jicofo`,
      influxdb: { url: `${this.url}/influxdb`, database: "jitsi", username: "server" },
      endpoints: { compute: this.url, storage: this.url, metadata: this.url },
      bridgePort: this.bridgePort,
      pools: [
        {
          pool: "acme-eu-burst",
          project: PROJECT,
          region: REGION,
          group: GROUP,
          mode: "act",
          store: { bucket: BUCKET, prefix: PREFIX },
          intervalSeconds: 30,
          lookaheadSeconds: 900,
          schedules: [],
          tags: { customer: "abc", account: "acme", cloud: "gcp", region: "gcp-europe-west4" },
          settings: { ...someSettings({ surplusSeconds: 0 }) },
          ...pool,
        },
      ],
    };
  }

  /** A machine that has been running for an hour, with nobody on its bridge; the group grows with it. */
  async add(suffix: string, overrides: Partial<PretendedMachine> = {}): Promise<PretendedMachine> {
    const name = `${GROUP}-${suffix}`;
    const address = `127.0.${++this.addresses}.1`;
    const machine: PretendedMachine = {
      address,
      action: "NONE",
      status: "RUNNING",
      template: TEMPLATE,
      createdAt: this.now() - 3600,
      stats: {},
      posts: [],
      jicofo: 0,
      ...overrides,
    };
    this.machines.set(name, machine);
    this.target += 1;
    this.recommended = this.target;
    const server = createServer((request, response) => {
      void this.serve(request, response, ({ method, path, body }) =>
        this.answerOfBridge(name, method, path, body),
      );
    });
    await listen(server, address, this.bridgePort);
    this.bridgeServers.push(server);
    this.serverOf.set(name, server);
    return machine;
  }

  /** The bridge's program ends: its machine is there, and nobody listens on it. */
  async end(name: string): Promise<void> {
    const server = this.serverOf.get(name)!;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Calls that change something, in their order: `drain acme-eu-burst-aaaa`, `deleteInstances acme-eu-burst-aaaa`, … */
  readonly deeds: string[] = [];

  /** A token that Google takes, though it did not come from the metadata server. */
  accept(token: string): void {
    this.tokens.add(token);
  }

  /** Google takes none of the tokens any more that it gave. */
  revokeTokens(): void {
    this.tokens.clear();
    this.tokens.add("revoked");
  }

  private did(deed: string): void {
    this.deeds.push(deed);
    this.onDeed(deed);
  }

  store(name: string, value: unknown): number {
    const generation = ++this.generations;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    this.objects.set(name, { generation, text, updated: this.now() });
    return generation;
  }

  json(name: string): Record<string, unknown> {
    return JSON.parse(this.objects.get(name)?.text ?? "null") as Record<string, unknown>;
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (asked: Asked) => [number, unknown, Record<string, string>?],
  ): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url!, "http://pretended");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (path === "/influxdb/write") this.writer = request.headers.authorization;
    const asked = { method: request.method!, path, query, body: Buffer.concat(chunks).toString(), token };
    this.asked.push(asked);
    await this.onAsked(asked);
    const where = `${asked.method} ${(request.socket.localAddress ?? "") + path}`;
    const fault = this.faults.find(({ at, times }) => at.test(where) && (times === undefined || times > 0));
    if (fault?.times !== undefined) fault.times -= 1;
    if (fault?.with === "hang") return;
    if (fault?.with === "late") answer(asked);
    if (fault?.with === "cut" || fault?.with === "late") return void request.socket.destroy();
    const refusal = { error: { code: fault?.with, message: "pretended trouble" } };
    if (path.startsWith("/computeMetadata") && request.headers["metadata-flavor"] !== "Google")
      return void response.writeHead(403).end();
    const [status, body, headers] = fault ? [fault.with, refusal, fault.headers] : answer(asked);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const date = new Date(this.now() * 1000).toUTCString();
    response.writeHead(status, { "Content-Type": "application/json", Date: date, ...headers }).end(text);
  }

  private answer(asked: Asked): [number, unknown, Record<string, string>?] {
    const { method, path, query, body } = asked;
    if (path === "/computeMetadata/v1/instance/service-accounts/default/token") {
      const access_token = `ya29.token-${this.tokens.size + 1}`;
      this.tokens.add(access_token);
      return [200, { access_token, expires_in: this.tokenSeconds, token_type: "Bearer" }];
    }
    if (path === "/influxdb/write") {
      if (this.influxdbStatus === 204) this.points.push(...body.split("\n"));
      return [this.influxdbStatus, ""];
    }
    if (path === "/jicofo/debug")
      return [200, this.jicofoSays ?? { bridge_selector: { bridge: this.jicofoBridges() } }];
    if (path === "/jicofo/move-endpoints/move-fraction") return this.move(query.get("bridge")!);
    if (asked.token === undefined || !this.tokens.has(asked.token))
      return [401, { error: { code: 401, message: "not this token" } }];
    if (path.startsWith("/storage/") || path.startsWith("/upload/storage/")) return this.storage(asked);
    const regional = `/compute/v1/projects/${PROJECT}/regions/${REGION}`;
    const group = `${regional}/instanceGroupManagers/${GROUP}`;
    switch (`${method} ${path}`) {
      case `GET ${group}`:
        return [
          200,
          {
            name: GROUP,
            targetSize: this.target,
            versions: this.versions ?? [{ instanceTemplate: this.template }],
          },
        ];
      case `GET ${regional}/autoscalers/${GROUP}`:
        return [
          200,
          { ...this.autoscaler, recommendedSize: this.recommended, autoscalingPolicy: this.policy },
        ];
      case `POST ${group}/listManagedInstances`:
        return this.page(query, (machines) => ({
          managedInstances: machines.map(([name, each]) => managed(name, each)),
        }));
      case `GET /compute/v1/projects/${PROJECT}/aggregated/instances`:
        if (query.get("filter") !== "labels.fleet-pool=eu-burst")
          return [400, { error: { message: "filter" } }];
        return this.page(query, (machines) => ({
          items: {
            "zones/europe-west4-a": {
              instances: machines
                .filter(([name]) => !this.hidden.has(name))
                .map(([name, each]) => described(name, each)),
            },
            "zones/us-east1-b": { warning: { code: "NO_RESULTS_ON_PAGE" } },
          },
        }));
      case `GET ${regional}/instanceTemplates/${this.template.split("/").at(-1)}`:
        return [200, { properties: { labels: { "fleet-release": "stable-1" } } }];
      case `POST ${group}/deleteInstances`:
        return this.delete((JSON.parse(body) as { instances: string[] }).instances);
      case `PATCH ${regional}/autoscalers`: {
        const { autoscalingPolicy } = JSON.parse(body) as { autoscalingPolicy: Record<string, unknown> };
        this.policy = { ...this.policy, ...autoscalingPolicy };
        this.did(`set-min ${String(autoscalingPolicy["minNumReplicas"])}`);
        return [200, { kind: "compute#operation", status: "PENDING", ...this.operation }];
      }
      default:
        return [404, { error: { code: 404, message: `nothing at ${method} ${path}` } }];
    }
  }

  private page(
    query: URLSearchParams,
    answer: (machines: [string, PretendedMachine][]) => object,
  ): [number, unknown] {
    const begin = Number(query.get("pageToken") ?? 0);
    const end = begin + this.pageSize;
    const next = end < this.machines.size ? { nextPageToken: String(end) } : {};
    return [200, { ...answer([...this.machines].slice(begin, end)), ...next }];
  }

  private delete(links: readonly string[]): [number, unknown] {
    for (const link of links) {
      const name = link.slice(link.lastIndexOf("/") + 1);
      const machine = this.machines.get(name);
      if (!machine || machine.action === "DELETING")
        return [400, { error: { code: 400, message: `no ${name}` } }];
      machine.action = "DELETING";
      machine.status = "STOPPING";
      this.target -= 1;
      this.did(`deleteInstances ${name}`);
    }
    return [200, { kind: "compute#operation", status: "RUNNING", ...this.operation }];
  }

  private jicofoBridges() {
    const known = [...this.machines].filter(([, { jicofo }]) => jicofo !== undefined);
    return Object.fromEntries(
      known.map(([name, { jicofo, operational = true }]) => [
        `jvbbrewery@muc.jvb.meet.jitsi/${relayOf(name)}`,
        { "relay-id": relayOf(name), endpoints: jicofo, stress: 0.1, operational },
      ]),
    );
  }

  private move(jid: string): [number, unknown] {
    const found = [...this.machines].find(([name]) => jid.endsWith(`/${relayOf(name)}`));
    if (!found) return [404, { error: "no such bridge" }];
    const [name, machine] = found;
    const movedEndpoints = machine.jicofo ?? 0;
    machine.jicofo = 0;
    machine.stats = { ...machine.stats, local_endpoints: 0 };
    this.did(`move ${name}`);
    return [200, { movedEndpoints, conferences: 1 }];
  }

  private answerOfBridge(name: string, method: string, path: string, body: string): [number, unknown] {
    const machine = this.machines.get(name)!;
    if (method === "GET" && path === "/colibri/stats")
      return [200, machine.says ?? statsOf(name, machine.stats, this.now())];
    machine.posts.push({ path, body });
    if (path === "/colibri/drain/enable") machine.stats = { ...machine.stats, drain: true };
    else if (path === "/colibri/drain/disable") machine.stats = { ...machine.stats, drain: false };
    else if (path === "/colibri/shutdown") machine.stats = { ...machine.stats, graceful_shutdown: true };
    else return [404, ""];
    this.did(`${path.slice("/colibri/".length)} ${name}`);
    return [200, ""];
  }

  private storage({ method, path, query, body }: Asked): [number, unknown, Record<string, string>?] {
    const name = method === "GET" ? decodeURIComponent(path.split("/o/")[1] ?? "") : query.get("name")!;
    const object = this.objects.get(name);
    if (method === "GET" && path.startsWith(`/storage/v1/b/${BUCKET}/o/`)) {
      if (query.get("alt") !== "media") return [400, ""];
      if (!object) return this.missingIsRefused ? [403, "it may not exist"] : [404, "No such object"];
      const updated = new Date(object.updated * 1000).toUTCString();
      return [200, object.text, { "x-goog-generation": String(object.generation), "Last-Modified": updated }];
    }
    if (method !== "POST" || path !== `/upload/storage/v1/b/${BUCKET}/o`) return [404, ""];
    if (query.get("uploadType") !== "media") return [400, ""];
    if (query.get("ifGenerationMatch") !== String(object?.generation ?? 0))
      return [
        412,
        { error: { code: 412, message: "At least one of the pre-conditions you specified did not hold." } },
      ];
    const generation = this.store(name, body);
    this.did(`store ${name.slice(PREFIX.length)}`);
    this.onStored(name);
    return [200, { name, generation: String(generation) }];
  }
}

export const relayOf = (name: string): string => `${name}-1764500000`;

/** What a bridge says of itself. @param now Unix time in seconds */
export const statsOf = (
  name: string,
  stats: Record<string, unknown> = {},
  now = Date.now() / 1000,
): Record<string, unknown> => ({
  current_timestamp: new Date(now * 1000).toISOString().replace("T", " ").replace("Z", ""),
  relay_id: relayOf(name),
  stress_level: 0.45,
  local_endpoints: 0,
  conferences: 0,
  drain: false,
  graceful_shutdown: false,
  shutting_down: false,
  healthy: true,
  mucs_configured: 1,
  mucs_joined: 1,
  muc_clients_configured: 1,
  muc_clients_connected: 1,
  region: "gcp-europe-west4",
  version: "2.3.0",
  ...stats,
});

const described = (name: string, { address, createdAt, status }: PretendedMachine) => ({
  name,
  status,
  creationTimestamp: new Date(createdAt * 1000).toISOString(),
  labels: { "fleet-pool": "eu-burst", "fleet-release": "stable-1" },
  networkInterfaces: [{ networkIP: address }],
});

const managed = (name: string, { action, status, template }: PretendedMachine) => ({
  instance: `${LINKS}/projects/${PROJECT}/zones/europe-west4-a/instances/${name}`,
  currentAction: action,
  ...(status !== undefined && { instanceStatus: status }),
  version: { instanceTemplate: template },
});

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
