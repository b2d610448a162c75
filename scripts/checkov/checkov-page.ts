import { type Answer, CHECKOV_VERSION } from "./answers";

/** docs/checkov.md: what Checkov finds in the synthesized output and why it stays. */
export const renderCheckovPage = (answers: readonly Answer[]): string =>
  `<!-- Written by \`npm run docs\` from scripts/checkov/answers.ts. -->

# What Checkov finds, and why it stays

\`npm run checkov\` holds the synthesized output against [Checkov](https://www.checkov.io) ${CHECKOV_VERSION}, from PyPI; it needs Python 3.10 or
newer, and the network the first time: every file that it installs is known by its SHA-256, and none is built. A finding that is not
below fails, and so does an answer to what Checkov does not find any more. Nothing is skipped as a whole: an answer is about one
check and one resource of the stacks, and has a reason. Our own policies (\`npx fleet policy --list\`) come first; an account's exceptions
to those are waivers, which end ([ADR 25](adr/0025-waivers-end-where-there-is-a-clock.md)).

| check | on | why it stays |
| --- | --- | --- |
${answers.map(({ check, on, reason }) => `| ${check} | \`${on}\` | ${reason} |`).join("\n")}

Checkov knows templates of regional instance groups not at all, and JSON only without Terraform's own settings: the script writes one
file per resource for it, so that a finding names its address. Templates are held by our policies as servers are
(\`shielded-machines\`, \`machine-login\`, \`machine-identity\`).
`;
