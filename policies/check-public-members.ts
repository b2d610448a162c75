import { textsOf } from "./blocks";
import type { Policy } from "./policy";

/** Google's words for everybody; anybody may make an account. */
const EVERYBODY = /\b(allUsers|allAuthenticatedUsers)\b/;

export const checkPublicMembers: Policy = {
  id: "public-members",
  rule: "Nothing is granted to everybody.",
  reason: "allAuthenticatedUsers is everybody with a Google account, so everybody.",
  fix: "Name the people, groups or service accounts.",
  check: ({ resources }) =>
    resources.flatMap((on) => {
      const { member, entity, for_each: each, policy_data: policy } = on.attributes;
      const named = JSON.stringify([member, entity, each, policy, textsOf(on.attributes, "members")]);
      const [, everybody] = (/_iam_|_acl$|access_control$/.test(on.type) && EVERYBODY.exec(named)) || [];
      if (everybody === undefined) return [];
      return [
        {
          on,
          message: `it is granted to ${everybody}; that is the whole world; name who needs it`,
        },
      ];
    }),
};
