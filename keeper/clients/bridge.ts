import type { BridgeStats } from "../decide/observation";
import { isObject, type JsonObject } from "./google";
import { readSoon } from "./read-soon";
import { expectSuccess, RequestProblem, send } from "./request";

/** What a bridge says of itself, and when it counted that: Unix time by its own clock. */
export interface BridgeWord extends Omit<BridgeStats, "ageSeconds"> {
  readonly countedAt: number;
}

/** `words`: it answered well. `nonsense`: it answered, but that is no answer. `silent`: it did not answer. */
export type BridgeAnswer =
  | { readonly kind: "words"; readonly word: BridgeWord }
  | { readonly kind: "nonsense"; readonly why: string }
  | {
      readonly kind: "silent";
      readonly why: string;
      /** The machine says that nobody listens there: the bridge's program does not run. */
      readonly isNobody: boolean;
    };

const STATS_BYTES = 200_000;
/** More is no bridge. */
const MOST_STRESS = 100;
const MOST_PEOPLE = 100_000;

/** The REST interface of Jitsi Videobridge, which asks nobody who he is. */
export class Bridge {
  private readonly base: string;

  /** @param id name of the machine: its relay id begins with it */
  constructor(
    private readonly id: string,
    address: string,
    port: number,
    private readonly timeoutSeconds: number,
  ) {
    this.base = `http://${address.includes(":") ? `[${address}]` : address}:${port}/colibri`;
  }

  async ask(): Promise<BridgeAnswer> {
    const request = { url: `${this.base}/stats`, timeoutSeconds: this.timeoutSeconds, maxBytes: STATS_BYTES };
    try {
      const { text } = await readSoon(request);
      const word = parseStats(text, this.id);
      return typeof word === "string" ? { kind: "nonsense", why: word } : { kind: "words", word };
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      const { status, message: why, isNobody } = error;
      return status === undefined ? { kind: "silent", why, isNobody } : { kind: "nonsense", why };
    }
  }

  /** @throws RequestProblem */
  drain(): Promise<void> {
    return this.post("drain/enable");
  }

  /** @throws RequestProblem */
  undrain(): Promise<void> {
    return this.post("drain/disable");
  }

  /**
   * Not reversible. Graceful: it takes nobody new, and leaves when nobody is on it. Forced: it leaves now.
   * @throws RequestProblem
   */
  shutdown(forced: boolean): Promise<void> {
    return this.post("shutdown", { "graceful-shutdown": !forced });
  }

  private async post(path: string, body?: object): Promise<void> {
    const request = {
      method: "POST" as const,
      url: `${this.base}/${path}`,
      timeoutSeconds: this.timeoutSeconds,
      maxBytes: STATS_BYTES,
      ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    };
    expectSuccess(request, await send(request));
  }
}

/** What `/colibri/stats` says, or why it cannot be believed. */
export function parseStats(text: string, id: string): BridgeWord | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "its statistics are no JSON";
  }
  if (!isObject(json)) return "its statistics are no JSON object";
  if (!isRelayOf(json["relay_id"], id)) return "its relay id is another machine's";
  const stress = number(json, "stress_level", MOST_STRESS);
  const [localEndpoints, conferences, joined, configured, connected, clients] = [
    "local_endpoints",
    "conferences",
    "mucs_joined",
    "mucs_configured",
    "muc_clients_connected",
    "muc_clients_configured",
  ].map((field) => whole(json, field));
  const [drain, graceful, leaving, healthy] = ["drain", "graceful_shutdown", "shutting_down", "healthy"].map(
    (field) => flag(json, field),
  );
  const countedAt = timestamp(json["current_timestamp"]);
  const lacks = [
    stress,
    localEndpoints,
    conferences,
    joined,
    configured,
    connected,
    clients,
    drain,
    graceful,
    leaving,
    healthy,
  ];
  if (lacks.includes(undefined)) return "its statistics lack a number or a state, or have one that cannot be";
  if (countedAt === undefined) return "its statistics have no time";
  return {
    countedAt,
    stress: stress!,
    localEndpoints: localEndpoints!,
    conferences: conferences!,
    drain: drain!,
    shuttingDown: graceful! || leaving!,
    ready: healthy! && joined === configured && connected === clients,
  };
}

/** Whether a relay id, or the name of a bridge in the brewery, is one that this machine gave itself at a start. */
export function isRelayOf(relay: unknown, id: string): boolean {
  return (
    typeof relay === "string" && relay.startsWith(`${id}-`) && /^[0-9]+$/.test(relay.slice(id.length + 1))
  );
}

function number(json: JsonObject, field: string, most: number): number | undefined {
  const value = json[field];
  return typeof value === "number" && value >= 0 && value <= most ? value : undefined;
}

function whole(json: JsonObject, field: string): number | undefined {
  const value = number(json, field, MOST_PEOPLE);
  return Number.isInteger(value) ? value : undefined;
}

function flag(json: JsonObject, field: string): boolean | undefined {
  const value = json[field];
  return typeof value === "boolean" ? value : undefined;
}

/** `2026-11-21 12:00:00.000`, in UTC. */
function timestamp(value: unknown): number | undefined {
  const [, day, time] =
    typeof value === "string"
      ? (/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)Z?$/.exec(value) ?? [])
      : [];
  const milliseconds = Date.parse(`${day}T${time}Z`);
  return Number.isFinite(milliseconds) ? milliseconds / 1000 : undefined;
}
