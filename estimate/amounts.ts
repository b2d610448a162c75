/** The same thing three times: at least, as expected, at most. */
export interface Amounts {
  readonly floor: number;
  readonly expected: number;
  readonly ceiling: number;
}

export const AMOUNT_KEYS = ["floor", "expected", "ceiling"] as const;

export const NOTHING: Amounts = { floor: 0, expected: 0, ceiling: 0 };

export const always = (amount: number): Amounts => ({ floor: amount, expected: amount, ceiling: amount });

export const mapAmounts = (
  amounts: Amounts,
  map: (amount: number, key: (typeof AMOUNT_KEYS)[number]) => number,
): Amounts => ({
  floor: map(amounts.floor, "floor"),
  expected: map(amounts.expected, "expected"),
  ceiling: map(amounts.ceiling, "ceiling"),
});

export const addAmounts = (all: readonly Amounts[]): Amounts =>
  mapAmounts(NOTHING, (_, key) => all.reduce((sum, amounts) => sum + amounts[key], 0));

/** US dollars in whole cents, and each at least as much as the one before. */
export function toUsd({ floor, expected, ceiling }: Amounts): Amounts {
  const low = cents(floor);
  const middle = Math.max(low, cents(expected));
  return { floor: low / 100, expected: middle / 100, ceiling: Math.max(middle, cents(ceiling)) / 100 };
}

/** The sum of amounts in whole cents, to the cent. */
export const addUsd = (all: readonly Amounts[]): Amounts =>
  mapAmounts(NOTHING, (_, key) => all.reduce((sum, amounts) => sum + cents(amounts[key]), 0) / 100);

const cents = (usd: number): number => Math.round(usd * 100);

/**
 * Divides amounts in whole cents by weights: parts in whole cents whose sum is exact, and each of which grows from floor
 * to expected to ceiling. Equal parts where all weights are 0.
 */
export function splitUsd(amounts: Amounts, weights: readonly number[]): readonly Amounts[] {
  const floor = splitCents(cents(amounts.floor), weights);
  const more = splitCents(cents(amounts.expected) - cents(amounts.floor), weights);
  const most = splitCents(cents(amounts.ceiling) - cents(amounts.expected), weights);
  return weights.map((_, index) => {
    const expected = floor[index]! + more[index]!;
    return {
      floor: floor[index]! / 100,
      expected: expected / 100,
      ceiling: (expected + most[index]!) / 100,
    };
  });
}

/** Each gets the whole cents of his part, and the largest remainders one more. */
function splitCents(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => total * (sum > 0 ? weight / sum : 1 / weights.length));
  // A part that is whole but for a fault of binary fractions is whole.
  const parts = exact.map((part) => Math.floor(part + 1e-9));
  const order = exact
    .map((part, index) => ({ index, rest: part - parts[index]! }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  const left = total - parts.reduce((all, part) => all + part, 0);
  for (const { index } of order.slice(0, left)) parts[index]! += 1;
  return parts;
}
