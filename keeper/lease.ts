import type { StoredObject } from "./clients/object-store";
import type { Clock } from "./clock";

/** `mine`: this process acts. `free`: it may take over. `theirs`: another one acts, and this one watches. */
export type Turn = "mine" | "free" | "theirs";

/**
 * Who of several keepers acts. The one that acts writes the state again and again; it acts only within one interval after
 * a write that Cloud Storage took. Another one takes over when it has seen the very same generation for four intervals by
 * its own clock. So no two act at a time, and no clocks are compared.
 */
export class Lease {
  private seen: { readonly generation: string; readonly since: number } | undefined;

  /** @param me id of this process */
  constructor(
    private readonly me: string,
    private readonly seconds: number,
    private readonly clock: Pick<Clock, "monotonic">,
  ) {}

  /** @param holder the process that the state names; undefined when the state cannot be read */
  turn({ generation, text }: Pick<StoredObject, "generation" | "text">, holder: string | undefined): Turn {
    const now = this.clock.monotonic();
    if (this.seen?.generation !== generation) this.seen = { generation, since: now };
    if (text === undefined) return "free";
    if (holder === this.me) return "mine";
    // Whoever left in good order left nobody's name.
    return holder === "" || now - this.seen.since >= this.seconds ? "free" : "theirs";
  }
}
