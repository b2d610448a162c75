import { type Answer, RequestProblem } from "./request";
import { parseObject } from "./google";

/** An object as it was read; `generation` is "0" and `text` undefined when there is none, or it was refused. */
export interface StoredObject {
  readonly generation: string;
  readonly text: string | undefined;
  /**
   * Cloud Storage refuses to read it. To whoever may not list objects, it says the same of one that is not there; a write
   * for generation "0" tells the two apart.
   */
  readonly isRefused: boolean;
  /** Seconds since it was written, both by Cloud Storage's clock, to the second; undefined when it does not say. */
  readonly ageSeconds: number | undefined;
}

interface Call {
  readonly url: string;
  readonly method?: "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request with whatever authorises it; every status but 2xx and the accepted ones is a RequestProblem. */
export type SendToStorage = (call: Call, accepted: readonly number[]) => Promise<Answer>;

/** Objects of one bucket in Cloud Storage (JSON API), read and written by generation. */
export class ObjectStore {
  /** @param endpoint Cloud Storage, without a path */
  constructor(
    private readonly endpoint: string,
    private readonly bucket: string,
  ) {}

  /** @throws RequestProblem */
  async read(name: string, send: SendToStorage): Promise<StoredObject> {
    const url = `${this.endpoint}/storage/v1/b/${this.bucket}/o/${encodeURIComponent(name)}?alt=media`;
    const { status, headers, text } = await send({ url }, [403, 404]);
    if (status === 403 || status === 404)
      return { generation: "0", text: undefined, isRefused: status === 403, ageSeconds: undefined };
    const generation = headers.get("x-goog-generation");
    if (generation === null || !/^[1-9][0-9]*$/.test(generation))
      throw new RequestProblem(`${name}: Cloud Storage does not say the generation`);
    const [date, modified] = [headers.get("date"), headers.get("last-modified")].map((value) =>
      Date.parse(value ?? ""),
    );
    const age = (date! - modified!) / 1000;
    return {
      generation,
      text,
      isRefused: false,
      ageSeconds: Number.isFinite(age) ? Math.max(0, age) : undefined,
    };
  }

  /**
   * Writes an object if it still has the generation that it was read with ("0": if there is none).
   * @returns its new generation; undefined when somebody else wrote meanwhile
   * @throws RequestProblem; then nobody knows whether it was written
   */
  async write(
    name: string,
    text: string,
    generation: string,
    send: SendToStorage,
  ): Promise<string | undefined> {
    const query = new URLSearchParams({ uploadType: "media", name, ifGenerationMatch: generation });
    const answer = await send(
      {
        url: `${this.endpoint}/upload/storage/v1/b/${this.bucket}/o?${query.toString()}`,
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: text,
      },
      [412],
    );
    if (answer.status === 412) return undefined;
    const written = parseObject(answer.text)["generation"];
    if (typeof written !== "string")
      throw new RequestProblem(`${name}: Cloud Storage does not say the generation`);
    return written;
  }
}
