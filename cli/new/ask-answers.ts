import { giveTurn } from "../give-turn";
import type { LongWork } from "../long-work";
import { NoAnswer, type Questions } from "../questions";
import type { Answers, Question } from "./blueprint";
import type { DraftFiles } from "./draft-files";

/** The command was called so that it cannot go on; the message says which flag to give. */
export class AnswerProblem extends Error {}

/**
 * Answers to all questions: from flags, from a person, or what is suggested.
 *
 * @param flags answers from the command line, by name
 * @param yes takes what is suggested for the rest
 * @throws AnswerProblem
 */
export async function askAnswers(
  all: readonly Question[],
  flags: Answers,
  draft: DraftFiles,
  { yes, questions, work }: { readonly yes: boolean; readonly questions: Questions; readonly work: LongWork },
): Promise<Answers> {
  let answers: Answers = {};
  const missing: string[] = [];
  for (const question of all) {
    await giveTurn();
    const { name, text, isAsked, fallback } = question;
    const known = { ...standIns(all), ...answers };
    if (missing.length > 0) {
      // An answer before this one is missing, so nothing is said of this one but that it is, too.
      const isNeeded =
        question.standsAlone && flags[name] === undefined && (isAsked?.(known, draft.around) ?? true);
      if (isNeeded && fallback({ ...known, [name]: undefined }, draft.around) === undefined)
        missing.push(flagOf(question));
      continue;
    }
    if (isAsked && !isAsked(known, draft.around)) {
      if (flags[name] !== undefined)
        throw new AnswerProblem(`${flagOf(question)} has no meaning here; leave it out`);
      continue;
    }
    const problemOf = (answer: string) =>
      work.step(`judging the answer to ${flagOf(question)} …`, () =>
        draft.problemOf(question, { ...known, [name]: answer }),
      );
    const given = flags[name];
    if (given !== undefined) {
      const problem = problemOf(given);
      if (problem !== undefined) throw new AnswerProblem(`${flagOf(question)}: ${problem}`);
      answers = { ...answers, [name]: given };
      continue;
    }
    const suggested = fallback({ ...known, [name]: undefined }, draft.around);
    const usable =
      suggested !== undefined && (yes ? undefined : problemOf(suggested)) === undefined
        ? suggested
        : undefined;
    if (yes && usable === undefined) missing.push(flagOf(question));
    else answers = { ...answers, [name]: yes ? taken(question, usable!, problemOf) : await ask() };

    async function ask(): Promise<string> {
      const asked = typeof text === "string" ? text : text({ ...known, [name]: undefined }, draft.around);
      try {
        return await questions.ask(asked, { ...(usable !== undefined && { fallback: usable }), problemOf });
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        const suggestion = usable === undefined ? "" : ", or take what is suggested with --yes";
        throw new AnswerProblem(`${error.message}; name it with ${flagOf(question)}${suggestion}`);
      }
    }
  }
  if (missing.length > 0)
    throw new AnswerProblem(
      `nothing can be suggested here; name ${missing.length > 1 ? "them" : "it"} with ${missing.join(", ")}`,
    );
  return answers;
}

function taken(
  question: Question,
  suggested: string,
  problemOf: (answer: string) => string | undefined,
): string {
  const problem = problemOf(suggested);
  if (problem === undefined) return suggested;
  throw new AnswerProblem(`${suggested} was taken for ${flagOf(question)}: ${problem}; name another`);
}

/** `--machine-type`, or `<id>`, which has no flag. */
const flagOf = ({ flag }: Question): string => (flag === "" ? "<id>" : flag.split(" ")[0]!);

const standIns = (all: readonly Question[]): Answers =>
  Object.fromEntries(all.map(({ name, standIn }) => [name, standIn]));
