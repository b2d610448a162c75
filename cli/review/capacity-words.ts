import type { Growth } from "../../estimate/capacity-of";
import type { BridgeCount } from "../../estimate/fleet-bridges";
import { listed } from "../../model/listed";
import {
  type CapacityReview,
  type CustomerRoomChange,
  differs,
  lostBetween,
  lostOf,
  type PoolRoomChange,
  type Room,
  type RoomChange,
} from "./capacity-review";
import { codeOf, firstOf, type ReviewPart, type Said } from "./review-part";

/** Pools whose growth a review tells. */
const NAMED_POOLS = 5;
/** Pools that the head of a review names. */
const NAMED_IN_HEAD = 2;
/** Rows of the table. */
const MOST_ROWS = 12;
/** Where in a row the figure with schedules is; before it, what there is at least. */
const SCHEDULED = 3;
const KEYS = ["min", "scheduled", "max"] as const;
const KEY_WORDS = { min: "at least", scheduled: "with schedules", max: "at most" } as const;
const NOBODY: BridgeCount = { min: 0, scheduled: 0, max: 0 };

/** What callers find. */
export function capacitySaid(capacity: CapacityReview): Said {
  const { noBefore, customers, pools, shapes } = capacity;
  if (noBefore !== null)
    return "What callers had is as unknown as the cost before; `npx fleet capacity` says what they will have.";
  const notes = growthNotes(pools);
  if (customers.length === 0 && notes.length === 0) return "Capacity stays as it is.";
  const rows = customers.map(rowsOf);
  const shown = customersShown(rows);
  const rest = customers.slice(shown);
  const losing = rest.filter(({ isLess }) => isLess).length;
  return {
    title: "Capacity",
    lead: [],
    names: 2,
    ...withoutRepeats({
      head: [`participants of ${shapes[0]} meetings`, "region", ...KEYS.map((key) => KEY_WORDS[key]), ""],
      rows: rows.slice(0, shown).flat(),
    }),
    notes: [
      ...(rest.length > 0
        ? [
            `${rest.length} more customers${losing > 0 ? `, **${losing} of them with less room**` : ""}: ` +
              "`npx fleet review --json`.",
          ]
        : []),
      ...notes,
    ],
  };
}

/** Customers whose rows there is room for; one at least, whatever his regions. */
function customersShown(rows: readonly (readonly unknown[])[]): number {
  const sums = rows.map((_, index) => rows.slice(0, index + 1).flat().length);
  const all = sums.at(-1) ?? 0;
  return all <= MOST_ROWS + 1 ? rows.length : Math.max(1, sums.filter((sum) => sum <= MOST_ROWS).length);
}

/** Without the column of schedules where none is as it were at least. */
function withoutRepeats({
  head,
  rows,
}: Pick<ReviewPart, "head" | "rows">): Pick<ReviewPart, "head" | "rows"> {
  if (rows.some((row) => row[SCHEDULED] !== row[SCHEDULED - 1])) return { head, rows };
  const cut = (row: readonly string[]): string[] => row.filter((_, index) => index !== SCHEDULED);
  return { head: cut(head), rows: rows.map(cut) };
}

