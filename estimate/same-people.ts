import type { Fleet } from "../model/fleet";
import { type HoursOn, useOf } from "./bridge-use";
import { HOURS_PER_MONTH } from "./cost-of";
import { bridgesOf } from "./fleet-bridges";
import { SHAPES } from "./meeting-shape";

/**
 * The people that one fleet is taken to have, on the bridges of another: where they were, and those of bridges that are
 * gone, or take no calls any more, on what is left to each customer. Customers that the first fleet has no bridges for
 * are not named.
 */
export function samePeople(before: Fleet, after: Fleet): HoursOn {
  const [old, now] = [assumed(before), assumed(after)];
  const were = byCustomer(old);
  const fit = byCustomer(now);
  return new Map(
    [...now].map(([bridges, customers]) => [
      bridges,
      new Map(
        [...customers].flatMap(([id, share]): (readonly [string, number])[] => {
          const all = were.get(id) ?? 0;
          if (all === 0) return [];
          if (share === 0) return [[id, 0]];
          const stay = [...now]
            .filter(([, each]) => (each.get(id) ?? 0) > 0)
            .map(([name]) => old.get(name)?.get(id) ?? 0);
          const moved = all - stay.reduce((sum, hours) => sum + hours, 0);
          return [[id, (old.get(bridges)?.get(id) ?? 0) + (moved * share) / fit.get(id)!]];
        }),
      ),
    ]),
  );
}

/** As a cost without options has them. */
function assumed(fleet: Fleet): HoursOn {
  const uses = useOf(bridgesOf(fleet), {
    ...{ hoursPerMonth: HOURS_PER_MONTH, shape: SHAPES[0]!, participantHours: new Map(), measured: [] },
  });
  return new Map(
    uses.map(({ bridges, weights }) => [
      bridges.name,
      new Map(bridges.serves.map((id, index) => [id, weights[index]!])),
    ]),
  );
}

function byCustomer(hours: HoursOn): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const customers of hours.values())
    for (const [id, more] of customers) sums.set(id, (sums.get(id) ?? 0) + more);
  return sums;
}
