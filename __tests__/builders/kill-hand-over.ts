import { join } from "node:path";
import type { PemPair, TestAuthority } from "./certificates";
import type { ServerTrial } from "./server-trial";

const STEPPER = join(__dirname, "kill-at-step.py");

/**
 * Publishes one pair after the other, kills the change to it just before its n-th step outside of its memory, for every
 * n (or every `stride`-th), and expects one whole pair each time, and the new one after the next run.
 *
 * @returns the number of kills
 */
export async function killAtEachStep(
  trial: ServerTrial,
  authority: TestAuthority,
  pairs: readonly [PemPair, PemPair],
  stride = 1,
): Promise<number> {
  trial.issue(pairs[0]);
  expect((await trial.run(authority.root)).code).toBe(0);
  for (let kills = 0; ; kills += 1) {
    const next = pairs[1 - (kills % 2)]!;
    trial.issue(next);
    const { code } = await trial.run(authority.root, [STEPPER, String(1 + stride * kills)]);
    // Either pair, and never a file of each.
    expect(pairs).toContainEqual(trial.current());
    expect(await trial.run(authority.root)).toMatchObject({ code: 0, err: "" });
    expect(trial.current()).toEqual(next);
    expect(trial.stored()).toHaveLength(2);
    if (code !== null) return kills;
  }
}
