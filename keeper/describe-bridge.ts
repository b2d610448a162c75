import type { Drain } from "./decide/memory";
import type { BridgeView } from "./decide/observation";
import type { BridgeState } from "./state";

const WHY: Readonly<Record<Drain["why"], string>> = {
  "scale-in": "drained: one too many",
  renewal: "drained: made from an old template",
  order: "drained: people ordered it",
};

/** A bridge as `fleet keeper status` shows it. */
export function describeBridge(
  bridge: BridgeView,
  drain: Drain | undefined,
  silent: string | undefined,
): BridgeState {
  const { id, phase, ageSeconds, stats } = bridge;
  return {
    id,
    phase,
    ageSeconds: Math.round(ageSeconds),
    stress: stats ? stats.stress : null,
    localEndpoints: stats ? stats.localEndpoints : null,
    drain: drain ?? null,
    state: sentence(bridge, drain, silent),
  };
}

function sentence(
  { phase, stats }: BridgeView,
  drain: Drain | undefined,
  silent: string | undefined,
): string {
  if (phase === "coming") return "is being made";
  if (phase === "leaving") return "is being removed, made anew or stopped";
  if (drain?.shutdownAt !== undefined) return "was told to leave";
  if (!stats) return `does not answer (${silent ?? "it has no address"})`;
  if (drain) return drain.emptySince === undefined ? WHY[drain.why] : `${WHY[drain.why]}, empty`;
  return stats.ready ? "takes calls" : "is not ready";
}
