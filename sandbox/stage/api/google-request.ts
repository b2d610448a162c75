/** A call to one of Google's APIs, read. */
export interface GoogleRequest {
  readonly method: string;
  /** Without the query, and not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  /** Who calls. */
  readonly who: string;
  /** @throws GoogleError when the caller's role lacks it */
  require(permission: string, resource: string): void;
}

export interface GoogleAnswer {
  readonly status: number;
  readonly body: object | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One method of an API: what it takes, and what it does. The groups of the pattern are decoded. */
export interface GoogleMethod {
  readonly method: string;
  readonly path: RegExp;
  answer(request: GoogleRequest, groups: Readonly<Record<string, string>>): GoogleAnswer;
}

/** The answer of the first method that takes the call; undefined when none does. */
export function route(request: GoogleRequest, methods: readonly GoogleMethod[]): GoogleAnswer | undefined {
  for (const { method, path, answer } of methods) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    const groups = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return answer(request, Object.fromEntries(groups) as Record<string, string>);
  }
  return undefined;
}
