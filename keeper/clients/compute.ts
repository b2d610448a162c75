import { randomUUID } from "node:crypto";
import type { KeeperPool } from "../../model/keeper-file";
import { type Google, isObject, type JsonObject } from "./google";
import { RequestProblem } from "./request";
import type { Patience } from "./with-retries";

/** The group and its autoscaler, as Compute Engine tells them. */
export interface ComputeGroup {
  readonly target: number;
  readonly recommended: number | undefined;
  readonly min: number;
  readonly max: number;
  /** Link of the template. */
  readonly template: string;
  /** True when the autoscaler may remove machines, which it must never do. */
  readonly removes: boolean;
}

export interface ManagedInstance {
  readonly name: string;
  /** As Compute Engine writes it; what `deleteInstances` takes. */
  readonly link: string;
  /** Link of the template that it was made from. */
  readonly template: string;
  readonly currentAction: string;
  /** Undefined before the machine exists. */
  readonly status: string | undefined;
}

export interface ComputeInstance {
  readonly name: string;
  /** Address inside the network; undefined while it has none. */
  readonly address: string | undefined;
  /** Unix time in seconds. */
  readonly createdAt: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Last part of a link: the name of what it leads to. Links of templates may end with `?uniqueId=…`. */
export const nameIn = (link: string): string => link.slice(link.lastIndexOf("/") + 1).replace(/\?.*/, "");

/** What the keeper asks of Compute Engine (REST v1) for one pool. `model/keeper-permissions.ts` lists what it needs for that. */
export class Compute {
  private readonly regional: string;
  private readonly group: string;
  private readonly releases = new Map<string, string | undefined>();

  /** @param endpoint Compute Engine, without a path */
  constructor(
    private readonly google: Google,
    private readonly endpoint: string,
    private readonly pool: Pick<KeeperPool, "project" | "region" | "group">,
  ) {
    this.regional = `${endpoint}/compute/v1/projects/${pool.project}/regions/${pool.region}`;
    this.group = `${this.regional}/instanceGroupManagers/${pool.group}`;
  }

  /** @throws RequestProblem */
  async describeGroup(patience: Patience): Promise<ComputeGroup> {
    const [{ json: group }, { json: autoscaler }] = await Promise.all([
      this.google.json({ url: this.group }, patience),
      this.google.json({ url: `${this.regional}/autoscalers/${this.pool.group}` }, patience),
    ]);
    const policy = autoscaler["autoscalingPolicy"];
    if (!isObject(policy)) throw new RequestProblem("the autoscaler has no policy");
    // One that is in trouble still has the number that it computed last.
    const isWell = autoscaler["status"] !== "ERROR";
    return {
      target: count(group, "targetSize"),
      recommended:
        isWell && autoscaler["recommendedSize"] !== undefined
          ? count(autoscaler, "recommendedSize")
          : undefined,
      min: count(policy, "minNumReplicas"),
      max: count(policy, "maxNumReplicas"),
      template: templateOf(group),
      removes: policy["mode"] === "ON" || policy["mode"] === undefined,
    };
  }

  /** @throws RequestProblem */
  async listManagedInstances(patience: Patience): Promise<ManagedInstance[]> {
    const found: ManagedInstance[] = [];
    for (let page = ""; ;) {
      const query = page === "" ? "" : `&pageToken=${encodeURIComponent(page)}`;
      const request = {
        method: "POST" as const,
        url: `${this.group}/listManagedInstances?maxResults=500${query}`,
      };
      const { json } = await this.google.json(request, patience);
      found.push(...list(json, "managedInstances").map(managedInstance));
      if (typeof json["nextPageToken"] !== "string" || json["nextPageToken"] === "") return found;
      page = json["nextPageToken"];
    }
  }

  /**
   * Machines with a label, in all zones that answer: in an outage of one, the others are told all the same.
   * @throws RequestProblem
   */
  async listInstances(
    label: { readonly key: string; readonly value: string },
    patience: Patience,
  ): Promise<{ readonly instances: ComputeInstance[]; readonly date: number | undefined }> {
    const found: ComputeInstance[] = [];
    for (let page = ""; ;) {
      const query = new URLSearchParams({
        filter: `labels.${label.key}=${label.value}`,
        maxResults: "500",
        returnPartialSuccess: "true",
      });
      if (page !== "") query.set("pageToken", page);
      const url = `${this.endpoint}/compute/v1/projects/${this.pool.project}/aggregated/instances?${query.toString()}`;
      const { json, answer } = await this.google.json({ url }, patience);
      const { items } = json;
      for (const zone of isObject(items) ? Object.values(items) : []) {
        if (isObject(zone)) found.push(...list(zone, "instances").map(instance));
      }
      if (typeof json["nextPageToken"] !== "string" || json["nextPageToken"] === "") {
        const date = Date.parse(answer.headers.get("date") ?? "") / 1000;
        return { instances: found, date: Number.isFinite(date) ? date : undefined };
      }
      page = json["nextPageToken"];
    }
  }

