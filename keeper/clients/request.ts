export interface Request {
  readonly url: string;
  /** @default GET */
  readonly method?: "GET" | "POST" | "PATCH" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the start of the request to the last byte of the answer. */
  readonly timeoutSeconds: number;
  /** Longest answer that is read. @default 8 MB */
  readonly maxBytes?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Nobody answered, or not as they should; the message is one line and holds no secret. */
export class RequestProblem extends Error {
  constructor(
    message: string,
    /** HTTP status; undefined when there was no answer at all. */
    readonly status?: number,
    /** Seconds after which the other side wants to be asked again (`Retry-After`). */
    readonly retryAfter?: number,
    /** Whether the machine says that nobody listens there. */
    readonly isNobody = false,
  ) {
    super(message);
  }

  /** Whether the next try may go better: no answer, 429, 5xx. */
  get isPassing(): boolean {
    const { status } = this;
    return status === undefined || status === 429 || (status >= 500 && status <= 599);
  }
}

const MAX_BYTES = 8_000_000;

/**
 * Sends one request and reads the whole answer, whatever its status.
 * @throws RequestProblem when there is none in time
 */
export async function send(request: Request): Promise<Answer> {
  const { url, method = "GET", headers, body, timeoutSeconds, maxBytes = MAX_BYTES } = request;
  const where = `${method} ${placeOf(url)}`;
  const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutSeconds * 1000)));
  try {
    const response = await fetch(url, {
      method,
      redirect: "error", // following one would hand a token to another host
      signal: timeout,
      ...(headers && { headers: { ...headers } }),
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, text: await readText(response, maxBytes) };
  } catch (error) {
    if (error instanceof RequestProblem) throw new RequestProblem(`${where}: ${error.message}`, error.status);
    if (timeout.aborted) throw new RequestProblem(`${where}: no answer in time`);
    const cause = causeOf(error);
    throw new RequestProblem(`${where}: ${cause}`, undefined, undefined, cause === "ECONNREFUSED");
  }
}

/** @throws RequestProblem for every other status than 2xx */
export function expectSuccess(request: Request, answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new RequestProblem(
    `${request.method ?? "GET"} ${placeOf(request.url)}: HTTP status ${answer.status}${reasonIn(answer.text)}`,
    answer.status,
    retryAfter(answer.headers.get("retry-after")),
  );
}

/** Seconds from now: a number, or a date. */
function retryAfter(text: string | null): number | undefined {
  if (text === null) return undefined;
  const seconds = /^[0-9]+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw new RequestProblem(`an answer of more than ${maxBytes} bytes`, response.status);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Host and path: what a reader of the log needs, and no query. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & {
    readonly cause?: { readonly code?: unknown; readonly message?: string };
  };
  return typeof cause?.code === "string" ? cause.code : (cause?.message ?? message);
}

/** What Google's APIs say in the body of a refusal. */
function reasonIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: unknown } };
    if (typeof error?.message === "string") return `, ${error.message.slice(0, 300)}`;
  } catch {
    // Not from Google, or cut off.
  }
  return "";
}

/** The value, or the problem as a value; every other error stays one. */
export const orProblem = <T>(promise: Promise<T>): Promise<T | RequestProblem> =>
  promise.catch((error: unknown) => {
    if (error instanceof RequestProblem) return error;
    throw error;
  });
