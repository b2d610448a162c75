import { capacityHeadline, capacitySaid } from "./capacity-words";
import { costHeadline } from "./cost-headline";
import { costSaid } from "./cost-words";
import { policyHeadline, policySaid } from "./policy-words";
import { openedHeadline } from "./opened-words";
import type { ReviewPart } from "./review-part";
import type { ReviewResult } from "./review-result";

/** What a review says of policies, room and money. */
export interface ReviewParts {
  /** Sentences for the head: what must not be overlooked. */
  readonly headlines: readonly string[];
  /** In this order. */
  readonly sections: readonly ReviewPart[];
  /** What stays as it is, and that nothing was found: a sentence each. */
  readonly quiet: readonly string[];
}

/** Where nothing differs from the base at all, nothing stays quiet either: there is nothing to say. */
export function reviewParts({ policies, capacity, cost, stacks, accounts }: ReviewResult): ReviewParts {
  if (!policies || !capacity || !cost) return { headlines: [], sections: [], quiet: [] };
  const isCodeOnly = accounts.length === 0 && stacks.length > 0;
  const said = [policySaid(policies), capacitySaid(capacity), costSaid(cost, isCodeOnly)];
  const headlines = [
    openedHeadline(stacks),
    policyHeadline(policies),
    capacityHeadline(capacity),
    costHeadline(cost),
  ];
  return {
    headlines: headlines.filter((each) => each !== undefined),
    sections: said.filter((each) => typeof each === "object"),
    quiet:
      stacks.length + accounts.length === 0 && cost.noBefore === null
        ? []
        : said.filter((each) => typeof each === "string"),
  };
}
