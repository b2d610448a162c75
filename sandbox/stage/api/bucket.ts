import { createHash } from "node:crypto";
import { GoogleError } from "./google-error";

export interface StoredObject {
  readonly name: string;
  readonly generation: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly updated: string;
}

const notHeld = (): GoogleError =>
  new GoogleError(412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet");

/** One bucket: objects by name, each with a generation that no other content of it ever had. */
export class Bucket {
  private readonly objects = new Map<string, StoredObject>();
  private lastGeneration = Date.now() * 1000;

  constructor(readonly name: string) {}

  get = (name: string): StoredObject | undefined => this.objects.get(name);

  /**
   * @param ifGenerationMatch 0: only if there is no object of this name
   * @throws GoogleError when the condition does not hold
   */
  insert(name: string, contentType: string, body: Buffer, ifGenerationMatch?: number): StoredObject {
    this.require(name, ifGenerationMatch);
    this.lastGeneration += 1;
    const object: StoredObject = {
      name,
      generation: this.lastGeneration,
      contentType,
      body,
      updated: new Date().toISOString(),
    };
    this.objects.set(name, object);
    return object;
  }

  /** @throws GoogleError when the condition does not hold */
  remove(name: string, ifGenerationMatch?: number): boolean {
    this.require(name, ifGenerationMatch);
    return this.objects.delete(name);
  }

  /** The object as JSON, without its content. */
  describe(object: StoredObject): object {
    const { name, generation, contentType, body, updated } = object;
    return {
      kind: "storage#object",
      id: `${this.name}/${name}/${generation}`,
      name,
      bucket: this.name,
      generation: String(generation),
      metageneration: "1",
      contentType,
      size: String(body.length),
      md5Hash: createHash("md5").update(body).digest("base64"),
      etag: Buffer.from(String(generation)).toString("base64"),
      updated,
    };
  }

  private require(name: string, generation: number | undefined): void {
    if (generation !== undefined && generation !== (this.objects.get(name)?.generation ?? 0)) throw notHeld();
  }
}
