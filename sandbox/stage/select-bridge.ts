/** As `render/server/jicofo.ts` sets them. */
const OVERLOADED_STRESS = 0.8;
const MOST_OF_ONE_CONFERENCE = 80;

/** A bridge as Jicofo sees it: by its last presence, up to 5 seconds old. */
export interface SelectableBridge {
  readonly operational: boolean;
  readonly drain: boolean;
  readonly graceful: boolean;
  readonly shuttingDown: boolean;
  readonly version: string;
  /** Reported stress, and what those who just joined add to it. */
  readonly correctedStress: number;
}

/**
 * Which bridge the next participant of a conference gets, or none: Jicofo's `RegionBasedBridgeSelectionStrategy` where
 * all bridges and participants are in one region.
 *
 * @param conference the conference's participants by the bridge that they are on
 */
export function selectBridge<Bridge extends SelectableBridge>(
  bridges: readonly Bridge[],
  conference: ReadonlyMap<Bridge, number>,
): Bridge | undefined {
  const [first] = conference.keys();
  // Bridges of two versions never share a conference.
  const usable = bridges.filter(
    ({ operational, shuttingDown, version }) =>
      operational && !shuttingDown && (first === undefined || version === first.version),
  );
  const candidates = preferring(
    preferring(usable, ({ drain }) => !drain),
    ({ graceful }) => !graceful,
  ).sort((a, b) => a.correctedStress - b.correctedStress);

  const hasRoom = (bridge: Bridge): boolean =>
    bridge.correctedStress < OVERLOADED_STRESS && (conference.get(bridge) ?? 0) < MOST_OF_ONE_CONFERENCE;
  return (
    candidates.find((bridge) => hasRoom(bridge) && conference.has(bridge)) ??
    candidates.find(hasRoom) ??
    candidates.find((bridge) => conference.has(bridge)) ??
    candidates[0]
  );
}

/** Those that are so, or all when none is. */
function preferring<Bridge>(bridges: readonly Bridge[], isPreferred: (bridge: Bridge) => boolean): Bridge[] {
  const preferred = bridges.filter(isPreferred);
  return preferred.length > 0 ? preferred : [...bridges];
}
