import { whole } from "./usd-words";

/** What is taken to be other people makes a difference that is worth a word: a tenth, and a dollar. */
export const isWithOtherPeople = (difference: number, samePeople: number | null): samePeople is number =>
  samePeople !== null && Math.abs(difference - samePeople) >= Math.max(1, Math.abs(difference) / 10);

/** `80 more`, `80 less`, `the same` */
export const samePeopleWords = (difference: number): string =>
  Math.round(difference) === 0
    ? "the same"
    : `${whole(Math.abs(difference))} ${difference > 0 ? "more" : "less"}`;
