import { randomUUID } from "node:crypto";
import { steady } from "../../../../sandbox/stage/demand";
import { Stage } from "../../../../sandbox/stage/stage";
import { GoogleCaller } from "../../../builders/google-caller";
import { aStagedPool } from "../../../builders/staged-pool";
import type { PoolObjects } from "../../../../sandbox/stage/pool-objects";

const REGION = "/compute/v1/projects/acme-meet-prod/regions/europe-west4";
const GROUP = `${REGION}/instanceGroupManagers/acme-eu-burst`;
const INSTANCES = "/compute/v1/projects/acme-meet-prod/aggregated/instances";

const stages: Stage[] = [];
afterEach(() => stages.splice(0).forEach((stage) => stage.close()));

/** A pool of four machines whose clock hardly moves: nothing happens but what a test does. */
async function staged(overrides: Partial<PoolObjects> = {}, pageSize?: number) {
  const pool = aStagedPool({ minNumReplicas: 4 }, overrides);
  const stage = new Stage({
    pool,
    bucket: "acme",
    demand: steady(0),
    speed: 1,
    ...(pageSize !== undefined && { pageSize }),
  });
  stages.push(stage);
  const google = await GoogleCaller.at(await stage.open("keeper"));
  const linkOf = (index: number): string => {
    const machine = stage.machines[index]!;
    return `projects/acme-meet-prod/zones/${machine.options.zone}/instances/${machine.name}`;
  };
  const remove = (instances: readonly string[], query = "", more: object = {}) =>
    google.call("POST", `${GROUP}/deleteInstances${query}`, { instances, ...more });
  return { stage, google, linkOf, remove };
}

const messageOf = (json: unknown): string => (json as { error: { message: string } }).error.message;

