import { modelineFor } from "../../config/check-modeline";
import { participantsAtFullStress } from "../../model/capacity";
import { type Cloud, type Continent, regionOfZone } from "../../model/catalog";
import type { Pool } from "../../model/fleet";
import { accountStackId, bridgesStackId, customerStackId } from "../../model/names";
import { bridgeMachine } from "../../model/rules/bridge-machine";
import { LIMIT } from "../deploy/deploy-flags";
import { accountOf, accountQuestion, type Answers, type Blueprint, type Surroundings } from "./blueprint";
import { typedList, yamlList, yamlText } from "./yaml-text";

/** For Linode, which has no target: what the keeper of a Google pool aims at. */
const LINODE_STRESS = 0.5;
const LARGEST = { gcp: 1000, linode: 100 } as const;

const draft = (answers: Answers, around: Surroundings, without: readonly string[] = []): Pool | undefined => {
  const known = Object.fromEntries(Object.entries(answers).filter(([name]) => !without.includes(name)));
  const loaded = around.load(known);
  const { pools } = loaded.ok ? loaded.fleet : loaded.readable;
  return pools.find(({ account, id }) => account === answers["account"] && id === answers["id"]);
};
const defaultType = (answers: Answers, around: Surroundings): string | undefined => {
  const pool = draft(answers, around, ["type"]);
  return pool && bridgeMachine(pool, around.fleet.catalog).type;
};
const isWhole = (answer: string): string | undefined =>
  /^[1-9][0-9]{0,6}$/.test(answer) ? undefined : "allowed: a whole number from 1 on";

/** `fleet new pool` */
export const poolBlueprint: Blueprint = {
  kind: "pool",
  questions: [
    accountQuestion,
    {
      name: "id",
      flag: "",
      help: "",
      text: "Id of the pool (its file; such as eu-burst)",
      fields: [""],
      standIn: "new-pool",
      fallback: () => undefined,
    },
    {
      name: "cloud",
      flag: "--cloud <cloud>",
      help: "gcp: grows with load; linode: a fixed number (default: gcp where the account has it)",
      text: "Cloud (gcp: grows with load; linode: a fixed number)",
      fields: ["cloud"],
      standIn: "gcp",
      fallback: (answers, around) => (accountOf(answers, around)?.gcp ? "gcp" : "linode"),
      problemOf: (answer) => (["gcp", "linode"].includes(answer) ? undefined : "allowed: gcp, linode"),
    },
    {
      name: "serves",
      flag: "--serves <customer,...>",
      help: "customers whose calls it carries, the home first (default: those of the account)",
      text: "Customers that it serves, the home first",
      fields: ["serves"],
      standIn: "",
      fallback: (answers, { fleet }) => {
        const own = fleet.customers.filter(({ account }) => account === answers["account"]);
        return own.map(({ id }) => id).join(",") || undefined;
      },
      problemOf: (answer) => (typedList(answer).length > 0 ? undefined : "allowed: at least one customer"),
    },
    {
      name: "region",
      flag: "--region <region>",
      help: "region of the bridges (default: one of the account without a pool, or near the home)",
      text: "Region of the bridges",
      fields: ["region"],
      standIn: "europe-west4",
      fallback: nearRegion,
    },
    {
      name: "type",
      flag: "--machine-type <type>",
      help: "machine type of a bridge (default: what the layers say)",
      text: "Machine type of a bridge",
      fields: ["machineType", "type"],
      standIn: "",
      fallback: defaultType,
    },
    {
      name: "participants",
      flag: "--participants <number>",
      help: "most participants at the same time, which the size is reckoned from (default 100)",
      text: (answers, around) =>
        `Most participants at the same time (a bridge takes about ${perBridge(answers, around)}: a first guess)`,
      fields: [],
      standIn: "100",
      fallback: () => "100",
      problemOf: isWhole,
    },
    {
      name: "min",
      flag: "--min <number>",
      help: "bridges of a Google pool that always run (default 1)",
      text: "Bridges that always run",
      fields: ["size.min"],
      standIn: "1",
      isAsked: ({ cloud }) => cloud === "gcp",
      fallback: () => "1",
      problemOf: isWhole,
    },
    {
      name: "max",
      flag: "--size <number>",
      help: "bridges at most (Google Cloud), or the fixed number (Linode)",
      text: ({ cloud }) =>
        cloud === "gcp" ? "Bridges at most: the ceiling of the bill" : "Number of bridges",
      fields: ["size"],
      standIn: "10",
      fallback: (answers, around) => {
        const { cloud, participants, min = "1" } = answers;
        const needed = Math.ceil(Number(participants) / perBridge(answers, around));
        const spare = cloud === "gcp" ? 1 : 0; // A renewed bridge is there beside the one that it replaces.
        return String(Math.min(LARGEST[cloud as Cloud], Math.max(needed + spare, Number(min))));
      },
      problemOf: isWhole,
    },
  ],
  files: (answers, around) =>
    new Map([
      [`${around.root}/${answers["account"]}/pools/${answers["id"]}.yaml`, poolText(answers, around)],
    ]),
  next: ({ account = "", id = "", cloud, serves = "" }, { fleet }) => {
    const customers = typedList(serves).map((customer) => customerStackId({ id: customer }));
    const isFirst = !fleet.pools.some((pool) => pool.account === account && pool.cloud === "gcp");
    const stacks = [
      // It publishes the program of the keeper.
      ...(cloud === "gcp" && isFirst ? [accountStackId({ id: account })] : []),
      ...customers,
      bridgesStackId({ account, id }),
    ];
    const limit = stacks.length > LIMIT ? ` --limit ${stacks.length}` : "";
    const who = customers.length === 1 ? "the customer draws" : "customers draw";
    return [
      "npx fleet check && npm run synth",
      "Review synthesized/ and commit it together with accounts/.",
      `npx fleet deploy ${stacks.join(" ")}${limit}     # in this order: ${who} a password for the pool`,
    ];
  },
};

