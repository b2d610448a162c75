import { modelineFor } from "../../config/check-modeline";
import { parseIpv4Network } from "../../model/ipv4-network";
import { nextRange } from "../../model/next-range";
import { quoted } from "../../model/quoted";
import type { Answers, Blueprint, Question, Surroundings } from "./blueprint";
import { typedList, yamlList, yamlText } from "./yaml-text";

const NONE = "none";
const RANGE_BITS = 20;

const on = (cloud: "gcp" | "linode") => (answers: Answers) =>
  typedList(answers["clouds"] ?? "").includes(cloud);
const hasDns = (answers: Answers) => on("gcp")(answers) && answers["domain"] !== NONE;

/** What all accounts of the fleet have alike; a new one has probably the same people. */
const common = (
  { fleet }: Surroundings,
  of: (account: Surroundings["fleet"]["accounts"][number]) => string,
) => {
  const values = new Set(fleet.accounts.map(of));
  return values.size === 1 ? [...values][0] || undefined : undefined;
};

const questions: readonly Question[] = [
  {
    name: "id",
    flag: "",
    help: "",
    text: "Name of the account (its folder)",
    fields: [""],
    standIn: "new",
    fallback: () => undefined,
  },
  {
    name: "clouds",
    flag: "--clouds <cloud,...>",
    help: "gcp, linode or gcp,linode (default gcp)",
    text: "Clouds (gcp, linode or gcp,linode)",
    fields: [],
    standIn: "gcp",
    fallback: () => "gcp",
    problemOf: (answer) =>
      typedList(answer).length > 0 && typedList(answer).every((cloud) => ["gcp", "linode"].includes(cloud))
        ? undefined
        : "allowed: gcp, linode or gcp,linode",
  },
  {
    name: "project",
    flag: "--project <id>",
    help: "project at Google Cloud, which exists already (default <account>-meet)",
    text: "Google Cloud project, which exists already",
    fields: ["gcp.project"],
    standIn: "new-meet",
    isAsked: on("gcp"),
    fallback: ({ id }) => `${id}-meet`,
  },
  {
    name: "regions",
    flag: "--regions <region,...>",
    help: "regions at Google Cloud, such as europe-west4,us-east1=10.20.0.0/20 (default range: the next free /20)",
    text: "Google Cloud regions, each with =<range> or the next free one",
    fields: ["gcp.network"],
    standIn: "europe-west4",
    isAsked: on("gcp"),
    fallback: (_, { fleet }) =>
      Object.keys(fleet.accounts[0]?.gcp?.network.regions ?? {})[0] ?? "europe-west4",
    problemOf: regionsProblem,
  },
  {
    name: "bucket",
    flag: "--bucket <bucket>",
    help: "bucket of Cloud Storage for Terraform's state, which exists already (default <project>-terraform)",
    text: "State bucket (Cloud Storage), which exists already",
    fields: ["state"],
    standIn: "new-meet-terraform",
    fallback: ({ id, project }) => `${project ?? `${id}-meet`}-terraform`,
  },
  {
    name: "domain",
    standsAlone: true,
    flag: "--domain <domain>",
    help: `domain that host names are made of, or ${NONE}`,
    text: `Domain that host names are made of (${NONE}: each customer names its own)`,
    fields: ["dns.domain"],
    standIn: NONE,
    isAsked: on("gcp"),
    fallback: () => undefined,
  },
  {
    name: "zone",
    flag: "--zone <zone>",
    help: "name of the Cloud DNS zone (default <account>-zone)",
    text: "Name of its Cloud DNS zone",
    fields: ["dns.managedZone"],
    standIn: "new-zone",
    isAsked: hasDns,
    fallback: ({ id }) => `${id}-zone`,
  },
  {
    name: "createZone",
    flag: "--create-zone <answer>",
    help: "yes: the account's stack creates the zone; no: it exists (default yes)",
    text: "Create the zone? no, if it exists (yes/no)",
    fields: ["dns.createZone"],
    standIn: "yes",
    isAsked: hasDns,
    fallback: () => "yes",
    problemOf: (answer) => (["yes", "no"].includes(answer) ? undefined : "answer yes or no"),
  },
  {
    name: "email",
    standsAlone: true,
    flag: "--email <address>",
    help: "mail address for alerts and Let's Encrypt (default: that of all other accounts)",
    text: "Mail address for alerts and Let's Encrypt",
    fields: ["operators.email"],
    standIn: "ops@acme.example",
    fallback: (_, around) => common(around, ({ operators }) => operators.email),
  },
  {
    name: "iap",
    flag: "--iap <member,...>",
    help: "who may log in to Google machines (default group:<mail address>)",
    text: "Who may log in to Google machines",
    fields: ["operators.iap"],
    standIn: "group:ops@acme.example",
    isAsked: on("gcp"),
    fallback: ({ email }) => `group:${email}`,
  },
  {
    name: "sshFrom",
    standsAlone: true,
    flag: "--ssh-from <network,...>",
    help: "networks that may open SSH to Linodes",
    text: "Networks that may open SSH to Linodes, such as 203.0.113.0/24",
    fields: ["operators.sshFrom"],
    standIn: "203.0.113.0/24",
    isAsked: on("linode"),
    fallback: (_, around) => common(around, ({ operators }) => operators.sshFrom.join(",")),
    problemOf: (answer) => (typedList(answer).length > 0 ? undefined : "allowed: at least one network"),
  },
  {
    name: "sshKey",
    standsAlone: true,
    flag: "--ssh-key <key>",
    help: "public SSH key for Linodes, such as 'ssh-ed25519 AAAA… ops'",
    text: "Public SSH key for Linodes (the content of id_ed25519.pub)",
    fields: ["operators.sshKeys"],
    standIn: `ssh-ed25519 ${"A".repeat(68)}`,
    isAsked: on("linode"),
    fallback: (_, around) => common(around, ({ operators }) => operators.sshKeys["ops"] ?? ""),
  },
];

