import { isTaken, type Rule } from "../cli/import/rule";

const FILES = {
  account: "account.yaml",
  customer: "customers/&lt;id&gt;.yaml",
  pool: "pools/&lt;pool&gt;.yaml",
} as const;

/** Fields that are no path in a YAML file. */
const FIELDS: Readonly<Record<string, string>> = {
  id: "the file's name",
  network: "`gcp.network.regions.<region>`",
};

/** One source: its tables, and where its variables were seen. */
export interface ImportedSource {
  readonly title: string;
  readonly command: string;
  readonly text: string;
  readonly rules: readonly Rule[];
}

/** docs/import.md, from the tables that `fleet import` works by. */
export function renderImportPage(sources: readonly ImportedSource[]): string {
  return [
    "# What `fleet import` takes over",
    "",
    "`npx fleet import` writes accounts from the variables of what ran Jitsi before. It reads files only, asks no cloud, and says",
    "of every variable what became of it. `npm run docs` writes this page from the tables that the command works by.",
    "",
    "- **Taken or changed**: the value is in a file of ours, where a comment names the line that it came from. It is changed",
    "  where the model or the cloud does not have it any more; the report says why.",
    "- **Dropped**: nothing of ours needs it. Secrets are dropped by their names and by Ansible Vault's tag; their values are",
    "  never shown and never written.",
    "- **Not understood**: no table below knows it, it is an expression that only its own tool can work out, or the model refuses",
    "  its value. Look at each of these lines.",
    "- **Added**: what the source does not say: flags, answers, the first zone of a region, a range of addresses.",
    "",
    "Nothing is written that `npx fleet check` would refuse, and an account that is there is never touched. Machines are made",
    "anew: an import moves no server, no recording and no certificate. Publish the host name when the new server is up.",
    "",
    "In the tables, variables in one row fill the same field; the first that has a value counts, and so does an earlier row",
    "before a later one.",
    "",
    ...sources.flatMap(part),
  ].join("\n");
}

function part({ title, command, text, rules }: ImportedSource): string[] {
  const taken = rules.filter(isTaken).map((rule) => {
    const elsewhere = rule.elsewhere
      ? `; from a folder without a number of bridges: ${where(rule.elsewhere)}`
      : "";
    return `| ${names(rule)} | ${where(rule)}${elsewhere} | ${rule.note ?? ""} |`;
  });
  const dropped = rules.flatMap((rule) =>
    isTaken(rule) ? [] : [`| ${names(rule)}${rule.secret ? " (secret)" : ""} | ${rule.dropped} |`],
  );
  return [
    `## ${title}`,
    "",
    `\`${command}\`: ${text}`,
    "",
    "| variable | goes to | |",
    "| --- | --- | --- |",
    ...taken,
    "",
    "| dropped | why |",
    "| --- | --- |",
    ...dropped,
    "",
  ];
}

const names = (rule: Rule): string => rule.names.map((name) => `\`${name}\``).join(", ");

const where = ({ owner, field }: { owner: keyof typeof FILES; field: string }): string =>
  `${field === "network" ? FILES.account : FILES[owner]} ${FIELDS[field] ?? `\`${field}\``}`;
