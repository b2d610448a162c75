import { counted } from "../../model/counted";
import { cut } from "../cut";
import { openFindings, type PolicyReview, type ReviewedFinding, type ReviewedWaiver } from "./policy-review";
import { codeOf, firstOf, oneLine, type Said } from "./review-part";

/** Characters of a message, a reason or an address that a review shows. */
const LONGEST = 300;

/** What the policies find, and which exceptions are new. */
export function policySaid(policies: PolicyReview): Said {
  const { findings, waivers, stacks, noBefore } = policies;
  const judged = counted(stacks.length, "changed stack");
  if (findings.length + waivers.length === 0) {
    return stacks.length > 0 ? `No policy finds anything in ${judged}.` : undefined;
  }
  const found = firstOf(findings);
  const waived = firstOf(waivers);
  return {
    title: "Policies",
    lead: noBefore === null ? [] : ["Which waivers are new is as unknown as the cost before: all are here."],
    ...{ head: [], names: 0, rows: [] },
    notes: [
      ...found.first.map(findingWords),
      ...(found.rest.length > 0
        ? [`${counted(found.rest.length, "more finding")}${openOf(found.rest)}: \`npx fleet review --json\`.`]
        : []),
      ...(findings.length === 0 && stacks.length > 0 ? [`No policy finds anything in ${judged}.`] : []),
      ...waived.first.map(waiverWords),
      ...(waived.rest.length > 0
        ? [`**${counted(waived.rest.length, "more waiver")}**: \`npx fleet review --json\`.`]
        : []),
    ],
  };
}

/** For the head of a review: a sentence when nothing lets a finding be, or exceptions are new. */
export function policyHeadline(policies: PolicyReview): string | undefined {
  const open = openFindings(policies).length;
  const hold = policies.waivers.filter(({ ended }) => ended === null);
  const added = hold.filter(({ change }) => change === "added" || change === "changed").length;
  const ended = policies.waivers.length - hold.length;
  const sentences = [
    ...(open > 0
      ? [
          `**${counted(open, "finding")} of the policies ${open === 1 ? "has" : "have"} no waiver: mend ` +
            `${open === 1 ? "it" : "them"}; no allowed class admits ${open === 1 ? "it" : "them"}.**`,
        ]
      : []),
    ...(added > 0
      ? [`**${counted(added, "waiver")} of a policy ${added === 1 ? "is" : "are"} new or changed.**`]
      : []),
    ...(ended > 0
      ? [`**${counted(ended, "waiver")} of a policy ${ended === 1 ? "does" : "do"} not hold.**`]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

function findingWords({ rule, on, message, isNew, waiver, ended }: ReviewedFinding): string {
  const age = isNew ? "new" : "as in the base";
  const said = `${codeOf(on)} ${codeOf(rule)}: ${shown(message)}`;
  if (waiver)
    return `${isNew ? "New" : "As in the base"}, waived until ${waiver.until} by ${waiver.owner} (${shown(waiver.reason)}): ${said}.`;
  const over = ended ? `its waiver of ${ended.owner} ended on ${ended.until}` : "no waiver";
  return `**Not allowed, ${age}, ${over}**: ${said}.`;
}

function waiverWords({
  rule,
  on,
  owner,
  until,
  reason,
  change,
  before,
  ended,
  findings,
}: ReviewedWaiver): string {
  const named = `${codeOf(rule)} on ${codeOf(on)}`;
  if (ended !== null && change === "same") return `**A waiver does not hold**: ${shown(ended)}.`;
  const about = findings === 0 ? "nothing in the changed stacks" : `${counted(findings, "finding")} of them`;
  const title =
    change === "added" ? "**New waiver**" : change === "changed" ? "**Changed waiver**" : "Waiver";
  const was =
    before === null ? "" : `; before: until ${before.until} by ${before.owner} (${shown(before.reason)})`;
  const over = ended === null ? "" : ` **It does not hold**: ${shown(ended)}.`;
  return `${title}: ${named} until ${until} by ${owner} (${shown(reason)}), about ${about}${was}.${over}`;
}

const openOf = (findings: readonly ReviewedFinding[]): string => {
  const open = findings.filter(({ waiver }) => waiver === null).length;
  return open > 0 ? `, **${open} without a waiver**` : "";
};

/** Free text of people, at a length that can be read. */
const shown = (text: string): string => cut(oneLine(text), LONGEST);
