import { createPublicKey, createVerify } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One question that Google was asked. */
export interface Asked {
  readonly path: string;
  readonly token: string | undefined;
  readonly quotaProject: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const refusal = (status: number, name: string, details: readonly unknown[] = []): Answer => ({
  status,
  body: { error: { code: status, message: `pretended ${name}`, status: name, details } },
});

/**
 * Secret Manager, the token endpoint and a machine's metadata server of Google on a loopback port. Each refuses what the
 * real one refuses; a token is good when it was handed out or named as good.
 */
export class PretendedGoogle {
  /** Newest version by resource; `disabled` stands for one that is. */
  readonly secrets = new Map<string, string | Buffer | "disabled">();
  /** Resources that exist, and that the caller may not read. */
  readonly forbidden = new Set<string>();
  /** Projects in which the API is not switched on. */
  readonly switchedOff = new Set<string>();
  readonly goodTokens = new Set<string>();
  /** Refresh tokens that are good. */
  readonly refreshTokens = new Set<string>();
  /** PEM of the key that a service account's assertion must be signed with. */
  publicKey: string | undefined;
  /** Statuses of the next answers, before normal service. */
  readonly outages: number[] = [];
  readonly asked: Asked[] = [];
  private tokens = 0;

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      void bodyOf(request).then((body) => {
        const { status, body: answer } = this.answer(request, body);
        response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
      });
    });
  }

  static start = (): Promise<PretendedGoogle> =>
    new Promise((resolve) => {
      const server = createServer();
      server.listen(0, "127.0.0.1", () => resolve(new PretendedGoogle(server)));
    });

  stop = (): Promise<void> =>
    new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(request: IncomingMessage, body: string): Answer {
    const path = request.url!;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const quotaProject = request.headers["x-goog-user-project"] as string | undefined;
    this.asked.push({ path, token, quotaProject });
    if (path === "/token" && request.method === "POST") return this.exchange(new URLSearchParams(body));
    if (path === "/computeMetadata/v1/instance/service-accounts/default/token") {
      if (request.headers["metadata-flavor"] !== "Google") return refusal(403, "FORBIDDEN");
      return { status: 200, body: { access_token: this.newToken(), expires_in: 3599, token_type: "Bearer" } };
    }
    const outage = this.outages.shift();
    if (outage !== undefined) return refusal(outage, "UNAVAILABLE");
    return this.access(request, path, token);
  }

  private access(request: IncomingMessage, path: string, token: string | undefined): Answer {
    const [, resource, project] =
      /^\/v1\/(projects\/([^/]+)\/secrets\/[^/]+)\/versions\/latest:access$/.exec(path) ?? [];
    if (resource === undefined || request.method !== "GET") return refusal(404, "NOT_FOUND");
    if (token === undefined || !this.goodTokens.has(token)) return refusal(401, "UNAUTHENTICATED");
    if (this.switchedOff.has(project!)) {
      const details = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "SERVICE_DISABLED" }];
      return refusal(403, "PERMISSION_DENIED", details);
    }
    if (this.forbidden.has(resource)) return refusal(403, "PERMISSION_DENIED");
    const value = this.secrets.get(resource);
    if (value === undefined) return refusal(404, "NOT_FOUND");
    if (value === "disabled") return refusal(400, "FAILED_PRECONDITION");
    const name = `${resource.replace(/^projects\/[^/]+/, "projects/123456789")}/versions/3`;
    const data = Buffer.from(value).toString("base64");
    return { status: 200, body: { name, payload: { data, dataCrc32c: "1" } } };
  }

  private exchange(form: URLSearchParams): Answer {
    const assertion = form.get("assertion");
    const good =
      form.get("grant_type") === "refresh_token"
        ? Boolean(form.get("client_id") && form.get("client_secret")) &&
          this.refreshTokens.has(form.get("refresh_token") ?? "")
        : assertion !== null && this.isSigned(assertion);
    return good
      ? { status: 200, body: { access_token: this.newToken(), expires_in: 3599, token_type: "Bearer" } }
      : {
          status: 400,
          body: { error: "invalid_grant", error_description: "Token has been expired or revoked." },
        };
  }

  private isSigned(assertion: string): boolean {
    const [header, claims, signature] = assertion.split(".") as [string, string, string];
    const { scope, aud, iat, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<
      string,
      unknown
    >;
    return (
      this.publicKey !== undefined &&
      scope === "https://www.googleapis.com/auth/cloud-platform" &&
      aud === `http://${this.host}/token` &&
      Number(exp) > Date.now() / 1000 &&
      Number(exp) - Number(iat) <= 3600 &&
      createVerify("RSA-SHA256")
        .update(`${header}.${claims}`)
        .verify(createPublicKey(this.publicKey), signature, "base64url")
    );
  }

  private newToken(): string {
    const token = `ya29.handed-out-${++this.tokens}`;
    this.goodTokens.add(token);
    return token;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
