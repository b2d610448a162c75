import type { Draft, PoolDraft } from "./draft";
import type { FieldOwner } from "./rule";
import type { Plain } from "./variable";

/** What the sources may not have: a flag gives it, or a person is asked. */
export interface Answer {
  /** As in `--state-bucket`. */
  readonly flag: string;
  /** Its place in commander's options. */
  readonly option: keyof AnswerOptions;
  readonly placeholder: string;
  readonly owner: FieldOwner;
  readonly field: string;
  readonly what: string;
  /** Several values, separated by commas. */
  readonly list?: true;
  readonly read?: (text: string) => Plain;
  /** Only for accounts with pools on this cloud. @default both */
  readonly cloud?: "gcp" | "linode";
  /** Whether an account cannot be without it. @default always */
  readonly needed?: (draft: Draft, pool: PoolDraft | undefined) => boolean;
}

export interface AnswerOptions {
  readonly project?: string;
  readonly stateBucket?: string;
  readonly email?: string;
  readonly zone?: string;
  readonly hostname?: string;
  readonly managedZone?: string;
  readonly dnsDomain?: string;
  readonly iap?: string;
  readonly sshFrom?: string;
  readonly sshKey?: string;
  readonly region?: string;
  readonly bridges?: string;
  readonly min?: string;
  readonly max?: string;
}

const toNumber = (text: string): Plain => (/^\d{1,9}$/.test(text) ? Number(text) : text);

/** In the order in which they are asked. */
export const ANSWERS: readonly Answer[] = [
  {
    flag: "--project",
    option: "project",
    placeholder: "<id>",
    owner: "account",
    field: "gcp.project",
    what: "id of the Google Cloud project, which exists already",
  },
  {
    flag: "--state-bucket",
    option: "stateBucket",
    placeholder: "<bucket>",
    owner: "account",
    field: "state.bucket",
    what: "bucket for Terraform's state, which exists already",
  },
  {
    flag: "--email",
    option: "email",
    placeholder: "<address>",
    owner: "account",
    field: "operators.email",
    what: "mail address for alerts and Let's Encrypt",
  },
  {
    flag: "--ssh-from",
    option: "sshFrom",
    placeholder: "<network,...>",
    owner: "account",
    field: "operators.sshFrom",
    what: "networks of the people who deploy, separated by commas",
    list: true,
    cloud: "linode",
  },
  {
    flag: "--ssh-key",
    option: "sshKey",
    placeholder: "<key>",
    owner: "account",
    field: "operators.sshKeys",
    what: "public SSH key of an operator",
    read: (text) => ({ ops: text }),
    cloud: "linode",
  },
  {
    flag: "--iap",
    option: "iap",
    placeholder: "<member,...>",
    owner: "account",
    field: "operators.iap",
    what: "who may log in to Google machines, such as group:ops@acme.example",
    list: true,
    needed: () => false,
  },
  {
    flag: "--managed-zone",
    option: "managedZone",
    placeholder: "<id>",
    owner: "account",
    field: "dns.managedZone",
    what: "zone of Cloud DNS for host names",
    needed: ({ accountFields }) => accountFields.has("dns.domain"),
  },
  {
    flag: "--dns-domain",
    option: "dnsDomain",
    placeholder: "<domain>",
    owner: "account",
    field: "dns.domain",
    what: "domain of that zone",
    needed: ({ accountFields }) => accountFields.has("dns.managedZone"),
  },
  {
    flag: "--hostname",
    option: "hostname",
    placeholder: "<hostname>",
    owner: "customer",
    field: "hostname",
    what: "host name that people open",
    needed: ({ accountFields }) => !accountFields.has("dns.domain"),
  },
  {
    flag: "--region",
    option: "region",
    placeholder: "<region>",
    owner: "pool",
    field: "region",
    what: "region of the bridges",
  },
  {
    flag: "--zone",
    option: "zone",
    placeholder: "<zone>",
    owner: "customer",
    field: "server.zone",
    what: "zone of Google Cloud for the server, such as europe-west4-a",
  },
  {
    flag: "--bridges",
    option: "bridges",
    placeholder: "<number>",
    owner: "pool",
    field: "size",
    what: "number of bridges",
    read: toNumber,
    cloud: "linode",
  },
  {
    flag: "--min",
    option: "min",
    placeholder: "<number>",
    owner: "pool",
    field: "size.min",
    what: "bridges that always run",
    read: toNumber,
    cloud: "gcp",
  },
  {
    flag: "--max",
    option: "max",
    placeholder: "<number>",
    owner: "pool",
    field: "size.max",
    what: "bridges that may run at most",
    read: toNumber,
    cloud: "gcp",
  },
];

/** The text of a flag or an answer as a value of its field. `{account}` stands for the account's id. */
export function valueOf(answer: Answer, text: string, account: string): Plain {
  const filled = text.replaceAll("{account}", account).trim();
  if (answer.list)
    return filled
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  return answer.read ? answer.read(filled) : filled;
}
