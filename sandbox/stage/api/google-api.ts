import { textOf } from "../../machines/bridge-rest";
import { forbidden, GoogleError, unauthenticated } from "./google-error";
import { route } from "./google-request";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Ledger } from "../ledger";
import type { StageClock } from "../stage-clock";
import type { GoogleAnswer, GoogleMethod, GoogleRequest } from "./google-request";
import type { PlantedErrors } from "./planted-errors";

/** As the metadata server answers; real seconds. */
const TOKEN_SECONDS = 3599;
const TOKEN_PATH = "/computeMetadata/v1/instance/service-accounts/default/token";
/** Retry-After of a planted 429, in whole seconds as the header has it. */
const RETRY_AFTER = "1";

export interface GoogleApiParts {
  readonly methods: readonly GoogleMethod[];
  readonly permissions: ReadonlySet<string>;
  readonly errors: PlantedErrors;
  readonly clock: StageClock;
  readonly ledger: Ledger;
}

/** Google's APIs and a machine's metadata server on one port: whose token it is says who calls. */
export class GoogleApi {
  private readonly tokens = new Map<string, string>();
  private serial = 0;

  constructor(private readonly parts: GoogleApiParts) {}

  /** Tokens that were handed out are refused from now on. */
  revokeTokens(): void {
    this.tokens.clear();
  }

  async answer(who: string, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { errors, clock, ledger } = this.parts;
    ledger.called(who);
    const body = Buffer.from(await textOf(message), "utf8");
    const wrong = errors.next();
    if (wrong === "reset") return void message.socket.destroy();
    if (wrong === "500" || wrong === "503" || wrong === "429") return refuse(response, wrong);

    const answer = this.try(() => this.reply(who, message, body));
    if (wrong === "late reset") return void message.socket.destroy();
    if (wrong === "late 500") return refuse(response, "500");
    const send = (): void => write(response, answer, wrong === "half an answer");
    if (wrong === "slow") clock.after(errors.plan.slowSeconds, send);
    else send();
  }

  private try(reply: () => GoogleAnswer): GoogleAnswer {
    try {
      return reply();
    } catch (error) {
      if (error instanceof GoogleError) return { status: error.status, body: error.body() };
      throw error;
    }
  }

  private reply(who: string, message: IncomingMessage, body: Buffer): GoogleAnswer {
    const url = new URL(message.url!, "http://stage");
    const call = `${message.method} ${url.pathname}`;
    if (call === `GET ${TOKEN_PATH}`) return this.token(who, message);
    const token = /^Bearer (.+)$/.exec(message.headers.authorization ?? "")?.[1];
    if (token === undefined || this.tokens.get(token) !== who) throw unauthenticated();

    const request: GoogleRequest = {
      method: message.method!,
      path: url.pathname,
      query: url.searchParams,
      contentType: message.headers["content-type"] ?? "",
      body,
      who,
      require: (permission, resource) => {
        if (!this.parts.permissions.has(permission)) throw forbidden(permission, resource);
      },
    };
    const answer = route(request, this.parts.methods);
    if (answer) return answer;
    this.parts.ledger.unknownCalls.push(call);
    throw new GoogleError(404, `The stage does not play ${call}`, "notFound");
  }

  private token(who: string, message: IncomingMessage): GoogleAnswer {
    if (message.headers["metadata-flavor"] !== "Google")
      throw new GoogleError(403, "Missing required header: Metadata-Flavor", "forbidden");
    this.serial += 1;
    const token = `ya29.${who}-${this.serial}`;
    this.tokens.set(token, who);
    return {
      status: 200,
      body: { access_token: token, expires_in: TOKEN_SECONDS, token_type: "Bearer" },
      headers: { "metadata-flavor": "Google" },
    };
  }
}

function refuse(response: ServerResponse, status: "500" | "503" | "429"): void {
  const error = {
    "500": new GoogleError(500, "Internal error encountered.", "backendError"),
    "503": new GoogleError(503, "The service is currently unavailable.", "backendError"),
    "429": new GoogleError(429, "Rate Limit Exceeded", "rateLimitExceeded"),
  }[status];
  write(response, {
    status: error.status,
    body: error.body(),
    ...(status === "429" && { headers: { "retry-after": RETRY_AFTER } }),
  });
}

/** @param isCut the connection ends in the middle of the body */
function write(response: ServerResponse, { status, body, headers }: GoogleAnswer, isCut = false): void {
  const content = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json; charset=UTF-8",
    "content-length": content.length,
    ...headers,
  });
  if (!isCut) return void response.end(content);
  response.write(content.subarray(0, Math.floor(content.length / 2)), () => response.destroy());
}
