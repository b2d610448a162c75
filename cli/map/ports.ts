import type { PlacedCard } from "./svg-layout";

/** Where lines meet cards: spread over the card's side, in the order of their other ends. */
export class Ports {
  private readonly others = new Map<PlacedCard, PlacedCard[]>();

  constructor(pairs: readonly (readonly [PlacedCard, PlacedCard])[]) {
    for (const [a, b] of pairs) {
      this.others.set(a, [...(this.others.get(a) ?? []), b]);
      this.others.set(b, [...(this.others.get(b) ?? []), a]);
    }
    for (const others of this.others.values()) others.sort((a, b) => a.y - b.y);
  }

  /** Height of the line's end at `card`. */
  between(card: PlacedCard, other: PlacedCard): number {
    const others = this.others.get(card)!;
    return card.y + (card.height * (others.indexOf(other) + 1)) / (others.length + 1);
  }
}
