import { OVERLOAD_STRESS } from "../../model/capacity";

/** Participants of one conference from which on its bridge counts as overloaded (`MAX_BRIDGE_PARTICIPANTS`). */
export const MAX_OF_CONFERENCE = 80;

/** A bridge as Jicofo sees it. */
export interface Candidate {
  readonly seen: {
    readonly drain: boolean;
    readonly graceful: boolean;
    readonly shuttingDown: boolean;
    readonly stress: number;
  };
  /** Who was sent to it in the last 20 s. */
  readonly recent: number;
  readonly release: string;
  /** What it answers: a request that it refuses is one that Jicofo sends to the next. */
  readonly state: "booting" | "serving" | "exited";
  readonly graceful: boolean;
  readonly shuttingDown: boolean;
}

/** Where the people of a conference are. */
export interface Seats<B> {
  /** Release of the bridges that it is on; undefined when it is on none. */
  readonly release: string | undefined;
  readonly countOn: (bridge: B) => number;
}

/**
 * The bridge for somebody who joins a conference, as Jicofo's RegionBased strategy chooses it when all are in one region:
 * operational and not shutting down, of the conference's release, rather not draining, rather not in graceful shutdown;
 * of those one that is not overloaded and has the conference, else one that is not overloaded, else any; the least
 * loaded. undefined when there is none.
 *
 * @param participantStress What Jicofo adds for everybody whom it has just sent.
 */
export function selectBridge<B extends Candidate>(
  bridges: readonly B[],
  { release, countOn }: Seats<B>,
  participantStress: number,
): B | undefined {
  let best: B | undefined;
  let bestRank = Infinity;
  let bestStress = Infinity;
  for (const bridge of bridges) {
    if (bridge.state !== "serving" || bridge.seen.shuttingDown || bridge.shuttingDown) continue;
    if (release !== undefined && bridge.release !== release) continue;
    const inConference = countOn(bridge);
    if (bridge.graceful && inConference === 0) continue;

    const stress = bridge.seen.stress + bridge.recent * participantStress;
    const isOverloaded = stress >= OVERLOAD_STRESS || inConference >= MAX_OF_CONFERENCE;
    const reluctance = (bridge.seen.drain ? 2 : 0) + (bridge.seen.graceful ? 1 : 0);
    const rank = reluctance * 3 + (isOverloaded ? 2 : inConference > 0 ? 0 : 1);
    if (rank < bestRank || (rank === bestRank && stress < bestStress)) {
      best = bridge;
      bestRank = rank;
      bestStress = stress;
    }
  }
  return best;
}
