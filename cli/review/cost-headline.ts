import type { Amounts } from "../../estimate/amounts";
import type { CostReview } from "./cost-review";
import { codeOf } from "./review-part";
import { isWithOtherPeople, samePeopleWords } from "./same-people-words";
import { signed, whole } from "./usd-words";

/** US dollars a month that the head of a review speaks of; or a tenth of what it was. */
const MUCH = 100;

/** A bill before and after. */
interface Moved {
  readonly before: Amounts;
  readonly after: Amounts;
  readonly difference: Amounts;
}

/** For the head of a review: a sentence when much more or less is expected or possible, or nobody knows. */
export function costHeadline(cost: CostReview): string | undefined {
  const { before, after, difference } = cost.total;
  if (!before || !difference) return undefined;
  const missing = cost.unknown.filter((each) => each.in !== "both").map(({ price }) => price);
  // With the price of one side only, the sum may fall where the bill rises.
  if (missing.length > 0) return notKnown(missing);
  const moved: Moved = { before, after, difference };
  if (isMuch(moved, "expected")) return expectedSentence(moved, cost);
  const sentences = [
    // People go to dearer bridges, or to cheaper ones, and what they would cost on those that are kept does not show it.
    ...(isWithOtherPeople(difference.expected, cost.samePeople) && isMuch(moved, "expected", cost.samePeople)
      ? [`With as many people as before, a month costs USD ${samePeopleWords(cost.samePeople)}.`]
      : []),
    ...(isMuch(moved, "ceiling")
      ? [
          `The ceiling of the cost ${verb(moved, "ceiling")} ${by(moved, "ceiling", " a month")}.${ofPrices(cost)}`,
        ]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

const notKnown = ([first, ...others]: readonly string[]): string =>
  `**Whether the cost rises or falls is not known**: no price is known for ${codeOf(first!)}` +
  `${others.length > 0 ? ` and ${others.length} more` : ""}.`;

function expectedSentence(moved: Moved, cost: CostReview): string {
  const verbs = { expected: verb(moved, "expected"), ceiling: verb(moved, "ceiling") };
  const same = isWithOtherPeople(moved.difference.expected, cost.samePeople)
    ? ` (with as many people as before: ${samePeopleWords(cost.samePeople)})`
    : "";
  const ceiling = isMuch(moved, "ceiling")
    ? `, the ceiling ${verbs.ceiling === verbs.expected ? "" : `${verbs.ceiling} `}${by(moved, "ceiling")}`
    : "";
  return `The expected cost ${verbs.expected} ${by(moved, "expected", " a month")}${same}${ceiling}.${ofPrices(cost)}`;
}

const isMuch = ({ before, difference }: Moved, key: keyof Amounts, amount = difference[key]): boolean =>
  Math.abs(amount) >= Math.min(MUCH, Math.max(1, before[key] / 10));

const verb = ({ difference }: Moved, key: keyof Amounts): string => (difference[key] > 0 ? "rises" : "falls");

const by = ({ after, difference }: Moved, key: keyof Amounts, unit = ""): string =>
  `by USD ${whole(Math.abs(difference[key]))}${unit} to ${whole(after[key])}`;

const ofPrices = ({ prices, byPrices }: CostReview): string =>
  prices.length > 0
    ? ` Prices differ, and make ${signed(byPrices.expected, whole)} a month of what is expected.`
    : "";
