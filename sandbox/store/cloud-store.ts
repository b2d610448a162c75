import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { Refusal } from "../protocol/diagnostic";
import { isValues } from "../protocol/value";
import type { Values } from "../protocol/value";

/** Objects of one cloud and resource type, by id. */
type ObjectsById = Map<string, Values>;

interface Document {
  readonly counters: Record<string, number>;
  readonly objects: Record<string, Record<string, Record<string, Values>>>;
}

/**
 * What exists in the pretended clouds: a JSON file of `objects.<cloud>.<resource type>.<id>` with the attributes that
 * the cloud would return. The file may be edited or deleted while it is in use: the next call sees it.
 *
 * One process owns a file. Calls are single-threaded, so a change is whole or not there; `commit` resolves once the
 * file holds it. The file is replaced, never rewritten in place, so a crash leaves the old or the new one.
 */
export class CloudStore {
  /**
   * Texts that Secret Manager took since the start, by secret and in order. Never written to the file: as in the real
   * one, who looks at objects sees none of them.
   */
  readonly secretTexts = new Map<string, string[]>();
  private objects = new Map<string, ObjectsById>();
  private counters = new Map<string, number>();
  /** The text of each object, so that writing the file does not format all objects anew. */
  private texts = new WeakMap<Values, string>();
  private onDisk: string | undefined;
  private flushTimer: NodeJS.Timeout | undefined;
  private waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  private lastFlushMilliseconds = 0;

  /** @param startAnew what a person deletes when the file is broken, in words */
  constructor(
    readonly path: string,
    private readonly startAnew = "the file",
  ) {}

  /**
   * Reads the file again if somebody changed it. Called at the start of every call.
   * @throws Refusal when the file is not what this class writes
   */
  sync(): void {
    const found = this.fingerprint();
    if (found === this.onDisk || this.flushTimer) return;
    const document = found === undefined ? { counters: {}, objects: {} } : this.parse();
    this.counters = new Map(Object.entries(document.counters));
    this.objects = new Map();
    for (const [cloud, types] of Object.entries(document.objects)) {
      for (const [type, objects] of Object.entries(types)) {
        this.objects.set(`${cloud}/${type}`, new Map(Object.entries(objects)));
      }
    }
    this.onDisk = found;
  }

  /** The object itself: treat it as read-only. */
  get(cloud: string, type: string, id: string): Values | undefined {
    return this.objects.get(`${cloud}/${type}`)?.get(id);
  }

  /** All objects of one type as pairs of id and attributes. */
  list(cloud: string, type: string): readonly (readonly [string, Values])[] {
    return [...(this.objects.get(`${cloud}/${type}`) ?? [])];
  }

  put(cloud: string, type: string, id: string, attributes: Values): void {
    const objects = this.objects.get(`${cloud}/${type}`) ?? new Map<string, Values>();
    this.objects.set(`${cloud}/${type}`, objects.set(id, attributes));
  }

  remove(cloud: string, type: string, id: string): void {
    this.objects.get(`${cloud}/${type}`)?.delete(id);
  }

  /** 0, 1, 2 … and never the same again, also in later runs: for addresses and numeric ids. */
  next(counter: string): number {
    const value = this.counters.get(counter) ?? 0;
    this.counters.set(counter, value + 1);
    return value;
  }

  /**
   * Resolves when the file holds every change made so far. Calls close to each other share one write; the pause
   * before it grows with the file, so that writing never takes more than half of the time.
   */
  commit(): Promise<void> {
    this.flushTimer ??= setTimeout(() => this.flush(), this.lastFlushMilliseconds);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Writes what is not written yet. */
  close(): void {
    if (this.flushTimer) this.flush();
  }

  private flush(): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    const waiting = this.waiting;
    this.waiting = [];
    try {
      const started = performance.now();
      this.write();
      this.lastFlushMilliseconds = performance.now() - started;
      waiting.forEach(({ resolve }) => resolve());
    } catch (error) {
      waiting.forEach(({ reject }) => reject(error));
    }
  }

  private write(): void {
    const temporary = `${this.path}.new`;
    writeFileSync(temporary, this.render(), { mode: 0o600 });
    renameSync(temporary, this.path);
    this.onDisk = this.fingerprint();
  }

  private render(): string {
    const clouds = new Map<string, string[]>();
    for (const [name, objects] of [...this.objects].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (objects.size === 0) continue;
      const [cloud, type] = name.split("/") as [string, string];
      const entries = [...objects].map(
        ([id, attributes]) => `${JSON.stringify(id)}: ${this.textOf(attributes)}`,
      );
      const types = clouds.get(cloud) ?? [];
      clouds.set(cloud, types);
      types.push(`${JSON.stringify(type)}: {\n${entries.join(",\n")}\n}`);
    }
    const objects = [...clouds].map(
      ([cloud, types]) => `${JSON.stringify(cloud)}: {\n${types.join(",\n")}\n}`,
    );
    const counters = JSON.stringify(Object.fromEntries(this.counters), null, 1);
    return `{\n"counters": ${counters},\n"objects": {\n${objects.join(",\n")}\n}\n}\n`;
  }

  private textOf(attributes: Values): string {
    const text = this.texts.get(attributes) ?? JSON.stringify(attributes, null, 1);
    this.texts.set(attributes, text);
    return text;
  }

  private fingerprint(): string | undefined {
    const found = statSync(this.path, { throwIfNoEntry: false });
    return found && `${found.ino}:${found.size}:${found.mtimeMs}`;
  }

  private parse(): Document {
    try {
      const document: unknown = JSON.parse(readFileSync(this.path, "utf8"));
      checkDocument(document);
      return document;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal(
        `${this.path} cannot be read: ${reason}; correct your edit, or delete ${this.startAnew} to start anew`,
      );
    }
  }
}

/** @throws Error that names the first place with another shape */
function checkDocument(document: unknown): asserts document is Document {
  const { counters, objects } = entriesOf(document, "the file") as Partial<Document>;
  for (const [name, value] of Object.entries(entriesOf(counters, "counters"))) {
    if (typeof value !== "number") throw new Error(`counters.${name} is not a number`);
  }
  for (const [cloud, types] of Object.entries(entriesOf(objects, "objects"))) {
    for (const [type, byId] of Object.entries(entriesOf(types, `objects.${cloud}`))) {
      const at = `objects.${cloud}.${type}`;
      for (const [id, object] of Object.entries(entriesOf(byId, at)))
        entriesOf(object, `${at}[${JSON.stringify(id)}]`);
    }
  }
}

function entriesOf(value: unknown, at: string): Values {
  if (value === undefined) throw new Error(`${at} is missing`);
  if (!isValues(value as Values)) throw new Error(`${at} is not an object`);
  return value as Values;
}
