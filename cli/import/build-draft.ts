import { suggestId } from "../../config/suggest-id";
import type { Catalog } from "../../model/catalog";
import { type Answer, type AnswerOptions, ANSWERS, valueOf } from "./answers";
import { applyRules, saysSize } from "./apply-rules";
import { problemOfAnswer } from "./check-value";
import type { Draft, Entry, PoolDraft } from "./draft";
import type { Rule } from "./rule";
import type { AccountSource, Scope } from "./variable";

const DEFAULT_POOL = "jvb";

/** An answer that no variable and no flag gives. */
export interface Missing {
  readonly draft: Draft;
  readonly answer: Answer;
  /** The pools that lack it; empty for a field of the account or the customer. */
  readonly pools: readonly PoolDraft[];
}

export interface Built {
  readonly draft: Draft;
  readonly entries: readonly Entry[];
}

export interface BuildOptions {
  readonly cloud: "gcp" | "linode";
  readonly customer: string;
  readonly answers: AnswerOptions;
  readonly rules: readonly Rule[];
  readonly catalog: Catalog;
}

/** An account as the flags and the variables say it; flags win. */
export function buildDraft({ account, scopes }: AccountSource, options: BuildOptions): Built {
  const { cloud, answers, rules, catalog } = options;
  const sized = scopes.filter((scope) => saysSize(scope, rules) || cloud === "linode");
  // Nothing says how many bridges run: then all of it is one pool, and the number is asked for.
  const poolScopes: readonly Scope[] =
    sized.length > 0 ? sized : [{ folder: "", variables: scopes.flatMap(({ variables }) => variables) }];
  const others = sized.length > 0 ? scopes.filter((scope) => !sized.includes(scope)) : [];
  const draft: Draft = {
    account,
    cloud,
    customer: options.customer,
    accountFields: new Map(),
    customerFields: new Map(),
    pools: [],
  };
  for (const { folder } of poolScopes)
    draft.pools.push({ id: poolId(folder, account, draft.pools), folder, fields: new Map() });
  for (const answer of ANSWERS.filter((each) => each.cloud === undefined || each.cloud === cloud)) {
    const text = answers[answer.option];
    if (text !== undefined) fill(draft, answer, text, draft.pools, answer.flag);
  }
  const entries = [
    ...poolScopes.flatMap((scope, index) => applyRules(draft, draft.pools[index], scope, rules, catalog)),
    ...others.flatMap((scope) => applyRules(draft, undefined, scope, rules, catalog)),
  ];
  infer(draft, catalog);
  return { draft, entries: withoutRepetition(entries) };
}

/** Puts an answer where it belongs. */
export function fill(
  draft: Draft,
  answer: Answer,
  text: string,
  pools: readonly PoolDraft[],
  from: string,
): void {
  const said = { value: valueOf(answer, text, draft.account), from };
  if (answer.owner === "account") draft.accountFields.set(answer.field, said);
  else if (answer.owner === "customer") draft.customerFields.set(answer.field, said);
  else for (const { fields } of pools) fields.set(answer.field, said);
}

/** What is wrong with the text of a flag or an answer. */
export const faultOf = (draft: Draft, answer: Answer, text: string, catalog: Catalog): string | undefined =>
  problemOfAnswer(answer, draft.cloud, valueOf(answer, text, draft.account), catalog);

/** All that has to be asked for. */
export function missingOf(draft: Draft): Missing[] {
  const { cloud, accountFields, customerFields } = draft;
  return ANSWERS.flatMap((answer): Missing[] => {
    if (answer.cloud !== undefined && answer.cloud !== cloud) return [];
    const needed = answer.needed ?? (() => true);
    if (answer.owner === "pool") {
      const pools = draft.pools.filter((pool) => !pool.fields.has(answer.field) && needed(draft, pool));
      return pools.length === 0 ? [] : [{ draft, answer, pools }];
    }
    const has = (answer.owner === "account" ? accountFields : customerFields).has(answer.field);
    return has || !needed(draft, undefined) ? [] : [{ draft, answer, pools: [] }];
  });
}

/** `europe-west4-jvb` of `live/acme/europe-west4/jvb`, different from those before. */
function poolId(folder: string, account: string, before: readonly PoolDraft[]): string {
  const parts = folder.split("/");
  const own = parts.findIndex((part) => suggestId(part) === account);
  const id = suggestId(parts.slice(own + 1).join("-")) ?? DEFAULT_POOL;
  const base = id.length < 2 || id === account ? DEFAULT_POOL : id;
  let unique = base;
  for (let number = 2; before.some((pool) => pool.id === unique); number++)
    unique = `${base.slice(0, 20)}-${number}`;
  return unique;
}

/** What folders and the catalogue say where no variable does. */
function infer(draft: Draft, catalog: Catalog): void {
  if (draft.cloud !== "gcp") return;
  for (const { fields, folder } of draft.pools) {
    const region = folder.split("/").find((part) => catalog.gcpRegions.has(part));
    if (!fields.has("region") && region !== undefined)
      fields.set("region", { value: region, from: `the name of folder ${folder}` });
  }
  const region = String(draft.pools[0]?.fields.get("region")?.value ?? "");
  const zone = catalog.gcpRegions.get(region)?.zones[0];
  if (zone !== undefined && !draft.customerFields.has("server.zone"))
    draft.customerFields.set("server.zone", { value: zone, from: `the first zone of ${region}` });
}

/** Two folders inherit the same line: it is told once, and what was taken in one was not dropped in the other. */
function withoutRepetition(entries: readonly Entry[]): Entry[] {
  const used = new Set(
    entries
      .filter(({ kind }) => kind === "taken" || kind === "changed")
      .map(({ at, variable }) => `${at} ${variable}`),
  );
  const different = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.kind === "dropped" && used.has(`${entry.at} ${entry.variable}`)) continue;
    different.set(JSON.stringify([entry.kind, entry.at, entry.variable, entry.to]), entry);
  }
  return [...different.values()];
}
