import { isRelayOf } from "./bridge";
import { isObject, parseObject } from "./google";
import { readSoon } from "./read-soon";
import { expectSuccess, RequestProblem, send } from "./request";

/** A bridge as Jicofo knows it. */
export interface JicofoBridge {
  /** Its address in the brewery. */
  readonly jid: string;
  /** Names that it goes by: relay id and nickname. */
  readonly names: readonly string[];
  /** Participants on it; undefined when Jicofo does not say. */
  readonly endpoints: number | undefined;
  /** False: it failed Jicofo's checks, so nobody is sent there, nor moved there. */
  readonly isOperational: boolean;
}

/** It names every conference. */
const DEBUG_BYTES = 32_000_000;

/** The REST interface of the home's Jicofo. */
export class Jicofo {
  /** @param endpoint without a path */
  constructor(
    private readonly endpoint: string,
    private readonly timeoutSeconds: number,
  ) {}

  /** Every bridge in the brewery. @throws RequestProblem */
  async bridges(): Promise<JicofoBridge[]> {
    const request = {
      url: `${this.endpoint}/debug`,
      timeoutSeconds: this.timeoutSeconds,
      maxBytes: DEBUG_BYTES,
    };
    const json = parseObject((await readSoon(request)).text);
    const selector = json["bridge_selector"];
    const bridges = isObject(selector) ? selector["bridge"] : undefined;
    if (!isObject(bridges)) throw new RequestProblem("Jicofo's answer names no bridges");
    return Object.entries(bridges).map(([jid, bridge]) => {
      const { "relay-id": relay, endpoints, operational } = isObject(bridge) ? bridge : {};
      const isCount = typeof endpoints === "number" && Number.isInteger(endpoints) && endpoints >= 0;
      return {
        jid,
        names: [jid.slice(jid.lastIndexOf("/") + 1), ...(typeof relay === "string" ? [relay] : [])],
        endpoints: isCount ? endpoints : undefined,
        isOperational: operational !== false,
      };
    });
  }

  /** Moves everybody on a bridge to others. Drain it first, or they come back. @throws RequestProblem */
  async moveAll(jid: string): Promise<void> {
    const query = new URLSearchParams({ bridge: jid, fraction: "1" });
    const request = {
      url: `${this.endpoint}/move-endpoints/move-fraction?${query.toString()}`,
      timeoutSeconds: this.timeoutSeconds,
    };
    expectSuccess(request, await send(request));
  }
}

/** Those entries that are a machine's; two for a moment when its program began anew. */
export const entriesOf = (bridges: readonly JicofoBridge[], id: string): JicofoBridge[] =>
  bridges.filter(({ names }) => names.some((name) => isRelayOf(name, id)));

/** Whether Jicofo says of a machine's bridge that it cannot be used. */
export function isRefused(bridges: readonly JicofoBridge[], id: string): boolean {
  const own = entriesOf(bridges, id);
  return own.length > 0 && own.every(({ isOperational }) => !isOperational);
}

/**
 * Participants on a machine; 0 when Jicofo does not know it. Undefined when it does not say, or knows no bridge at all: then
 * it has just begun, or lost its brewery.
 */
export function endpointsOn(bridges: readonly JicofoBridge[], id: string): number | undefined {
  if (bridges.length === 0) return undefined;
  let sum = 0;
  for (const { endpoints } of entriesOf(bridges, id)) {
    if (endpoints === undefined) return undefined;
    sum += endpoints;
  }
  return sum;
}