describe("Compute Engine on the stage", () => {
  it("shows the group, its machines and their template as Google does", async () => {
    const permissions = [...aStagedPool().permissions, "compute.instances.get"];
    const { stage, google } = await staged({ permissions });
    const { json: group } = await google.call("GET", GROUP);
    expect(group).toMatchObject({
      targetSize: 4,
      currentActions: { creating: 4, none: 0 },
      versions: [
        {
          instanceTemplate: expect.stringMatching(
            /regions\/europe-west4\/instanceTemplates\/acme-eu-burst-579489a7$/,
          ),
        },
      ],
    });
    const { json: listed } = await google.call("POST", `${GROUP}/listManagedInstances?maxResults=1`);
    const { managedInstances } = listed as { managedInstances: { instance: string }[] };
    expect(managedInstances).toHaveLength(4); // the group is pageless, as groups are
    expect(managedInstances[0]).toMatchObject({ currentAction: "CREATING", instanceStatus: "PROVISIONING" });

    const link = new URL(managedInstances[0]!.instance).pathname;
    const { json: instance } = await google.call("GET", link);
    expect(instance).toMatchObject({
      name: stage.machines[0]!.name,
      labels: { "fleet-pool": "eu-burst", "fleet-release": "stable-11146-2" },
      networkInterfaces: [{ networkIP: "127.21.0.1" }],
    });
    const { json: template } = await google.call("GET", `${REGION}/instanceTemplates/acme-eu-burst-579489a7`);
    expect(template).toMatchObject({ properties: { labels: { "fleet-release": "stable-11146-2" } } });
  });

  it("lists in pages where the group is set so", async () => {
    const group = { ...aStagedPool().group, listManagedInstancesResults: "PAGINATED" as const };
    const { google } = await staged({ group }, 3);
    const list = `${GROUP}/listManagedInstances`;
    const { json: first } = await google.call("POST", list);
    const { managedInstances, nextPageToken } = first as {
      managedInstances: object[];
      nextPageToken: string;
    };
    expect(managedInstances).toHaveLength(3);
    const { json: second } = await google.call("POST", `${list}?pageToken=${nextPageToken}`);
    expect((second as { managedInstances: object[] }).managedInstances).toHaveLength(1);
    expect(second).not.toHaveProperty("nextPageToken");
    expect((await google.call("POST", `${list}?pageToken=nonsense`)).status).toBe(400);
  });

  it("lists the instances of all zones by a filter, in pages", async () => {
    const { google } = await staged({}, 3);
    const list = async (
      filter: string,
      token = "",
    ): Promise<{ count: number; token: string | undefined }> => {
      const query = new URLSearchParams({ filter, ...(token && { pageToken: token }) });
      const { json } = await google.call("GET", `${INSTANCES}?${query}`);
      const { items, nextPageToken } = json as {
        items: Record<string, { instances?: object[] }>;
        nextPageToken?: string;
      };
      const zones = Object.values(items);
      return { count: zones.flatMap(({ instances = [] }) => instances).length, token: nextPageToken };
    };
    const first = await list("labels.fleet-pool=eu-burst");
    expect(first).toEqual({ count: 3, token: "page-3" });
    expect(await list("labels.fleet-pool=eu-burst", first.token)).toEqual({ count: 1, token: undefined });
    expect(await list("labels.fleet-pool=us-burst")).toEqual({ count: 0, token: undefined });
  });

  it("deletes a machine of the group: it goes through DELETING, and the target is lower at once", async () => {
    const { stage, google, linkOf, remove } = await staged();
    const { status, json } = await remove([linkOf(0)]);
    expect(status).toBe(200);
    expect(json).toMatchObject({ kind: "compute#operation", status: "DONE" });
    expect((await google.call("GET", GROUP)).json).toMatchObject({
      targetSize: 3,
      currentActions: { deleting: 1 },
    });
    expect(stage.machines).toHaveLength(3);
    expect(stage.ledger.actsOf("deleteInstances", "keeper")).toHaveLength(1);
  });

  it("does a call with the same requestId once", async () => {
    const { stage, linkOf, remove } = await staged();
    const [link, id] = [linkOf(0), randomUUID()];
    const first = await remove([link], `?requestId=${id}`);
    const again = await remove([link], `?requestId=${id}`);
    expect(again.json).toEqual(first.json);
    expect(stage.group.target).toBe(3);
    expect((await remove([link], "?requestId=7")).status).toBe(400);
  });

  it.each([
    ["a machine of another group", "zones/europe-west4-a/instances/abc-server", /is not a member of/],
    ["a link that is none", "abc-server", /URL is malformed/],
  ])("refuses to delete %s, and deletes none of the others then", async (_, link, message) => {
    const { stage, linkOf, remove } = await staged();
    const { status, json } = await remove([linkOf(0), link]);
    expect([status, messageOf(json)]).toEqual([400, expect.stringMatching(message)]);
    expect(stage.group.target).toBe(4);
  });

  it("refuses a machine that is being deleted, unless it is told to skip such", async () => {
    const { stage, linkOf, remove } = await staged();
    const link = linkOf(0);
    await remove([link]);
    expect(messageOf((await remove([link])).json)).toMatch(/already being deleted/);
    expect((await remove([link], "", { skipInstancesOnValidationError: true })).status).toBe(200);
    expect(stage.group.target).toBe(3);
  });

  it.each(["resize?size=1", "createInstances"])("refuses %s while an autoscaler is on", async (call) => {
    const { stage, google } = await staged();
    const { status, json } = await google.call("POST", `${GROUP}/${call}`, {});
    expect(status).toBe(412);
    expect(messageOf(json)).toMatch(/of autoscaled regional managed instance groups is not allowed/);
    expect(stage.group.target).toBe(4);
  });

  it("patches the autoscaler: what is named changes, the rest stays", async () => {
    const { stage, google } = await staged();
    const patch = (autoscalingPolicy: object) =>
      google.call("PATCH", `${REGION}/autoscalers?autoscaler=acme-eu-burst`, { autoscalingPolicy });
    expect((await patch({ minNumReplicas: 5 })).status).toBe(200);
    const { json } = await google.call("GET", `${REGION}/autoscalers/acme-eu-burst`);
    expect(json).toMatchObject({
      autoscalingPolicy: {
        minNumReplicas: 5,
        maxNumReplicas: 8,
        mode: "ONLY_SCALE_OUT",
        coolDownPeriodSec: 150,
      },
    });
    expect(json).not.toHaveProperty("recommendedSize"); // nothing is measured yet
    expect(messageOf((await patch({ minNumReplicas: 9 })).json)).toMatch(
      /must not be above maxNumReplicas, 8/,
    );
    expect((await patch({ minNumReplicas: 1.5 })).status).toBe(400);
    expect((await patch({ minReplicas: 5 })).status).toBe(400);
    expect((await patch({ mode: "SOMETIMES" })).status).toBe(400);
    expect(stage.autoscaler.policy.minNumReplicas).toBe(5);
  });

  it("refuses who brings no token, an old one, or another's", async () => {
    const { stage, google } = await staged();
    expect((await fetch(google.url + GROUP)).status).toBe(401);
    const other = await stage.open("other");
    const token = await GoogleCaller.at(other);
    expect((await token.call("GET", GROUP)).status).toBe(200);
    stage.google.revokeTokens();
    expect((await google.call("GET", GROUP)).status).toBe(401);
    expect(
      (await fetch(`${google.url}/computeMetadata/v1/instance/service-accounts/default/token`)).status,
    ).toBe(403);
  });

  it.each([
    ["compute.instanceGroupManagers.update", "POST", `${GROUP}/deleteInstances`],
    ["compute.instanceGroupManagers.get", "GET", GROUP],
    ["compute.autoscalers.update", "PATCH", `${REGION}/autoscalers?autoscaler=acme-eu-burst`],
    ["compute.instances.list", "GET", INSTANCES],
    ["compute.instanceTemplates.get", "GET", `${REGION}/instanceTemplates/acme-eu-burst-579489a7`],
  ])("refuses what needs %s from a role without it", async (permission, method, path) => {
    const permissions = aStagedPool().permissions.filter((each) => each !== permission);
    const { google } = await staged({ permissions });
    const { status, json } = await google.call(method, path, method === "GET" ? undefined : {});
    expect([status, messageOf(json)]).toEqual([403, expect.stringContaining(`Required '${permission}'`)]);
  });

  it("does not know other objects, and notes calls that it does not play", async () => {
    const { stage, google } = await staged();
    expect((await google.call("GET", `${REGION}/instanceGroupManagers/other`)).status).toBe(404);
    expect((await google.call("GET", `${REGION}/disks`)).status).toBe(404);
    expect(stage.ledger.unknownCalls).toEqual([`GET ${REGION}/disks`]);
  });
});
