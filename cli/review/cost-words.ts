import { AMOUNT_KEYS, type Amounts, NOTHING } from "../../estimate/amounts";
import { figure } from "../../model/figure";
import { type CostChange, type CostReview, largest } from "./cost-review";
import { codeOf, firstOf, type Said } from "./review-part";

/** Prices that a review names. */
const NAMED_PRICES = 3;
/** US dollars a month that the head of a review speaks of; or a tenth of what it was. */
const MUCH = 100;
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
        `${noBefore} So what a month did cost is not known; now it is USD ${usd(total.after.expected)} as expected, ` +
          `${usd(total.after.floor)} at least, ${usd(total.after.ceiling)} at most.`,
      ],
      ...{ head: [], names: 0, rows: [], notes: notesOf(cost) },
    };
  if (
    customers.length + pools.length + prices.length === 0 &&
    !otherPeople(0, cost.samePeople) &&
    cost.unknown.every((each) => each.in === "both")
  )
    return [
      `Cost stays as it is: USD ${usd(total.after.expected)} a month expected, at prices of ${datesOf(cost)}.`,
      ...(isCodeOnly ? [CODE_ONLY] : []),
      ...unknownNotes(cost),
    ].join(" ");
  const all = [...customers, ...pools]
    .filter(({ change, difference }) => change !== "changed" || largest(difference) >= SHOWN_FROM)
    .sort((a, b) => largest(b.difference) - largest(a.difference));
  const { first, rest } = firstOf(all);
  return {
    title: "Cost",
    lead: [],
    head: ["USD a month", ...AMOUNT_KEYS],
    names: 1,
    rows: [
      ...first.map(rowOf),
      ["all", ...AMOUNT_KEYS.map((key) => cell(total.before![key], total.after[key]))],
    ],
    notes: [
      ...(rest.length > 0
        ? [
            `${rest.length} more customers and pools, each by USD ${usd(largest(rest[0]!.difference))} at most: ` +
              "`npx fleet review --json`.",
          ]
        : []),
      ...notesOf(cost),
    ],
  };
}

export function costHeadline({
  total,
  prices,
  byPrices,
  unknown,
  samePeople,
}: CostReview): string | undefined {
  const { before, after, difference } = total;
  if (!before || !difference) return undefined;
  const [missing, ...others] = unknown.filter((each) => each.in !== "both");
  // With the price of one side only, the sum may fall where the bill rises.
  if (missing)
    return (
      `**Whether the cost rises or falls is not known**: no price is known for ${codeOf(missing.price)}` +
      `${others.length > 0 ? ` and ${others.length} more` : ""}.`
    );
  const isMuchOf = (key: keyof Amounts, amount: number): boolean =>
    Math.abs(amount) >= Math.min(MUCH, Math.max(1, before[key] / 10));
  const isMuch = (key: keyof Amounts): boolean => isMuchOf(key, difference[key]);
  const moves = (key: keyof Amounts): string => (difference[key] > 0 ? "rises" : "falls");
  const by = (key: keyof Amounts, unit = ""): string =>
    `by USD ${whole(Math.abs(difference[key]))}${unit} to ${whole(after[key])}`;
  const ofPrices =
    prices.length > 0
      ? ` Prices differ, and make ${signed(byPrices.expected, whole)} a month of what is expected.`
      : "";
  if (isMuch("expected")) {
    const ceiling = isMuch("ceiling")
      ? `, the ceiling ${moves("ceiling") === moves("expected") ? "" : `${moves("ceiling")} `}${by("ceiling")}`
      : "";
    const same = otherPeople(difference.expected, samePeople)
      ? ` (with as many people as before: ${samePeopleWords(samePeople!)})`
      : "";
    return `The expected cost ${moves("expected")} ${by("expected", " a month")}${same}${ceiling}.${ofPrices}`;
  }
  const sentences = [
    // People go to dearer bridges, or to cheaper ones, and what they would cost on those that are kept does not show it.
    ...(otherPeople(difference.expected, samePeople) && isMuchOf("expected", samePeople!)
      ? [`With as many people as before, a month costs USD ${samePeopleWords(samePeople!)}.`]
      : []),
    ...(isMuch("ceiling")
      ? [`The ceiling of the cost ${moves("ceiling")} ${by("ceiling", " a month")}.${ofPrices}`]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

/** What is taken to be other people makes a difference that is worth a word: a tenth, and a dollar. */
const otherPeople = (difference: number, samePeople: number | null): boolean =>
  samePeople !== null && Math.abs(difference - samePeople) >= Math.max(1, Math.abs(difference) / 10);

const samePeopleWords = (difference: number): string =>
  Math.round(difference) === 0
    ? "the same"
    : `${whole(Math.abs(difference))} ${difference > 0 ? "more" : "less"}`;

function rowOf({ name, change, before, after }: CostChange): string[] {
  const word = change === "changed" ? "" : change === "added" ? " (new)" : " (removed, was)";
  return [
    codeOf(name) + word,
    ...AMOUNT_KEYS.map((key) =>
      before && after ? cell(before[key], after[key]) : usd((after ?? before ?? NOTHING)[key]),
    ),
  ];
}

/** `4,772 → 6,937 (+2,165)`; each figure is rounded by itself, so a sum may be one off. */
function cell(before: number, after: number): string {
  const difference = Math.round((after - before) * 100) / 100;
  if (difference === 0) return usd(after);
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
  if (!difference || !otherPeople(difference.expected, samePeople)) return [];
  return [
    "Expected is as many people as fill the bridges that are kept, and those are others now. With as many people as before, " +
      `where they were or on what is left, a month costs USD ${samePeopleWords(samePeople!)} in all.`,
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

const cents = (value: number): string => figure(value, 2);
const whole = (value: number): string => figure(value, 0);
/** Whole dollars, and cents of less than a hundred. */
const usd = (value: number): string => (Math.abs(value) >= 100 ? whole(value) : cents(value));
const signed = (value: number, shown: (value: number) => string): string =>
  `${value < 0 ? "−" : "+"}${shown(Math.abs(value))}`;
