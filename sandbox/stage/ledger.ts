import type { StageClock } from "./stage-clock";

/** Who is behind something: a door of the stage, that is a keeper, or what else happened (`crash`, `autohealing`). */
export interface Cause {
  readonly who: string;
  /** What was done: `deleteInstances`, `POST /colibri/shutdown`… */
  readonly what: string;
}

/** What became of one participant, other than that they came and went. */
export interface Incident {
  readonly at: number;
  readonly participant: string;
  readonly machine: string;
  readonly cause: Cause;
}

/** A call that changes something, and that was answered. */
export interface Act {
  readonly at: number;
  readonly who: string;
  /** Machine, group, object or bridge that it is about. */
  readonly target: string;
  readonly what: string;
  /** People on the bridge at that moment; undefined for what is not a bridge. */
  readonly people?: number;
}

/**
 * What happened on the stage. It is written where people are put on bridges and bridges end, never by what a program
 * says of itself.
 */
export class Ledger {
  /** Their bridge was taken away under them: it ended, or its machine did, with them on it. */
  readonly cuts: Incident[] = [];
  /** Jicofo sent them to another bridge while the old one still served them: some seconds of black video. */
  readonly moves: Incident[] = [];
  readonly acts: Act[] = [];
  /** Calls to pretended services that these do not know: the stage is incomplete, or a program is wrong. */
  readonly unknownCalls: string[] = [];
  /** Calls by who made them. */
  readonly calls = new Map<string, number>();
  joined = 0;
  /** No bridge took them. */
  refused = 0;
  /** Told of every call as it comes in, before it is answered. */
  onCall: (who: string) => void = () => undefined;
  /** Told of every act as it happens, before it is answered. */
  onAct: (act: Act) => void = () => undefined;

  constructor(private readonly clock: StageClock) {}

  cut(participant: string, machine: string, cause: Cause): void {
    this.cuts.push({ at: this.clock.now, participant, machine, cause });
  }

  move(participant: string, machine: string, cause: Cause): void {
    this.moves.push({ at: this.clock.now, participant, machine, cause });
  }

  act(act: Omit<Act, "at">): void {
    const dated = { at: this.clock.now, ...act };
    this.acts.push(dated);
    this.onAct(dated);
  }

  called(who: string): void {
    this.calls.set(who, (this.calls.get(who) ?? 0) + 1);
    this.onCall(who);
  }

  cutsBy = (who: string): Incident[] => this.cuts.filter(({ cause }) => cause.who === who);

  /** Acts whose description contains these words, in order. */
  actsOf = (what: string, who?: string): Act[] =>
    this.acts.filter((act) => act.what.includes(what) && (who === undefined || act.who === who));
}
