import type { IncomingMessage } from "node:http";

const OK = 200;
const BAD_REQUEST = 400;
const NOT_FOUND = 404;
const WRONG_TYPE = 415;
const BROKEN = 500;

/** A bridge, as far as its HTTP side shows it. */
export interface BridgeProgram {
  /** Body of `GET /colibri/stats`. */
  statistics(): string;
  isDrained(): boolean;
  setDrain(drain: boolean): void;
  /** @param graceful false: whoever is on it is sent elsewhere at once */
  leave(graceful: boolean): void;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** The calls that a bridge answers with both of its REST flags on; status by status as the real one does. */
export async function answerBridgeCall(request: IncomingMessage, bridge: BridgeProgram): Promise<Reply> {
  switch (`${request.method} ${request.url}`) {
    case "GET /about/health":
      return { status: OK, body: "" };
    case "GET /colibri/stats":
      return { status: OK, body: bridge.statistics() };
    case "GET /colibri/drain":
      return { status: OK, body: JSON.stringify({ drain: bridge.isDrained() }) };
    case "POST /colibri/drain/enable":
    case "POST /colibri/drain/disable":
      bridge.setDrain(request.url!.endsWith("enable"));
      return { status: OK, body: "" };
    case "POST /colibri/shutdown":
      return { status: shutDown(request.headers["content-type"], await textOf(request), bridge), body: "" };
    default:
      return { status: NOT_FOUND, body: "" };
  }
}

function shutDown(type: string | undefined, text: string, bridge: BridgeProgram): number {
  if (!type?.startsWith("application/json")) return WRONG_TYPE;
  if (text === "") return BROKEN;
  const graceful = readGraceful(text);
  if (graceful === undefined) return BAD_REQUEST;
  bridge.leave(graceful);
  return OK;
}

function readGraceful(text: string): boolean | undefined {
  try {
    const graceful = (JSON.parse(text) as Record<string, unknown> | null)?.["graceful-shutdown"];
    return typeof graceful === "boolean" ? graceful : undefined;
  } catch {
    return undefined;
  }
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
