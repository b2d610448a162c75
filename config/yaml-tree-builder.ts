import { COLLECTION_STYLE, EVENT_ID, getScalarValue, type parseEvents, SCALAR_STYLE } from "js-yaml";
import type { FieldPath } from "../model/problem";
import type { ProblemList } from "./problem-list";
import { resolveScalar } from "./resolve-scalar";
import type { SourceFile } from "./source-file";
import type { Scalar, YamlNode } from "./yaml-node";

type Event = ReturnType<typeof parseEvents>[number];
type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

/** Longer than any field of ours; keeps every later look at a value short. */
const LONGEST_TEXT = 4096;

const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/u;

/** The key that waits for its value. */
interface PendingKey {
  readonly name: string;
  readonly offset: number;
  /** It was reported, and its value is read but left out. */
  readonly refused: boolean;
}

interface MapFrame {
  readonly kind: "map";
  readonly path: FieldPath;
  readonly entries: Map<string, YamlNode>;
  key: PendingKey | undefined;
  /** It stands where a key must be: reported, and left out. */
  readonly isKey: boolean;
  readonly finish: () => YamlNode;
}

interface ListFrame {
  readonly kind: "list";
  readonly path: FieldPath;
  readonly items: YamlNode[];
  readonly offset: number;
  /** It stands where a key must be: reported, and left out. */
  readonly isKey: boolean;
  readonly finish: () => YamlNode;
}

/** Parser events to a tree with positions. Iterative; what it refuses it reports and leaves out or sets to null. */
export class YamlTreeBuilder {
  private readonly frames: (MapFrame | ListFrame)[] = [];
  private root: YamlNode | undefined;

  constructor(
    private readonly source: SourceFile,
    private readonly problems: ProblemList,
  ) {}

