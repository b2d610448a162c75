import type { Growth } from "../../estimate/capacity-of";
import { figure } from "../../model/figure";
import type { PoolRoomChange } from "./capacity-review";
import { codeOf, firstOf } from "./review-part";

/** Pools whose growth a review tells. */
const NAMED_POOLS = 5;

/** Whether a pool keeps no longer what it promises. */
export const isNewlyOutrun = ({ before, after }: PoolRoomChange): boolean =>
  (after?.growth?.warnings.length ?? 0) > 0 && (before?.growth?.warnings.length ?? 0) === 0;

interface Note {
  /** What is worse comes first: 0 for what the change breaks. */
  readonly urgency: 0 | 1 | 2;
  readonly text: string;
}

/** What the burst check says now, and how pools grow; what is worse first. */
export function growthNotes(pools: readonly PoolRoomChange[]): string[] {
  const notes = pools.flatMap((pool) => growthNote(pool) ?? []).sort((a, b) => a.urgency - b.urgency);
  const { first, rest } = firstOf(notes, NAMED_POOLS);
  return [
    ...first.map(({ text }) => text),
    ...(rest.length > 0
      ? [`${rest.length} more pools grow in another way: \`npx fleet review --json\`.`]
      : []),
  ];
}

function growthNote(pool: PoolRoomChange): Note | undefined {
  const [was, is] = [pool.before?.growth, pool.after?.growth];
  if (!is) return undefined;
  const name = codeOf(pool.name);
  const words = is.warnings.filter((warning) => !was?.warnings.includes(warning)).join("; ");
  if (isNewlyOutrun(pool))
    return { urgency: 0, text: `**${name} has no room for the rush that it promises**: ${words}.` };
  if (words !== "") return { urgency: 1, text: `${name} still has no room for the rush: ${words}.` };
  if (!was) return undefined;
  if (was.warnings.length > 0 && is.warnings.length === 0)
    return {
      urgency: 2,
      text: `${name} has room for the rush that it promises again: ${growthWords(was, is)}.`,
    };
  if (growthWords(was, was) === growthWords(is, is)) return undefined;
  const mark = is.roomAtMin < was.roomAtMin ? "**" : "";
  return { urgency: 2, text: `${mark}${name}${mark}: ${growthWords(was, is)}.` };
}

/** `60 → 30 may join in the 330 s until another bridge takes calls: 10.9 → 5.4 a minute, 5 promised` */
function growthWords(before: Growth, after: Growth): string {
  const moved = (of: (growth: Growth) => number): string => {
    const [was, is] = [figure(of(before)), figure(of(after))];
    return was === is ? is : `${was} → ${is}`;
  };
  return (
    `${moved((growth) => growth.roomAtMin)} may join in the ${moved((growth) => growth.secondsToNewBridge)} s until ` +
    `another bridge takes calls: ${moved((growth) => growth.joinsPerMinuteAtMin)} a minute` +
    promisedWords(before.promisedJoinsPerMinute, after.promisedJoinsPerMinute)
  );
}

/** Nothing where nothing is promised before and after. */
function promisedWords(before: number | null, after: number | null): string {
  if (before === null && after === null) return "";
  const [was, is] = [before, after].map((promised) => (promised === null ? "none" : figure(promised)));
  return was === is ? `, ${is!} promised` : `, ${was!} → ${is!} promised`;
}
