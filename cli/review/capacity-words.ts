import { COUNT_KEYS, type Counts, ZERO } from "../../estimate/counts";
import { figure } from "../../model/figure";
import { listed } from "../../model/listed";
import type { CapacityReview, CustomerRoomChange } from "./capacity-review";
import { growthNotes, isNewlyOutrun } from "./growth-words";
import { codeOf, type ReviewPart, type Said } from "./review-part";
import { roomRows } from "./room-rows";
import { shownShape } from "./shown-shape";

/** Pools that the head of a review names. */
const NAMED_IN_HEAD = 2;
/** How much more room the head speaks of: a tenth more. */
const MUCH_MORE = 1.1;
/** Rows of the table. */
const MOST_ROWS = 12;
/** Where in a row the figure with schedules is; before it, what there is at least. */
const SCHEDULED = 3;
const KEY_WORDS = { min: "at least", scheduled: "with schedules", max: "at most" } as const;

/** What callers find. */
export function capacitySaid(capacity: CapacityReview): Said {
  const { noBefore, customers, pools, shapes } = capacity;
  if (noBefore !== null)
    return "What callers had is as unknown as the cost before; `npx fleet capacity` says what they will have.";
  const notes = growthNotes(pools);
  if (customers.length === 0 && notes.length === 0) return "Capacity stays as it is.";
  const rows = customers.map(roomRows);
  const shown = customersShown(rows);
  const rest = customers.slice(shown);
  const losing = rest.filter(({ isLess }) => isLess).length;
  return {
    title: "Capacity",
    lead: [],
    names: 2,
    ...withoutRepeats({
      head: [
        `participants of ${shapes[0]} meetings`,
        "region",
        ...COUNT_KEYS.map((key) => KEY_WORDS[key]),
        "",
      ],
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
  if (less.length > 0) return [`**Less room for ${customersWords(less)}.**`];
  const more = stay.filter((each) => mostOf(each, "after") >= MUCH_MORE * mostOf(each, "before"));
  return more.length > 0 ? [`More room for ${customersWords(more)}.`] : [];
}

/** `abc: at most 640 participants instead of 880`; of several the first, and how many there are. */
function customersWords(customers: readonly CustomerRoomChange[]): string {
  const [first] = customers as [CustomerRoomChange];
  const { room, kind } = shownShape(first);
  const [was, is] = [room.before?.fairShare ?? ZERO, room.after?.fairShare ?? ZERO];
  // What falls, where anything does: its maximum may rise all the same.
  const counts = (each: keyof Counts): boolean =>
    first.isLess ? is[each] < was[each] : is[each] !== was[each];
  const key = (["max", "min", "scheduled"] as const).find(counts);
  const figures =
    key === undefined
      ? ""
      : `: ${KEY_WORDS[key]} ${figure(is[key])} participants${kind} instead of ${figure(was[key])}`;
  return customers.length === 1
    ? `${codeOf(first.customer)}${figures}`
    : `${customers.length} customers, such as ${codeOf(first.customer)}${figures}`;
}

const mostOf = (customer: CustomerRoomChange, side: "before" | "after"): number =>
  shownShape(customer).room[side]?.fairShare.max ?? 0;