  /**
   * Label `fleet-release` of a template, remembered for ever: templates never change. Undefined when it has none.
   * @throws RequestProblem
   */
  async releaseOf(template: string, patience: Patience): Promise<string | undefined> {
    if (this.releases.has(template)) return this.releases.get(template);
    const [, path] = /(?:^|\/)(projects\/[^?#]*)$/.exec(template) ?? [];
    if (path === undefined) throw new RequestProblem("the group's template is no link");
    const { json } = await this.google.json({ url: `${this.endpoint}/compute/v1/${path}` }, patience);
    const { properties } = json;
    if (!isObject(properties)) throw new RequestProblem("an instance template without properties");
    const release = isObject(properties["labels"]) ? properties["labels"]["fleet-release"] : undefined;
    this.releases.set(template, typeof release === "string" ? release : undefined);
    return this.releases.get(template);
  }

  /**
   * Takes one machine out of the group and deletes it; the target gets smaller by one.
   * @throws RequestProblem
   */
  async deleteInstance(link: string, patience: Patience): Promise<void> {
    const url = `${this.group}/deleteInstances?requestId=${randomUUID()}`;
    // Not skipInstancesOnValidationError: a machine that is being deleted already must not count twice.
    await this.operate("POST", url, { instances: [link] }, patience);
  }

  /**
   * Sets the least number of machines that the autoscaler keeps up, and nothing else of it.
   * @throws RequestProblem
   */
  async setMinimum(min: number, patience: Patience): Promise<void> {
    const url = `${this.regional}/autoscalers?autoscaler=${this.pool.group}&requestId=${randomUUID()}`;
    await this.operate("PATCH", url, { autoscalingPolicy: { minNumReplicas: min } }, patience);
  }

  private async operate(
    method: "POST" | "PATCH",
    url: string,
    body: object,
    patience: Patience,
  ): Promise<void> {
    const headers = { "Content-Type": "application/json" };
    const { json } = await this.google.json({ method, url, headers, body: JSON.stringify(body) }, patience);
    if (!isObject(json["error"])) return;
    const [first] = list(json["error"], "errors");
    const message =
      typeof first?.["message"] === "string" ? first["message"].slice(0, 300) : "without a reason";
    throw new RequestProblem(`Compute Engine refuses: ${message}`);
  }
}

function templateOf(group: JsonObject): string {
  const versions = list(group, "versions");
  const template = versions.length > 0 ? versions[0]!["instanceTemplate"] : group["instanceTemplate"];
  if (versions.length > 1) throw new RequestProblem("the group has more than one template");
  if (typeof template !== "string" || template === "") throw new RequestProblem("the group has no template");
  return template;
}

function managedInstance(json: JsonObject): ManagedInstance {
  const { instance: link, currentAction, instanceStatus, version } = json;
  const template = isObject(version) ? version["instanceTemplate"] : undefined;
  if (typeof link !== "string" || nameIn(link) === "" || typeof currentAction !== "string")
    throw new RequestProblem("a managed instance without a name or a current action");
  return {
    name: nameIn(link),
    link,
    template: typeof template === "string" ? template : "",
    currentAction,
    status: typeof instanceStatus === "string" ? instanceStatus : undefined,
  };
}

function instance(json: JsonObject): ComputeInstance {
  const { name, creationTimestamp, labels } = json;
  const createdAt = typeof creationTimestamp === "string" ? Date.parse(creationTimestamp) / 1000 : NaN;
  if (typeof name !== "string" || !Number.isFinite(createdAt))
    throw new RequestProblem("an instance without a name or a time of creation");
  const address = list(json, "networkInterfaces")[0]?.["networkIP"];
  return {
    name,
    address: typeof address === "string" && address !== "" ? address : undefined,
    createdAt,
    labels: isObject(labels)
      ? Object.fromEntries(
          Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
        )
      : {},
  };
}

function count(json: JsonObject, field: string): number {
  const value = json[field];
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new RequestProblem(`Compute Engine does not say ${field}`);
}

/** A list of objects; Google leaves empty ones out. */
function list(json: JsonObject, field: string): JsonObject[] {
  const value = json[field];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new RequestProblem(`${field} is no list`);
  return value.map((each: unknown) => (isObject(each) ? each : {}));
}
