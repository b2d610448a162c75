import type { Clock } from "../clock";
import { expectSuccess, RequestProblem, send } from "./request";

/** The metadata server gives a new token during the last minutes of the old one. */
const RENEW_BEFORE_SECONDS = 225;

/** Tokens of the machine's service account. One is kept until shortly before it expires. Never logged. */
export class AccessTokens {
  private kept: { readonly token: string; readonly renewAt: number } | undefined;
  private asked: Promise<string> | undefined;

  /** @param metadata the metadata server, without a path */
  constructor(
    private readonly metadata: string,
    private readonly clock: Pick<Clock, "monotonic">,
  ) {}

  /** @throws RequestProblem */
  get(timeoutSeconds: number): Promise<string> {
    if (this.kept && this.clock.monotonic() < this.kept.renewAt) return Promise.resolve(this.kept.token);
    this.asked ??= this.ask(timeoutSeconds).finally(() => {
      this.asked = undefined;
    });
    return this.asked;
  }

  /** Google did not take this one. */
  forget(token: string): void {
    if (this.kept?.token === token) this.kept = undefined;
  }

  private async ask(timeoutSeconds: number): Promise<string> {
    const request = {
      url: `${this.metadata}/computeMetadata/v1/instance/service-accounts/default/token`,
      headers: { "Metadata-Flavor": "Google" },
      timeoutSeconds,
    };
    const askedAt = this.clock.monotonic();
    const { text } = expectSuccess(request, await send(request));
    const { token, lifetime } = parse(text);
    const margin = Math.min(RENEW_BEFORE_SECONDS, lifetime / 2);
    this.kept = { token, renewAt: askedAt + lifetime - margin };
    return token;
  }
}

function parse(text: string): { readonly token: string; readonly lifetime: number } {
  try {
    const { access_token: token, expires_in: lifetime } = JSON.parse(text) as Record<string, unknown>;
    if (typeof token === "string" && typeof lifetime === "number" && lifetime > 0) return { token, lifetime };
  } catch {
    // Without the cause: it may quote the token.
  }
  throw new RequestProblem("the metadata server answers with something that is no token");
}