/** `fleet new account` */
export const accountBlueprint: Blueprint = {
  kind: "account",
  questions,
  files: (answers, around) => {
    const { root, files } = around;
    const defaults = `${root}/defaults.yaml`;
    return new Map([
      ...(files.has(defaults) ? [] : [[defaults, DEFAULTS] as const]),
      [`${root}/${answers["id"]}/account.yaml`, accountText(answers, around)],
    ]);
  },
  next: (answers) => {
    const { id, project, bucket, domain } = answers;
    return [
      ...(on("gcp")(answers) ? [`The project ${project} exists, with a billing account.`] : []),
      `The bucket ${bucket} exists, with versioning on.`,
      // Servers of customers run at Google; bridges at Linode may serve customers of other accounts.
      `npx fleet new ${on("gcp")(answers) ? "customer" : "pool"} <id> --account ${id}`,
      ...(hasDns(answers) && answers["createZone"] === "yes"
        ? [`After npx fleet deploy account-${id}: delegate ${domain} to the name servers that it prints.`]
        : []),
    ];
  },
};

const DEFAULTS = `${modelineFor("defaults")}
#
# The lowest layer of every account. An account's own \`defaults:\` and each entity's file win over it,
# an account's \`overrides:\` wins over everything.
labels:
  managed-by: fleet
`;

function accountText(answers: Answers, around: Surroundings): string {
  const { project, bucket, domain, zone, createZone, email, iap, sshFrom, sshKey } = answers;
  const text = (value: string | undefined) => yamlText(value ?? "");
  const lines = [modelineFor("account")];
  if (on("gcp")(answers)) {
    lines.push("gcp:", `  project: ${text(project)}`, "  network:", "    regions:");
    for (const [region, range] of regionsOf(answers, around))
      lines.push(`      ${text(region)}: ${text(range)}`);
  }
  if (on("linode")(answers)) lines.push("linode: {}");
  lines.push(`state: { bucket: ${text(bucket)} }`);
  if (hasDns(answers)) {
    lines.push("dns:", `  managedZone: ${text(zone)}`, `  domain: ${text(domain)}`);
    if (createZone === "yes") lines.push("  createZone: true");
  }
  lines.push("operators:", `  email: ${text(email)}`);
  if (on("gcp")(answers)) lines.push(`  iap: ${yamlList(typedList(iap ?? ""))}`);
  if (on("linode")(answers)) {
    const owner = /^\S+ \S+ ([a-z][a-z0-9-]*)$/.exec(sshKey ?? "")?.[1] ?? "ops";
    lines.push(
      `  sshFrom: ${yamlList(typedList(sshFrom ?? ""))}`,
      "  sshKeys:",
      `    ${owner}: ${text(sshKey)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** What could not become lines of the file. */
function regionsProblem(answer: string): string | undefined {
  const items = typedList(answer).map((item) => item.split("=").map((part) => part.trim()));
  if (items.length === 0) return "allowed: at least one region";
  const odd = items.findIndex((parts) => parts.length > 2 || parts.includes(""));
  if (odd !== -1)
    return `${quoted(typedList(answer)[odd]!)} is not valid; allowed: a region, or with its range us-east1=10.20.0.0/20`;
  const regions = items.map(([region]) => region!);
  const twice = regions.find((region, index) => regions.indexOf(region) < index);
  return twice === undefined ? undefined : `${quoted(twice)} stands there twice; name each region once`;
}

/** `europe-west4,us-east1=10.20.0.0/20`: each region with its range. */
function regionsOf({ regions }: Answers, { fleet }: Surroundings): readonly [string, string][] {
  const typed = typedList(regions ?? "").map((item) => item.split("=").map((part) => part.trim()));
  const isRange = (range: string) => /^[0-9]+(?:\.[0-9]+){3}\/(?:3[0-2]|[12]?[0-9])$/.test(range);
  const used = [
    ...fleet.accounts.flatMap(({ gcp }) => Object.values(gcp?.network.regions ?? {})),
    ...typed.flatMap(([, range]) => (range !== undefined && isRange(range) ? [range] : [])),
  ].map(parseIpv4Network);
  let last: ReturnType<typeof parseIpv4Network> | undefined;
  return typed.map(([region = "", given]) => {
    if (given !== undefined) return [region, given];
    const range = nextRange(used, RANGE_BITS, last) ?? "";
    if (range !== "") used.push((last = parseIpv4Network(range)));
    return [region, range];
  });
}
