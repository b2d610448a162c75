import { GoogleError, invalid, notFound } from "./google-error";
import { parseFilter } from "./list-filter";
import { mergePolicy } from "./merge-policy";
import type { Autoscaler } from "../autoscaler";
import type { ComputeObjects } from "./compute-objects";
import type { GoogleAnswer, GoogleMethod, GoogleRequest } from "./google-request";
import type { InstanceGroup } from "../instance-group";
import type { Ledger } from "../ledger";
import type { Machine } from "../machine";
import type { PoolObjects } from "../pool-objects";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOST_PER_PAGE = 500;

export interface ComputeParts {
  readonly pool: PoolObjects;
  readonly group: InstanceGroup;
  readonly autoscaler: Autoscaler;
  readonly objects: ComputeObjects;
  readonly ledger: Ledger;
  /** Most elements of one page; the API may always answer with fewer than it is asked for. */
  readonly pageSize: number;
}

/** Compute Engine's API, as far as it is about the instance group of one pool. */
export function computeMethods(parts: ComputeParts): GoogleMethod[] {
  const { pool, group, autoscaler, objects, ledger } = parts;
  const inProject = `^/compute/v1/projects/${pool.project}`;
  const inRegion = `${inProject}/regions/${pool.region}`;
  const manager = `${inRegion}/instanceGroupManagers/(?<name>[^/]+)`;
  /** Operations by the id of the call that asked for them. */
  const operations = new Map<string, object>();
  let serial = 0;

  const ok = (body: object): GoogleAnswer => ({ status: 200, body });
  const theGroup = (name: string | undefined): InstanceGroup => {
    if (name !== group.object.name) throw notFound(objects.groupLink(name!));
    return group;
  };
  const theAutoscaler = (name: string | undefined | null): Autoscaler => {
    if (name !== autoscaler.name) throw notFound(`${objects.region}/autoscalers/${name}`);
    return autoscaler;
  };
  /** A call that is repeated under its id is done once. */
  const operate = (request: GoogleRequest, type: string, target: string, act: () => void): GoogleAnswer => {
    const id = request.query.get("requestId");
    if (id !== null && (!UUID.test(id) || /^[0-]+$/.test(id)))
      throw invalid(`Invalid value for field 'requestId': '${id}'. Must be a valid UUID that is not zero.`);
    const known = operations.get(`${type} ${id}`);
    if (id !== null && known) return ok(known);
    act();
    const operation = objects.operation(`operation-${(serial += 1)}`, type, target);
    if (id !== null) operations.set(`${type} ${id}`, operation);
    return ok(operation);
  };
  const refuseWhileAutoscaled = (what: string): void => {
    if (autoscaler.policy.mode !== "OFF") {
      throw new GoogleError(
        412,
        `${what} of autoscaled regional managed instance groups is not allowed. If you want to manually adjust ` +
          "target size remove the autoscaler or set autoscaling policy mode to OFF.",
        "conditionNotMet",
      );
    }
  };

  return [
    {
      method: "GET",
      path: new RegExp(`${manager}$`),
      answer(request, { name }) {
        request.require("compute.instanceGroupManagers.get", objects.groupLink(name!));
        return ok(objects.group(theGroup(name)));
      },
    },
    {
      method: "POST",
      path: new RegExp(`${manager}/listManagedInstances$`),
      answer(request, { name }) {
        request.require("compute.instanceGroupManagers.get", objects.groupLink(name!));
        const all = [...theGroup(name).machines.values()].map((machine) => objects.managedInstance(machine));
        if (group.object.listManagedInstancesResults === "PAGELESS") return ok({ managedInstances: all });
        const { page, nextPageToken } = paged(request, all, parts.pageSize);
        return ok({ managedInstances: page, ...(nextPageToken !== undefined && { nextPageToken }) });
      },
    },
    {
      method: "POST",
      path: new RegExp(`${manager}/deleteInstances$`),
      answer(request, { name }) {
        const link = objects.groupLink(name!);
        request.require("compute.instanceGroupManagers.update", link);
        theGroup(name);
        return operate(request, "compute.instanceGroupManagers.deleteInstances", link, () => {
          for (const machine of membersNamed(request, group, objects)) {
            const people = machine.jvb?.people.size ?? 0;
            ledger.act({ who: request.who, target: machine.name, what: "deleteInstances", people });
            group.delete([machine.name], { who: request.who, what: "deleteInstances" });
          }
        });
      },
    },
    {
      method: "POST",
      path: new RegExp(`${manager}/(?<action>resize|createInstances)$`),
      answer(request, { name, action }) {
        request.require("compute.instanceGroupManagers.update", objects.groupLink(name!));
        theGroup(name);
        ledger.act({ who: request.who, target: name!, what: action! });
        refuseWhileAutoscaled(action === "resize" ? "Resizing" : "Creating instances");
        throw invalid(`${action} is not played here`);
      },
    },
    {
      method: "GET",
      path: new RegExp(`${inRegion}/autoscalers/(?<name>[^/]+)$`),
      answer(request, { name }) {
        request.require("compute.autoscalers.get", `${objects.region}/autoscalers/${name!}`);
        return ok(objects.autoscaler(theAutoscaler(name), group));
      },
    },
    {
      method: "PATCH",
      path: new RegExp(`${inRegion}/autoscalers$`),
      answer(request) {
        const body = readJson(request);
        const name =
          request.query.get("autoscaler") ?? (typeof body["name"] === "string" ? body["name"] : null);
        const link = `${objects.region}/autoscalers/${name}`;
        request.require("compute.autoscalers.update", link);
        theAutoscaler(name);
        return operate(request, "patch", link, () => {
          autoscaler.policy = mergePolicy(autoscaler.policy, body["autoscalingPolicy"]);
          const { minNumReplicas } = autoscaler.policy;
          ledger.act({ who: request.who, target: name!, what: `minNumReplicas ${minNumReplicas}` });
        });
      },
    },
    {
      method: "GET",
      path: new RegExp(`${inProject}/aggregated/instances$`),
      answer(request) {
        request.require("compute.instances.list", objects.project);
        const matches = parseFilter(request.query.get("filter") ?? "");
        const instances = [...group.machines.values()]
          .map((machine) => ({ zone: machine.options.zone, instance: objects.instance(machine) }))
          .filter(({ instance }) => matches(instance as Record<string, unknown>));
        const { page, nextPageToken } = paged(request, instances, parts.pageSize);
        const items = pool.zones.map((zone) => {
          const here = page.filter((each) => each.zone === zone).map(({ instance }) => instance);
          const nothing = {
            warning: { code: "NO_RESULTS_ON_PAGE", message: "There are no results.", data: [] },
          };
          return [`zones/${zone}`, here.length > 0 ? { instances: here } : nothing];
        });
        return ok({
          kind: "compute#instanceAggregatedList",
          items: Object.fromEntries(items) as object,
          ...(nextPageToken !== undefined && { nextPageToken }),
        });
      },
    },
    {
      method: "GET",
      path: new RegExp(`${inProject}/zones/(?<zone>[^/]+)/instances/(?<name>[^/]+)$`),
      answer(request, { zone, name }) {
        const link = `${objects.project}/zones/${zone!}/instances/${name!}`;
        request.require("compute.instances.get", link);
        const machine = group.machines.get(name!);
        if (machine?.options.zone !== zone) throw notFound(link);
        return ok(objects.instance(machine!));
      },
    },
    {
      method: "GET",
      path: new RegExp(`${inRegion}/instanceTemplates/(?<name>[^/]+)$`),
      answer(request, { name }) {
        request.require("compute.instanceTemplates.get", objects.templateLink(name!));
        const template = group.templates.get(name!);
        if (!template) throw notFound(objects.templateLink(name!));
        return ok(objects.template(template));
      },
    },
  ];
}

