import { CHECKOV_VERSION } from "./install-checkov";
import { type CheckovWaiver, WAIVERS_FILE } from "./read-waivers";

/** docs/checkov.md: what Checkov finds in the synthesized output and why it stays. */
export const renderCheckovPage = (waivers: readonly CheckovWaiver[]): string =>
  `<!-- Written by \`npm run docs\` from ${WAIVERS_FILE}. -->

# What Checkov finds, and why it stays

\`npm run checkov\` holds the synthesized output against [Checkov](https://www.checkov.io) ${CHECKOV_VERSION}, from PyPI; it needs Python 3.10 or
newer, and the network the first time: every file that it installs is known by its SHA-256, and none is built. Nothing is skipped as
a whole: what stays has a waiver in [${WAIVERS_FILE}](../${WAIVERS_FILE}), about one check and one resource of the
stacks, with a reason, an owner and an end, by the rules of an account's own ([ADR 25](adr/0025-waivers-end-where-there-is-a-clock.md)). What
fails: a finding without a waiver, a waiver that has ended, and one of what Checkov does not find any more. A waiver says two weeks before
its last day that it ends; \`npm run checkov -- --today 2027-11-30\` says today what will have ended on that day. The owner is whoever looks
then whether the reason still holds: write your own address. To renew is to look, to write down a later \`until\`, and \`npm run docs\`.

Our own policies (\`npx fleet policy --list\`) come first; an account's exceptions to those stand in its account.yaml.

| check | on | why it stays | owner | until |
| --- | --- | --- | --- | --- |
${waivers.map(({ rule, on, reason, owner, until }) => `| ${rule} | \`${on}\` | ${reason} | ${owner} | ${until} |`).join("\n")}

Checkov knows templates of regional instance groups not at all, and JSON only without Terraform's own settings: the script writes one
file per resource for it, so that a finding names its address. Templates are held by our policies as servers are
(\`shielded-machines\`, \`machine-login\`, \`machine-identity\`).
`;