  /** The root of the first document. */
  build(events: readonly Event[]): YamlNode | undefined {
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          break;
        case EVENT_ID.SCALAR:
          this.scalar(event);
          break;
        case EVENT_ID.ALIAS:
          this.alias(event.anchorStart - 1);
          break;
        case EVENT_ID.POP:
          this.close();
          break;
        default:
          this.open(event);
      }
    }
    return this.root;
  }

  private get top(): MapFrame | ListFrame | undefined {
    return this.frames[this.frames.length - 1];
  }

  /** True when the next node is a key of the innermost map. */
  private get atKey(): boolean {
    return this.top?.kind === "map" && this.top.key === undefined;
  }

  private scalar(event: ScalarEvent): void {
    const { style } = event;
    const quoted = style !== SCALAR_STYLE.PLAIN;
    const block = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
    const start = block || event.valueStart < 0 ? -1 : event.valueStart - (quoted ? 1 : 0);
    const offset = start >= 0 ? start : this.fallbackOffset();
    let text = getScalarValue(this.source.text, event);
    let refusal: string | undefined;
    if (text.length > LONGEST_TEXT) {
      refusal = `${text.length} characters long; allowed: at most ${LONGEST_TEXT}; shorten it`;
      text = "";
    } else if (CONTROL.test(text)) {
      refusal = "the text holds a control character; allowed: visible characters; remove the escape";
    }
    const value = quoted ? text : resolveScalar(text);
    const usable = refusal === undefined; // a leading zero, found below, changes no value

    if (this.atKey) {
      this.key(offset, text, refusal ?? this.refusedKey(text, value));
      this.refuseProperties(event, this.nextPath());
      return;
    }
    const path = this.nextPath();
    if (!quoted && /^[-+]?0[0-9]{1,20}$/.test(text)) {
      refusal ??= `${text} has a leading zero, which YAML ignores and other programs read as octal; write ${String(value)}, or "${text}" if text is meant`;
    }
    if (refusal !== undefined) this.problems.add(this.source, offset, path, refusal);
    this.refuseProperties(event, path);
    this.place({
      kind: "scalar",
      source: this.source,
      path,
      offset,
      keyOffset: this.pendingKeyOffset(),
      value: usable ? value : null,
      text,
      quoted,
    });
  }

  private key(offset: number, name: string, refusal: string | undefined): void {
    const frame = this.top as MapFrame;
    if (refusal !== undefined) this.problems.add(this.source, offset, [...frame.path, name], refusal);
    frame.key = { name, offset, refused: refusal !== undefined };
  }

  /** Why a text that parses cannot be a key. */
  private refusedKey(text: string, value: Scalar): string | undefined {
    if (typeof value !== "string") {
      const read = value === null ? "empty" : typeof value === "number" ? "a number" : "true or false";
      return `the key is read as ${read}; allowed: text; put it in quotes`;
    }
    if (text === "<<")
      return "merge keys are not read here; write the fields themselves, or put them in a layer";
    if (text === "__proto__") return "this key is never allowed; remove it";
    const first = (this.top as MapFrame).entries.get(text);
    if (!first) return undefined;
    const { line } = this.source.positionAt(first.keyOffset ?? first.offset);
    return `written twice, first in line ${line}; keep one of the two`;
  }

  private alias(offset: number): void {
    const message =
      "aliases (*) are not read here, so that each file says what it means; write the value itself";
    if (this.atKey) {
      this.key(offset, `*${offset}`, message);
      return;
    }
    const path = this.nextPath();
    const frame = this.top;
    const merges = frame?.kind === "map" && frame.key?.name === "<<"; // the key is reported already
    if (!merges) this.problems.add(this.source, offset, path, message);
    this.place({
      kind: "scalar",
      source: this.source,
      path,
      offset,
      keyOffset: this.pendingKeyOffset(),
      value: null,
      text: "",
      quoted: false,
    });
  }

  private open(event: CollectionEvent): void {
    const isKey = this.atKey;
    if (isKey) this.key(event.start, "?", "a list or map cannot be a key; allowed: text; write a plain key");
    const path = this.nextPath();
    this.refuseProperties(event, path);
    const written = {
      source: this.source,
      path,
      offset: event.start,
      keyOffset: this.pendingKeyOffset(),
      flow: event.style === COLLECTION_STYLE.FLOW,
    };
    if (event.type === EVENT_ID.MAPPING) {
      const entries = new Map<string, YamlNode>();
      const finish = (): YamlNode => ({ kind: "map", ...written, entries });
      this.frames.push({ kind: "map", path, entries, key: undefined, isKey, finish });
    } else {
      const items: YamlNode[] = [];
      const finish = (): YamlNode => ({ kind: "list", ...written, items });
      this.frames.push({ kind: "list", path, items, offset: event.start, isKey, finish });
    }
  }

  /** The innermost collection is complete (or the document, when none is open). */
  private close(): void {
    const frame = this.frames.pop();
    if (!frame) return;
    if (!frame.isKey) this.place(frame.finish());
  }

  private place(node: YamlNode): void {
    const frame = this.top;
    if (!frame) this.root ??= node;
    else if (frame.kind === "list") frame.items.push(node);
    else {
      if (frame.key && !frame.key.refused) frame.entries.set(frame.key.name, node);
      frame.key = undefined;
    }
  }

  private refuseProperties(event: ScalarEvent | CollectionEvent, path: FieldPath): void {
    if (event.anchorStart >= 0) {
      const message = "anchors (&) are not read here, so that each file says what it means; remove it";
      this.problems.add(this.source, event.anchorStart - 1, path, message);
    }
    if (event.tagStart >= 0) {
      const message = "tags (!) are not read here; remove it, and quote the value if text is meant";
      this.problems.add(this.source, event.tagStart, path, message);
    }
  }

  /** Path of the value that comes next. */
  private nextPath(): FieldPath {
    const frame = this.top;
    if (!frame) return [];
    return [...frame.path, frame.kind === "list" ? frame.items.length : (frame.key?.name ?? "")];
  }

  private pendingKeyOffset(): number | undefined {
    return this.top?.kind === "map" ? this.top.key?.offset : undefined;
  }

  /** Where an empty value or a block text is shown: at its key, or at the list. */
  private fallbackOffset(): number {
    const frame = this.top;
    if (!frame) return 0;
    return frame.kind === "list" ? frame.offset : (frame.key?.offset ?? 0);
  }
}