export function readJson({ body }: GoogleRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new GoogleError(400, "Parse Error", "parseError");
}

function membersNamed(request: GoogleRequest, group: InstanceGroup, objects: ComputeObjects): Machine[] {
  const { instances, skipInstancesOnValidationError } = readJson(request);
  if (!Array.isArray(instances) || instances.length === 0)
    throw new GoogleError(400, "Required field 'instances' not specified", "required");
  const members = instances.map((link: unknown, index) => {
    const name = /(?:^|\/)zones\/[^/]+\/instances\/([^/]+)$/.exec(String(link))?.[1];
    const where = `'resource.instances[${index}]': '${String(link)}'`;
    if (name === undefined) throw invalid(`Invalid value for field ${where}. The URL is malformed.`);
    const machine = group.machines.get(name);
    const isMember =
      machine && objects.instanceLink(machine).endsWith(String(link).replace(/^.*(?=zones\/)/, ""));
    if (isMember && machine.action !== "DELETING") return machine;
    if (skipInstancesOnValidationError === true) return undefined;
    throw invalid(
      `Invalid value for field ${where}. ` +
        (isMember
          ? "The instance is already being deleted."
          : `The instance is not a member of ${objects.groupLink(group.object.name)}.`),
    );
  });
  return members.filter((machine): machine is Machine => machine !== undefined);
}

function paged<T>(
  { query }: GoogleRequest,
  all: readonly T[],
  pageSize: number,
): { readonly page: readonly T[]; readonly nextPageToken: string | undefined } {
  const asked = Number(query.get("maxResults") ?? MOST_PER_PAGE);
  if (!(asked >= 0 && asked <= MOST_PER_PAGE))
    throw invalid(`Invalid value for field 'maxResults': '${asked}'. Must be 0 to ${MOST_PER_PAGE}.`);
  const token = query.get("pageToken") ?? "";
  const from = token === "" ? 0 : Number(/^page-(\d+)$/.exec(token)?.[1]);
  if (Number.isNaN(from)) throw invalid(`Invalid value for field 'pageToken': '${token}'.`);
  const to = from + Math.min(asked === 0 ? MOST_PER_PAGE : asked, pageSize);
  return { page: all.slice(from, to), nextPageToken: to < all.length ? `page-${to}` : undefined };
}