/** Participants that one bridge carries at its target. */
function perBridge(answers: Answers, around: Surroundings): number {
  const pool = draft(answers, around, ["participants", "min", "max"]);
  const vcpus = pool && bridgeMachine(pool, around.fleet.catalog).size?.vcpus;
  if (!pool || vcpus === undefined) return 100 * LINODE_STRESS;
  const { load } = pool.bridge;
  const stress = pool.cloud === "gcp" ? pool.scaling.targetStress : LINODE_STRESS;
  return Math.max(1, Math.floor(participantsAtFullStress(vcpus, load) * stress));
}

/** Google: a region of the account, without a pool if there is one. Linode: one of the home's continent. */
function nearRegion(answers: Answers, around: Surroundings): string | undefined {
  const { fleet } = around;
  const { catalog } = fleet;
  const taken = new Set(fleet.pools.map(({ cloud, region }) => `${cloud} ${region}`));
  if (answers["cloud"] === "gcp") {
    const regions = Object.keys(accountOf(answers, around)?.gcp?.network.regions ?? {});
    const pools = new Set(
      fleet.pools.filter((pool) => pool.account === answers["account"]).map(({ region }) => region),
    );
    return regions.find((region) => !pools.has(region)) ?? regions[0];
  }
  const [home] = typedList(answers["serves"] ?? "");
  const zone = fleet.customers.find(({ id }) => id === home)?.server.zone;
  const continent: Continent | undefined =
    zone === undefined ? undefined : catalog.gcpRegions.get(regionOfZone(zone))?.continent;
  const near = [...catalog.linodeRegions].filter(
    ([, region]) => region.continent === continent && region.placementGroupLimit > 0,
  );
  return (near.find(([name]) => taken.has(`linode ${name}`)) ?? near[0])?.[0];
}

/** Only what differs from the layers and defaults. */
function poolText(answers: Answers, around: Surroundings): string {
  const { cloud, region, serves, type, min, max } = answers;
  const lines = [
    modelineFor("pool"),
    `cloud: ${cloud}`,
    `region: ${yamlText(region ?? "")}`,
    `serves: ${yamlList(typedList(serves ?? ""))}`,
  ];
  if (type !== undefined && type !== "" && type !== defaultType(answers, around))
    lines.push(`${cloud === "gcp" ? "machineType" : "type"}: ${yamlText(type)}`);
  lines.push(cloud === "gcp" ? `size: { min: ${min ?? 1}, max: ${max ?? 10} }` : `size: ${max ?? 10}`);
  return `${lines.join("\n")}\n`;
}
