import type { Growth } from "../../estimate/capacity-of";
import type { BridgeCount } from "../../estimate/fleet-bridges";
import {
  type CapacityReview,
  type CustomerRoomChange,
  lostBetween,
  type PoolRoomChange,
  type Room,
  type RoomChange,
} from "./capacity-review";
import { codeOf, firstOf, type Said } from "./review-part";

/** Pools whose growth a review tells. */
const NAMED_POOLS = 5;
const KEYS = ["min", "scheduled", "max"] as const;
const NOBODY: BridgeCount = { min: 0, scheduled: 0, max: 0 };

/** What callers find. */
export function capacitySaid(capacity: CapacityReview): Said {
  const { noBefore, customers, pools, shapes } = capacity;
  if (noBefore !== null)
    return "What callers had is as unknown as the cost before; `npx fleet capacity` says what they will have.";
  const notes = growthNotes(pools);
  if (customers.length === 0 && notes.length === 0) return "Capacity stays as it is.";
  const { first, rest } = firstOf(customers);
  const losing = rest.filter(({ isLess }) => isLess).length;
  return {
    title: "Capacity",
    lead: [],
    head: [`participants of ${shapes[0]} meetings`, "region", "at least", "with schedules", "at most", ""],
    names: 2,
    rows: first.flatMap(rowsOf),
    notes: [
      ...(rest.length > 0
        ? [
            `${rest.length} more customers${losing > 0 ? `, **${losing} of them with less room**` : ""}: ` +
              "`npx fleet review --json`, which has other shapes of meetings, too.",
          ]
        : []),
      ...notes,
    ],
  };
}

/** For the head of a review: a sentence when somebody has less room, much more, or a rush outruns a pool. */
export function capacityHeadline({ customers, pools }: CapacityReview): string | undefined {
  const outrun = pools.filter(isNewlyOutrun).map(({ name }) => codeOf(name));
  const sentences = [
    ...roomHeadline(customers),
    ...(outrun.length > 0
      ? [
          `**${listed(outrun)} ${outrun.length === 1 ? "has" : "have"} no room for the rush that ` +
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
  const room = overall(first);
  const [before, after] = [room.before?.fairShare ?? NOBODY, room.after?.fairShare ?? NOBODY];
  const isMost = before.max !== after.max || before.min === after.min;
  const [words, was, is] = isMost ? ["at most", before.max, after.max] : ["at least", before.min, after.min];
  const figures = was === is ? "" : `: ${words} ${number(is)} participants instead of ${number(was)}`;
  return customers.length === 1
    ? `${codeOf(first.customer)}${figures}`
    : `${customers.length} customers, such as ${codeOf(first.customer)}${figures}`;
}

const overall = ({ shapes }: CustomerRoomChange): RoomChange => shapes[0]!;
const mostOf = (customer: CustomerRoomChange, side: "before" | "after"): number =>
  overall(customer)[side]?.fairShare.max ?? 0;

function rowsOf(customer: CustomerRoomChange): string[][] {
  const { regions } = customer;
  const inAll = JSON.stringify(customer.shapes);
  const isOneRegion = regions.length === 1 && JSON.stringify(regions[0]!.shapes) === inAll;
  return [
    ...regions.flatMap(({ region, shapes }) => roomRows(customer, region, shapes[0]!)),
    ...(isOneRegion ? [] : roomRows(customer, "all", overall(customer))),
  ];
}

/** One row; of shared pools the equal part and all of it, as far as they change. */
function roomRows({ customer, change }: CustomerRoomChange, region: string, room: RoomChange): string[][] {
  const { before, after } = room;
  const isShared = [before, after].some((side) => side && !isSame(side.alone, side.fairShare));
  const parts: readonly (readonly [keyof Room, string])[] = isShared
    ? [
        ["fairShare", ", equal part"],
        ["alone", ", if alone"],
      ]
    : [["alone", ""]];
  const rows = parts.filter(
    ([part]) => change !== "changed" || region === "all" || !isSame(before?.[part], after?.[part]),
  );
  return rows.map(([part, words]) => {
    const [was, is] = [before?.[part] ?? NOBODY, after?.[part] ?? NOBODY];
    const isLess = lostBetween(was, is) > 0;
    const verdict =
      change === "added"
        ? "new"
        : change === "removed"
          ? "removed"
          : isSame(was, is)
            ? ""
            : isLess
              ? "**less room**"
              : "more room";
    return [
      codeOf(customer),
      region + words,
      ...KEYS.map((key) =>
        change === "added"
          ? number(is[key])
          : change === "removed"
            ? number(was[key])
            : cell(was[key], is[key]),
      ),
      verdict,
    ];
  });
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
        { urgency: 2, text: `${name} has room for the rush that it promises again: ${growthWords(is)}.` },
      ];
    if (was && growthWords(was) !== growthWords(is))
      return [{ urgency: 2, text: `${name}: ${growthWords(is)}; before: ${growthWords(was)}.` }];
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

const growthWords = ({
  roomAtMin,
  secondsToNewBridge,
  joinsPerMinuteAtMin,
  promisedJoinsPerMinute,
}: Growth): string =>
  `${number(roomAtMin)} may join in the ${secondsToNewBridge} s until another bridge takes calls, ${joinsPerMinuteAtMin} a minute` +
  (promisedJoinsPerMinute === null ? "" : ` of ${promisedJoinsPerMinute} promised`);

/** `a, b and 3 more` */
function listed(names: readonly string[]): string {
  const { first, rest } = firstOf(names, 2);
  return first.join(", ") + (rest.length > 0 ? ` and ${rest.length} more` : "");
}

const number = (value: number): string => value.toLocaleString("en-US");
