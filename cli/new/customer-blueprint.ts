import { appendItem } from "../../config/append-item";
import { modelineFor } from "../../config/check-modeline";
import { accountStackId } from "../../model/names";
import { accountOf, accountQuestion, type Answers, type Blueprint, type Surroundings } from "./blueprint";
import { typedList, yamlText } from "./yaml-text";

const SERVER = "server";

/** What the new customer has when its own file says nothing. */
const settings = (answers: Answers, around: Surroundings, without: string) => {
  const loaded = around.load({ ...answers, [without]: undefined });
  return (loaded.ok ? loaded.fleet : loaded.readable).customers.find(({ id }) => id === answers["id"]);
};

/** `fleet new customer` */
export const customerBlueprint: Blueprint = {
  kind: "customer",
  questions: [
    {
      ...accountQuestion,
      problemOf: (answer, answers, around) =>
        accountQuestion.problemOf?.(answer, answers, around) ??
        (accountOf({ account: answer }, around)?.gcp
          ? undefined
          : `${answer} has no Google Cloud side, which servers need; add gcp to its account.yaml first`),
    },
    {
      name: "id",
      flag: "",
      help: "",
      text: "Id of the customer (its file; unique over all accounts)",
      fields: [""],
      standIn: "new-customer",
      fallback: () => undefined,
    },
    {
      name: "zone",
      flag: "--zone <zone>",
      help: "zone of the server (default: the first in the account's first region)",
      text: (answers, around) =>
        `Zone of the server (the account has ${Object.keys(accountOf(answers, around)?.gcp?.network.regions ?? {}).join(", ")})`,
      fields: ["server.zone", "server.cloud"],
      standIn: "europe-west4-a",
      fallback: (answers, around) => {
        const [region] = Object.keys(accountOf(answers, around)?.gcp?.network.regions ?? {});
        return region === undefined ? undefined : around.fleet.catalog.gcpRegions.get(region)?.zones[0];
      },
    },
    {
      name: "machineType",
      flag: "--machine-type <type>",
      help: "machine type of the server (default: what the layers say)",
      text: "Machine type of the server",
      fields: ["server.machineType"],
      standIn: "n2-standard-4",
      fallback: (answers, around) => settings(answers, around, "machineType")?.server.machineType,
    },
    {
      name: "hostname",
      flag: "--hostname <hostname>",
      help: "host name that people open (default <id>.<domain of the account>)",
      text: "Host name that people open",
      fields: ["hostname"],
      standIn: "new-customer.example",
      fallback: (answers, around) => {
        const domain = accountOf(answers, around)?.dns?.domain;
        return domain === undefined ? undefined : `${answers["id"]}.${domain}`;
      },
    },
    {
      name: "bridges",
      flag: "--bridges <pool,...>",
      help: `pools of the account that serve it, or ${SERVER}: one bridge on the server (default ${SERVER})`,
      text: (answers, around) =>
        `Bridges: pools of the account (${poolsOf(answers, around).join(", ") || "none yet"}), or ${SERVER} for one on the server`,
      fields: ["bridgeOnServer", "release"],
      standIn: SERVER,
      fallback: () => SERVER,
      problemOf: (answer, answers, around) => {
        const known = [SERVER, ...poolsOf(answers, around)];
        const named = [...servingPools({ ...answers, bridges: answer }), SERVER];
        const wrong = named.find((name) => !known.includes(name));
        return wrong === undefined && typedList(answer).length > 0
          ? undefined
          : `allowed: ${known.join(", ")}`;
      },
    },
  ],
  files: (answers, around) => {
    const { root, files } = around;
    const { id, account } = answers;
    const changed = new Map([[`${root}/${account}/customers/${id}.yaml`, customerText(answers, around)]]);
    for (const pool of servingPools(answers)) {
      const path = `${root}/${account}/pools/${pool}.yaml`;
      const edited = appendItem(Buffer.from(files.get(path) ?? []).toString("utf8"), ["serves"], id ?? "");
      if (edited === undefined)
        return `${path} cannot be changed by a program; add ${id} to its serves by hand`;
      changed.set(path, edited);
    }
    return changed;
  },
  next: (answers, around) => {
    const { id = "", account = "" } = answers;
    const pools = servingPools(answers);
    const isFirst = !around.fleet.customers.some((customer) => customer.account === account);
    return [
      ...(pools.length === 0
        ? [`npx fleet new pool <id> --account ${account} --serves ${id}     # when it outgrows its server`]
        : []),
      "npx fleet check && npm run synth",
      "Review synthesized/ and commit it together with accounts/.",
      ...(isFirst ? [firstDeploy(account, around)] : []),
      `npx fleet deploy ${id}${pools.length > 0 ? "     # with the pools that serve it, after it" : ""}`,
    ];
  },
};

/** The account goes first, and before certificates can come its zone is delegated. */
function firstDeploy(account: string, around: Surroundings): string {
  const dns = accountOf({ account }, around)?.dns;
  const delegate = dns?.createZone ? `     # delegate ${dns.domain} to the name servers that it prints` : "";
  return `npx fleet deploy ${accountStackId({ id: account })}${delegate}`;
}

/** `eu-burst` of `eu-burst, server` and of `acme/eu-burst`. */
const servingPools = ({ account, bridges }: Answers): readonly string[] =>
  typedList(bridges ?? "")
    .filter((name) => name !== SERVER)
    .map((name) => (name.startsWith(`${account}/`) ? name.slice(`${account}/`.length) : name));

const poolsOf = (answers: Answers, { fleet }: Surroundings): readonly string[] =>
  fleet.pools.filter(({ account }) => account === answers["account"]).map(({ id }) => id);

/** Only what differs from the layers and defaults. */
function customerText(answers: Answers, around: Surroundings): string {
  const { id, zone, machineType, hostname, bridges } = answers;
  const domain = accountOf(answers, around)?.dns?.domain;
  const lines = [modelineFor("customer")];
  if (hostname !== undefined && hostname !== `${id}.${domain}`) lines.push(`hostname: ${yamlText(hostname)}`);
  lines.push("server:", "  cloud: gcp", `  zone: ${yamlText(zone ?? "")}`);
  if (
    machineType !== undefined &&
    machineType !== settings(answers, around, "machineType")?.server.machineType
  )
    lines.push(`  machineType: ${yamlText(machineType)}`);
  if (typedList(bridges ?? "").includes(SERVER)) lines.push("bridgeOnServer: true");
  return `${lines.join("\n")}\n`;
}