/** For the head of a review: a sentence when somebody has less room, much more, or a rush outruns a pool. */
export function capacityHeadline({ customers, pools }: CapacityReview): string | undefined {
  const outrun = pools.filter(isNewlyOutrun).map(({ name }) => codeOf(name));
  const sentences = [
    ...roomHeadline(customers),
    ...(outrun.length > 0
      ? [
          `**${listed(outrun, NAMED_IN_HEAD)} ${outrun.length === 1 ? "has" : "have"} no room for the rush that ` +
            `${outrun.length === 1 ? "it promises" : "they promise"}.**`,
        ]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

function roomHeadline(customers: readonly CustomerRoomChange[]): string[] {
  const stay = customers.filter(({ change }) => change === "changed");
  const less = stay.filter(({ isLess }) => isLess);
  if (less.length === 0) {
    const more = stay.filter((each) => mostOf(each, "after") >= 1.1 * mostOf(each, "before"));
    return more.length > 0 ? [`More room for ${customersWords(more)}.`] : [];
  }
  return [`**Less room for ${customersWords(less)}.**`];
}

/** `abc: at most 640 participants instead of 880`; of several the first, and how many there are. */
function customersWords(customers: readonly CustomerRoomChange[]): string {
  const [first] = customers as [CustomerRoomChange];
  const { shapes, kind } = shownOf(first);
  const { before, after } = shapes;
  const [was, is] = [before?.fairShare ?? NOBODY, after?.fairShare ?? NOBODY];
  // What falls, where anything does: its maximum may rise all the same.
  const counts = (each: (typeof KEYS)[number]): boolean =>
    first.isLess ? is[each] < was[each] : is[each] !== was[each];
  const key = (["max", "min", "scheduled"] as const).find(counts);
  const figures =
    key === undefined
      ? ""
      : `: ${KEY_WORDS[key]} ${number(is[key])} participants${kind} instead of ${number(was[key])}`;
  return customers.length === 1
    ? `${codeOf(first.customer)}${figures}`
    : `${customers.length} customers, such as ${codeOf(first.customer)}${figures}`;
}

const mostOf = (customer: CustomerRoomChange, side: "before" | "after"): number =>
  shownOf(customer).shapes[side]?.fairShare.max ?? 0;

/**
 * The one shape that is shown: the first, with whose participants all else is counted, unless only others change, or lose
 * room, such as when fewer pictures are sent.
 */
function shownOf({ shapes, regions, isLess }: CustomerRoomChange): {
  readonly index: number;
  /** In all regions. */
  readonly shapes: RoomChange;
  /** ` of webinar meetings`, for another one than the first. */
  readonly kind: string;
} {
  const at = (index: number): readonly RoomChange[] => [
    shapes[index]!,
    ...regions.map((region) => region.shapes[index]!),
  ];
  const isShown = (index: number): boolean => at(index).some(isLess ? isFalling : differs);
  const index = Math.max(
    0,
    shapes.findIndex((_, each) => isShown(each)),
  );
  const found = shapes[index]!;
  return { index, shapes: found, kind: index === 0 ? "" : ` of ${found.shape} meetings` };
}

const isFalling = (room: RoomChange): boolean => lostOf(room) > 0;

function rowsOf(customer: CustomerRoomChange): string[][] {
  const { regions } = customer;
  const { index, shapes: inAll, kind } = shownOf(customer);
  const isOneRegion =
    regions.length === 1 && JSON.stringify(regions[0]!.shapes[index]) === JSON.stringify(inAll);
  return [
    ...regions.flatMap(({ region, shapes }) => roomRow(customer, region, kind, shapes[index]!)),
    ...(isOneRegion ? [] : roomRow(customer, "all", kind, inAll)),
  ];
}

/** Of shared pools the equal part; what is there if the others use nothing only where that alone changes. */
function roomRow(
  { customer, change }: CustomerRoomChange,
  region: string,
  kind: string,
  { before, after }: RoomChange,
): string[][] {
  const isShared = [before, after].some((side) => side && !isSame(side.alone, side.fairShare));
  const isEqual = isSame(before?.fairShare, after?.fairShare);
  const [part, words]: readonly [keyof Room, string] = !isShared
    ? ["alone", ""]
    : isEqual && !isSame(before?.alone, after?.alone)
      ? ["alone", ", if alone"]
      : ["fairShare", ", equal part"];
  const [was, is] = [before?.[part] ?? NOBODY, after?.[part] ?? NOBODY];
  if (change === "changed" && region !== "all" && isSame(was, is)) return [];
  const verdict = { added: "new", removed: "removed, was", changed: changeVerdict(was, is) }[change];
  const figure = (key: keyof BridgeCount): string =>
    change === "changed" ? cell(was[key], is[key]) : number((change === "added" ? is : was)[key]);
  return [[codeOf(customer), region + words + kind, ...KEYS.map(figure), verdict]];
}

function changeVerdict(before: BridgeCount, after: BridgeCount): string {
  if (isSame(before, after)) return "";
  return lostBetween(before, after) > 0 ? "**less room**" : "more room";
}

const isSame = (one: BridgeCount = NOBODY, other: BridgeCount = NOBODY): boolean =>
  KEYS.every((key) => one[key] === other[key]);

function cell(before: number, after: number): string {
  if (before === after) return number(after);
  const words = `${number(before)} → ${number(after)}`;
  return after < before ? `**${words}**` : words;
}

const isNewlyOutrun = ({ before, after }: PoolRoomChange): boolean =>
  (after?.growth?.warnings.length ?? 0) > 0 && (before?.growth?.warnings.length ?? 0) === 0;

/** What the burst check says now, and how pools grow; what is worse first. */
function growthNotes(pools: readonly PoolRoomChange[]): string[] {
  const changed = pools.flatMap((pool): { readonly urgency: number; readonly text: string }[] => {
    const [was, is] = [pool.before?.growth, pool.after?.growth];
    if (!is) return [];
    const name = codeOf(pool.name);
    const words = is.warnings.filter((warning) => !was?.warnings.includes(warning)).join("; ");
    if (isNewlyOutrun(pool))
      return [{ urgency: 0, text: `**${name} has no room for the rush that it promises**: ${words}.` }];
    if (words !== "") return [{ urgency: 1, text: `${name} still has no room for the rush: ${words}.` }];
    if (was && was.warnings.length > 0 && is.warnings.length === 0)
      return [
        {
          urgency: 2,
          text: `${name} has room for the rush that it promises again: ${growthWords(was, is)}.`,
        },
      ];
    if (was && growthWords(was, was) !== growthWords(is, is)) {
      const mark = is.roomAtMin < was.roomAtMin ? "**" : "";
      return [{ urgency: 2, text: `${mark}${name}${mark}: ${growthWords(was, is)}.` }];
    }
    return [];
  });
  const { first, rest } = firstOf(
    changed.sort((a, b) => a.urgency - b.urgency),
    NAMED_POOLS,
  );
  return [
    ...first.map(({ text }) => text),
    ...(rest.length > 0
      ? [`${rest.length} more pools grow in another way: \`npx fleet review --json\`.`]
      : []),
  ];
}

/** `60 → 30 may join in the 330 s until another bridge takes calls: 10.9 → 5.4 a minute, 5 promised` */
function growthWords(before: Growth, after: Growth): string {
  const moved = (of: (growth: Growth) => number | null): string => {
    const [was, is] = [before, after].map((each) => of(each)?.toLocaleString("en-US") ?? "none");
    return was === is ? is! : `${was} → ${is}`;
  };
  const promised = moved((growth) => growth.promisedJoinsPerMinute);
  return (
    `${moved((growth) => growth.roomAtMin)} may join in the ${moved((growth) => growth.secondsToNewBridge)} s until ` +
    `another bridge takes calls: ${moved((growth) => growth.joinsPerMinuteAtMin)} a minute` +
    (promised === "none" ? "" : `, ${promised} promised`)
  );
}

const number = (value: number): string => value.toLocaleString("en-US");
