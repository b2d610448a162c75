import { z } from "zod";
import { dnsNameSchema, emailSchema } from "./fields";

const secretNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,255}$/, "allowed: the name of a secret: letters, digits, _ and -");

const ofSecret =
  "Name of a secret in Secret Manager of the account's project, which people make (docs/runbook.md, How alerts reach you)";

/** Without a quote or a space: it goes into an environment file as it is. */
const userSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9._%+@-]{1,128}$/,
    "allowed: letters, digits and . _ % + @ -, at most 128; it is a name and no secret",
  );

const smtpSchema = z
  .strictObject({
    host: dnsNameSchema.describe("Host name of the mail server that takes mail from the customers' servers."),
    port: z
      .number()
      .int()
      .min(1)
      .max(65_535)
      .refine(
        (port) => port !== 25,
        "allowed: 465, 587, 2525 or another; Google Cloud lets nothing out to port 25; ask your provider for its submission port, mostly 587",
      )
      .default(587)
      .describe(
        "Its port (default 587). On 465 the connection is encrypted from the start, on every other one with STARTTLS, " +
          "without which no mail is sent. Not 25: Google Cloud lets nothing out to it.",
      ),
    from: emailSchema.describe("Address that the mails are from; the mail server must let it send."),
    user: userSchema
      .optional()
      .describe("Who logs in at the mail server (default: nobody). Together with passwordSecret."),
    passwordSecret: secretNameSchema
      .optional()
      .describe(
        `${ofSecret}: the password of user. The servers of all customers of the account may read it.`,
      ),
  })
  .refine(({ user, passwordSecret }) => (user === undefined) === (passwordSecret === undefined), {
    path: ["user"],
    error: "allowed: user and passwordSecret together, or neither; add the other one",
  })
  .describe("Mail server by which alerts go to operators.email (default: no mail).");

const webhookSchema = z
  .strictObject({
    secret: secretNameSchema.describe(
      `${ofSecret}: the URL, https://…, with the token within. The servers of all customers of the account may read it.`,
    ),
  })
  .describe(
    "URL that gets alerts as JSON in a POST, such as your pager's (default: none). With smtp beside it, it gets critical " +
      "ones only; without, all of them.",
  );

/** How the alerts of an account's customers reach people. */
export const alertsSchema = z
  .strictObject({
    smtp: smtpSchema.optional(),
    webhook: webhookSchema.optional(),
    runbook: z
      .url({
        protocol: /^https$/,
        error: "allowed: an https:// URL without #, such as https://git.acme.example/fleet/docs/runbook.md",
      })
      .refine(
        (url) => !url.includes("#"),
        "allowed: an https:// URL without #, to which alerts add #<section>",
      )
      .optional()
      .describe(
        "Where people read docs/runbook.md, such as https://git.acme.example/fleet/docs/runbook.md: alerts link to their " +
          "section there (default: they name the file and the section).",
      ),
  })
  .describe(
    "How the alerts of Grafana reach people (default: they are seen in Grafana only; what Cloud Monitoring watches is " +
      "mailed in any case). A change restarts Grafana on the customers' servers; calls notice nothing.",
  );
