import type { Policy } from "./policy";

/** Google's words for everybody; anybody may make an account. */
const EVERYBODY = /\b(allUsers|allAuthenticatedUsers|publicRead(?:Write)?|authenticatedRead)\b/;

export const checkPublicMembers: Policy = {
  id: "public-members",
  rule: "Nothing is granted to everybody.",
  reason: "allAuthenticatedUsers is everybody with a Google account, so everybody.",
  fix: "Name the people, groups or service accounts.",
  check: ({ resources, terraform }) => [
    ...resources.flatMap((on) => {
      if (!on.type.startsWith("google_")) return [];
      return everybodyIn(on.attributes).map((message) => ({ on, message: `it is granted to ${message}` }));
    }),
    // A member may come by way of a local value or the default of a variable.
    ...everybodyIn([terraform["locals"], terraform["variable"]]).map((message) => ({
      message: `a local value or a variable names ${message}`,
    })),
  ],
};

function everybodyIn(value: unknown): string[] {
  const [, everybody] = EVERYBODY.exec(JSON.stringify(value)) ?? [];
  return everybody === undefined ? [] : [`${everybody}; that is the whole world; name who needs it`];
}
