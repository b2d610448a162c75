import type { Policy } from "./policy";

/** They replace grants that they do not name: `…_iam_policy` all, `…_iam_binding` those of the role. */
const REPLACING = /^google_.*_iam_(?:policy|binding)$/;

export const checkIamGrants: Policy = {
  id: "iam-grants",
  rule: "Grants are added one by one; none takes away what it does not name.",
  reason: "Stacks and people share a project: an apply of one would lock out the machines of the others.",
  fix: "Use the _iam_member resource.",
  check: ({ resources }) =>
    resources
      .filter(({ type }) => REPLACING.test(type))
      .map((on) => ({
        on,
        message:
          "it takes away grants that it does not name; the machines of other stacks would be locked out; " +
          `use ${on.type.replace(/_(?:policy|binding)$/, "_member")}`,
      })),
};
