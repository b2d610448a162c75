import type { Endpoints } from "../../sandbox/stage/stage";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when it is no JSON. */
  readonly json: unknown;
}

/** Calls Google's APIs on a stage as a program on a machine does: with the machine's token. */
export class GoogleCaller {
  private constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  static async at({ endpoints }: Endpoints): Promise<GoogleCaller> {
    const response = await fetch(
      `${endpoints.metadata}/computeMetadata/v1/instance/service-accounts/default/token`,
      { headers: { "Metadata-Flavor": "Google" } },
    );
    const { access_token } = (await response.json()) as { access_token: string };
    return new GoogleCaller(endpoints.compute, access_token);
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    contentType = "application/json",
  ): Promise<Answered> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": contentType },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
