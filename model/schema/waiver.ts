import { z } from "zod";
import { isCalendarDay } from "../is-calendar-day";
import { POLICY_IDS } from "../policy-ids";

const said = (what: string) =>
  z
    .string()
    .regex(/\S.{8,}\S/, `allowed: ${what}, in 10 characters or more`)
    .max(500, "allowed: at most 500 characters");

/** What every waiver says of itself, whoever finds what it is about. */
export const waiverTerms = {
  reason: said("why this is right for now").describe(
    "Why it stays, and what stands in for it. Reviewers read this.",
  ),
  owner: z
    .string()
    .regex(/^\S+@\S+\.\S+$/, "allowed: a mail address")
    .describe("Mail address of whoever answers for it and ends it."),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "allowed: a day such as 2027-01-31")
    .refine(isCalendarDay, "allowed: a day of the calendar")
    .describe("Last day on which it holds, in UTC, at most a year ahead."),
};

/** One finding of a policy that an account lives with for a while. */
export const waiverSchema = z
  .strictObject({
    rule: z.enum(POLICY_IDS).describe("Id of the policy; npx fleet policy --list has them all."),
    on: z
      .string()
      .regex(
        /^(?:account|customer|bridges)-(?:[a-z0-9-]+$|[a-z0-9*-]+\/(?:[a-z0-9_]+\.[A-Za-z0-9_*-]+$|files\/[\w./*-]+$))/,
        "allowed: a stack of this account, or a stack and an address or a file of it, such as " +
          "customer-abc/google_compute_instance.server or customer-abc/files/server/etc/fleet/web.env; * only before or in " +
          "the name of a resource or file",
      )
      .describe(
        "What it is about, as npx fleet policy prints it: a stack, or a stack and a resource or a file, such as " +
          "customer-abc/google_compute_instance.server. * stands for any part of a name, never for a type or for whole " +
          "stacks: customer-*/google_compute_disk.data. It reaches stacks of this account only, and those that come later, too.",
      ),
    reason: waiverTerms.reason.describe(
      "Why the account lives with it, and what stands in for it. Reviewers read this.",
    ),
    owner: waiverTerms.owner,
    until: waiverTerms.until.describe(
      "Last day on which it holds, in UTC, at most a year ahead. From the day after on, fleet check and fleet policy fail; " +
        "what runs stays as it is.",
    ),
  })
  .describe("One finding of a policy that the account lives with until a day.");

export type Waiver = z.output<typeof waiverSchema>;
