import type { AccessTokens } from "./access-tokens";
import { type Answer, expectSuccess, type Request, RequestProblem, send } from "./request";
import { type Patience, withRetries } from "./with-retries";

export type GoogleRequest = Omit<Request, "timeoutSeconds">;

/** Calls Google's APIs as the machine's service account. */
export class Google {
  constructor(private readonly tokens: AccessTokens) {}

  /**
   * @param accepted statuses beside 2xx that are an answer, too
   * @throws RequestProblem
   */
  call(request: GoogleRequest, patience: Patience, accepted: readonly number[] = []): Promise<Answer> {
    return withRetries(patience, async (timeoutSeconds) => {
      const begun = patience.monotonic();
      const left = () => Math.max(0.001, timeoutSeconds - (patience.monotonic() - begun));
      const ask = async () => {
        const token = await this.tokens.get(left());
        const headers = { ...request.headers, Authorization: `Bearer ${token}` };
        const answer = await send({ ...request, headers, timeoutSeconds: left() });
        if (answer.status === 401) this.tokens.forget(token);
        return answer;
      };
      let answer = await ask();
      if (answer.status === 401) answer = await ask();
      const full = { ...request, timeoutSeconds };
      return accepted.includes(answer.status) ? answer : expectSuccess(full, answer);
    });
  }

  /** @throws RequestProblem, also for an answer that is no JSON object */
  async json(
    request: GoogleRequest,
    patience: Patience,
  ): Promise<{ readonly json: JsonObject; readonly answer: Answer }> {
    const answer = await this.call(request, patience);
    return { json: parseObject(answer.text), answer };
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws RequestProblem */
export function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new RequestProblem("an answer that is no JSON object");
}
