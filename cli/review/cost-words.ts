import { AMOUNT_KEYS, NOTHING } from "../../estimate/amounts";
import { type CostChange, type CostReview, largest } from "./cost-review";
import { codeOf, firstOf, type Said } from "./review-part";
import { isWithOtherPeople, samePeopleWords } from "./same-people-words";
import { cents, rounded, signed, whole } from "./usd-words";

/** Prices that a review names. */
const NAMED_PRICES = 3;
/** Customers and pools that one sentence names. */
const NAMED_NEIGHBOURS = 3;
/** Smaller differences of one customer or pool come of rounding; JSON has them. */
const SHOWN_FROM = 0.5;
/** Differences from here on are shown in whole dollars. */
const WHOLE_FROM = 10;

/** What the change costs. @param isCodeOnly no file of the accounts differs */
export function costSaid(cost: CostReview, isCodeOnly: boolean): Said {
  const { noBefore, customers, pools, prices, total } = cost;
  if (noBefore !== null)
    return {
      title: "Cost",
      lead: [
        `${noBefore} So what a month did cost is not known; now it is USD ${rounded(total.after.expected)} as expected, ` +
          `${rounded(total.after.floor)} at least, ${rounded(total.after.ceiling)} at most.`,
      ],
      ...{ head: [], names: 0, rows: [], notes: notesOf(cost) },
    };
  if (
    customers.length + pools.length + prices.length === 0 &&
    !isWithOtherPeople(0, cost.samePeople) &&
    cost.unknown.every((each) => each.in === "both")
  )
    return [
      `Cost stays as it is: USD ${rounded(total.after.expected)} a month expected, at prices of ${datesOf(cost)}.`,
      ...(isCodeOnly ? [CODE_ONLY] : []),
      ...unknownNotes(cost),
    ].join(" ");
  const all = [...customers, ...pools]
    .filter(({ change, difference }) => change !== "changed" || largest(difference) >= SHOWN_FROM)
    .sort((a, b) => largest(b.difference) - largest(a.difference));
  const { first, rest } = firstOf(all);
  const sum = ["all", ...AMOUNT_KEYS.map((key) => cell(total.before![key], total.after[key]))];
  // Where people cost something else on other bridges, no figure of the table need change.
  const isSame = first.length === 0 && largest(total.difference!) === 0;
  return {
    title: "Cost",
    lead: [],
    head: ["USD a month", ...AMOUNT_KEYS],
    names: 1,
    rows: isSame ? [] : [...first.map(rowOf), sum],
    notes: [
      ...(rest.length > 0
        ? [
            `${rest.length} more customers and pools, each by USD ${rounded(largest(rest[0]!.difference))} at most: ` +
              "`npx fleet review --json`.",
          ]
        : []),
      ...neighbourNotes(
        first.map(({ name }) => name),
        cost,
      ),
      ...notesOf(cost),
    ],
  };
}

/** Why a row moves that nobody has changed. @param shown names of the rows */
function neighbourNotes(
  shown: readonly string[],
  { movedByNeighbours, sharedWithOthers }: CostReview,
): string[] {
  const said = (whose: readonly string[], sentence: (names: string) => string): string[] => {
    const { first, rest } = firstOf(
      shown.filter((name) => whose.includes(name)),
      NAMED_NEIGHBOURS,
    );
    const more = rest.length > 0 ? ` and ${rest.length} more` : "";
    return first.length > 0 ? [sentence(first.map(codeOf).join(", ") + more)] : [];
  };
  return [
    ...said(
      movedByNeighbours,
      (names) => `Only others' traffic moves ${names}: what an account sends is charged together.`,
    ),
    ...said(
      sharedWithOthers,
      (names) =>
        `Pools of ${names} serve others than before: a pool's cost is divided among those whom it serves.`,
    ),
  ];
}

function rowOf({ name, change, before, after }: CostChange): string[] {
  const word = change === "changed" ? "" : change === "added" ? " (new)" : " (removed, was)";
  return [
    codeOf(name) + word,
    ...AMOUNT_KEYS.map((key) =>
      before && after ? cell(before[key], after[key]) : rounded((after ?? before ?? NOTHING)[key]),
    ),
  ];
}

/** `4,772 → 6,937 (+2,165)`; each figure is rounded by itself, so a sum may be one off. */
function cell(before: number, after: number): string {
  const difference = Math.round((after - before) * 100) / 100;
  if (difference === 0) return rounded(after);
  return Math.abs(difference) < WHOLE_FROM
    ? `${cents(before)} → ${cents(after)} (${signed(difference, cents)})`
    : `${whole(before)} → ${whole(after)} (${signed(difference, whole)})`;
}

function notesOf(cost: CostReview): string[] {
  return [
    ...priceNotes(cost),
    ...unknownNotes(cost),
    ...peopleNotes(cost),
    "Floor: nobody comes. Ceiling: an autoscaler stuck at its maximum. A pool is part of what its customers cost. Rounded. " +
      `Prices of ${datesOf(cost)}, without taxes and discounts: \`npx fleet cost --explain\`.`,
  ];
}

function peopleNotes({ total: { difference }, samePeople }: CostReview): string[] {
  if (!difference || !isWithOtherPeople(difference.expected, samePeople)) return [];
  return [
    "Expected takes as many people as fill the bridges that are kept. Those change, so it takes other people. With as many " +
      `people as before, a month costs ${Math.round(samePeople) === 0 ? "" : "USD "}${samePeopleWords(samePeople)} in all (docs/cost-and-capacity.md).`,
  ];
}

function priceNotes({ prices, byPrices }: CostReview): string[] {
  if (prices.length === 0) return [];
  const { first, rest } = firstOf(prices, NAMED_PRICES);
  const value = (price: number | null): string => (price === null ? "not known" : String(price));
  const named = first.map(
    ({ price, per, before, after }) =>
      `${codeOf(price)} ${value(before)} → ${value(after)} USD ${per === "hour" ? "an" : "a"} ${per}`,
  );
  return [
    `**Prices differ**: before is at the base's, after at those of this change (${named.join("; ")}` +
      `${rest.length > 0 ? `; ${rest.length} more` : ""}). Prices alone make ` +
      `${signed(byPrices.expected, cents)} a month of what is expected, ${signed(byPrices.ceiling, cents)} of the ceiling.`,
  ];
}

function unknownNotes({ unknown }: CostReview): string[] {
  const { first, rest } = firstOf(unknown, NAMED_PRICES);
  return [
    ...first.map(({ text, in: where }) => {
      const sums = where === "both" ? "In no sum" : `Not in the sum ${where}, so the difference is not all`;
      return `**${sums}**: ${text}.`;
    }),
    ...(rest.length > 0
      ? [`**${rest.length} more prices are not known**: \`npx fleet cost\` names them.`]
      : []),
  ];
}

/** Said where only code differs: then the figures are the same, whatever it does. */
const CODE_ONLY =
  "No file of the accounts differs, and what a change of the model itself costs is not seen here.";

/** `2024-07 to 2026-11` */
const datesOf = ({ priceDates: dates }: CostReview): string =>
  dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : (dates[0] ?? "no date");
