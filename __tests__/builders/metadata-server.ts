import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const INSTANCE = "/computeMetadata/v1/instance";
const TOKEN = "ya29.token";
const SECRET = /^\/v1\/(projects\/[^/]+\/secrets\/[^/]+)\/versions\/latest:access$/;
const ATTRIBUTES = `${INSTANCE}/attributes/`;
/** Opaque to clients; one per content. */
const etagOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/**
 * The metadata servers of both clouds on a loopback port. Answers by path; a missing one is 404, and a request without
 * the cloud's headers 403. As Google's, it holds a request with `wait_for_change` until the value's etag is another
 * than `last_etag`, or `timeout_sec` is over, and then answers with the value of that moment. A directory of attributes
 * (`recursive=true&alt=json`) is a value too, whose etag changes with each of them.
 */
export class MetadataServer {
  /** Requested paths with their queries, in order. */
  readonly requests: string[] = [];
  /** Answers everything with this status while it is set. */
  outage: number | undefined;
  /** Seconds after which a waiting request is answered at the latest, whatever it asked for. */
  longestWait = Infinity;
  /** Secret Manager, which answers at the same address: resource -> newest value. */
  readonly secrets = new Map<string, string>();
  private readonly answers = new Map<string, string>();
  private readonly attributes = new Map([["enable-oslogin", "TRUE"]]);
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on("request", (request, response) => this.answer(request, response));
  }

  /** @param port Of one that was stopped, to be back at its address. @default a free one */
  static start = (port = 0): Promise<MetadataServer> =>
    new Promise((resolve) => {
      const server = createServer();
      server.listen(port, "127.0.0.1", () =>
        resolve(new MetadataServer(server, (server.address() as AddressInfo).port)),
      );
    });

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A Google machine. Text that is no object stands for a bundle as it is. */
  google(
    files: unknown,
    address = "198.51.100.7",
    name = "acme-eu-burst-x7k2",
    zone = "europe-west4-a",
  ): void {
    this.attributes.set("fleet-files", typeof files === "string" ? files : JSON.stringify(files));
    this.answers.set(`${INSTANCE}/name`, name);
    this.answers.set(`${INSTANCE}/id`, "4711471147114711471");
    this.answers.set(`${INSTANCE}/zone`, `projects/123456789012/zones/${zone}`);
    this.answers.set(`${INSTANCE}/service-accounts/default/token`, JSON.stringify({ access_token: TOKEN }));
    this.answers.set(`${INSTANCE}/network-interfaces/0/access-configs/0/external-ip`, address);
    this.wake();
  }

  /** Files in both values, which change in one step. */
  googleWith(files: unknown, compressed: string): void {
    this.attributes.set("fleet-files-compressed", compressed);
    this.google(files);
  }

  /** Another attribute of the machine changes, which is no file of ours. */
  otherAttribute(key: string, value: string): void {
    this.attributes.set(key, value);
    this.wake();
  }

  linode(instance: unknown, network: unknown): void {
    this.answers.set("/v1/token", "token");
    this.answers.set("/v1/instance", JSON.stringify(instance));
    this.answers.set("/v1/network", JSON.stringify(network));
  }

  /** Takes the machine's files away, its name and address stay. */
  withoutFiles(): void {
    this.attributes.delete("fleet-files");
    this.wake();
  }

  stop = (): Promise<void> =>
    new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
      this.wake();
    });

  private wake(): void {
    const woken = this.waiting;
    this.waiting = [];
    for (const wake of woken) wake();
  }

  private answerSecret(resource: string, request: IncomingMessage, response: ServerResponse): void {
    const value = this.secrets.get(resource);
    response.statusCode =
      this.outage ??
      (request.headers.authorization !== `Bearer ${TOKEN}` ? 401 : value === undefined ? 404 : 200);
    const name = `${resource}/versions/1`;
    const data = Buffer.from(value ?? "").toString("base64");
    response.end(response.statusCode === 200 ? JSON.stringify({ name, payload: { data } }) : "");
  }

  private textOf(path: string, query: URLSearchParams): string | undefined {
    if (!path.startsWith(ATTRIBUTES)) return this.answers.get(path);
    if (path !== ATTRIBUTES) return this.attributes.get(path.slice(ATTRIBUTES.length));
    const { recursive, alt } = Object.fromEntries(query);
    const names = [...this.attributes.keys()].sort().join("\n");
    return recursive === "true" && alt === "json"
      ? JSON.stringify(Object.fromEntries(this.attributes))
      : names;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.url!);
    const { pathname, searchParams } = new URL(request.url!, this.url);
    const [, resource] = SECRET.exec(pathname) ?? [];
    if (resource !== undefined) return this.answerSecret(resource, request, response);
    const wait = searchParams.get("wait_for_change") === "true";
    const send = (): void => {
      if (response.writableEnded) return;
      const text = this.textOf(pathname, searchParams);
      response.statusCode =
        this.outage ?? (!allowed(request, pathname) ? 403 : text === undefined ? 404 : 200);
      if (text !== undefined) response.setHeader("ETag", etagOf(text));
      response.end(response.statusCode === 200 ? text : "");
    };
    const text = this.textOf(pathname, searchParams);
    if (this.outage || !wait || text === undefined || etagOf(text) !== searchParams.get("last_etag"))
      return send();
    const timer = setTimeout(
      send,
      1000 * Math.min(this.longestWait, Number(searchParams.get("timeout_sec"))),
    );
    response.on("close", () => clearTimeout(timer));
    this.waiting.push(() => {
      clearTimeout(timer);
      send();
    });
  }
}

const allowed = ({ method, headers }: IncomingMessage, path: string): boolean =>
  path.startsWith(INSTANCE)
    ? headers["metadata-flavor"] === "Google"
    : path === "/v1/token"
      ? method === "PUT" && Boolean(headers["metadata-token-expiry-seconds"])
      : headers["metadata-token"] === "token" && headers["accept"] === "application/json";
