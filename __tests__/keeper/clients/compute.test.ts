import { AccessTokens } from "../../../keeper/clients/access-tokens";
import { Compute, nameIn } from "../../../keeper/clients/compute";
import { Google } from "../../../keeper/clients/google";
import { KEEPER_PERMISSIONS } from "../../../model/keeper-permissions";
import { SetClock } from "../../builders/keeper-under-test";
import { AMPLE_SECONDS, GROUP, PretendedPool, TEMPLATE } from "../../builders/pretended-pool";

let pool: PretendedPool;
let compute: Compute;
const clock = new SetClock();
const patience = () => ({
  deadline: clock.monotonic() + 15,
  requestSeconds: AMPLE_SECONDS,
  monotonic: clock.monotonic,
  stopping: new AbortController().signal,
});
const LABEL = { key: "fleet-pool", value: "eu-burst" };

beforeEach(async () => {
  pool = await PretendedPool.start();
  const google = new Google(new AccessTokens(pool.url, clock));
  compute = new Compute(google, pool.url, pool.file().pools[0]!);
});
afterEach(() => pool.stop());

describe("nameIn", () => {
  it.each([
    ["https://www.googleapis.com/compute/v1/projects/p/zones/z/instances/a", "a"],
    ["projects/p/regions/r/instanceTemplates/t?uniqueId=123", "t"],
    ["a", "a"],
  ])("of %s is %s", (link, name) => {
    expect(nameIn(link)).toBe(name);
  });
});

describe("Compute", () => {
  it("tells the group and what the autoscaler would like", async () => {
    await pool.add("aaaa");
    pool.recommended = 4;
    expect(await compute.describeGroup(patience())).toEqual({
      target: 1,
      recommended: 4,
      min: 1,
      max: 8,
      template: TEMPLATE,
      removes: false,
    });
  });

  it.each([
    ["has computed nothing yet", () => (pool.recommended = undefined)],
    ["is in trouble: its number is an old one", () => (pool.autoscaler = { status: "ERROR" })],
  ])("knows no wish of an autoscaler that %s", async (_, change) => {
    change();
    expect(await compute.describeGroup(patience())).toMatchObject({ recommended: undefined });
  });

  it.each([[{ mode: "ON" }], [{ mode: undefined }]])(
    "sees that an autoscaler with %p may remove machines",
    async (mode) => {
      pool.policy = { ...pool.policy, ...mode };
      expect(await compute.describeGroup(patience())).toMatchObject({ removes: true });
    },
  );

  it.each([
    ["targetSize", () => (pool.target = -1)],
    ["targetSize", () => (pool.target = 1.5)],
    ["recommendedSize", () => (pool.recommended = NaN)],
    ["minNumReplicas", () => (pool.policy = { maxNumReplicas: 8 })],
    ["maxNumReplicas", () => (pool.policy = { minNumReplicas: 1, maxNumReplicas: "8" })],
  ])("takes no group without a %s that can be", async (field, change) => {
    change();
    await expect(compute.describeGroup(patience())).rejects.toThrow(`Compute Engine does not say ${field}`);
  });

  it("takes no group that is made from two templates", async () => {
    pool.versions = [
      { instanceTemplate: TEMPLATE },
      { instanceTemplate: TEMPLATE, targetSize: { fixed: 1 } },
    ];
    await expect(compute.describeGroup(patience())).rejects.toThrow("the group has more than one template");
  });

  it("lists machines of all pages, with what is done to them", async () => {
    for (const suffix of ["aaaa", "bbbb", "cccc"]) await pool.add(suffix);
    pool.pageSize = 2;
    pool.machines.get(`${GROUP}-bbbb`)!.action = "DELETING";
    pool.machines.get(`${GROUP}-cccc`)!.status = undefined;
    const managed = await compute.listManagedInstances(patience());
    expect(managed.map(({ name, currentAction, status }) => [name, currentAction, status])).toEqual([
      [`${GROUP}-aaaa`, "NONE", "RUNNING"],
      [`${GROUP}-bbbb`, "DELETING", "RUNNING"],
      [`${GROUP}-cccc`, "NONE", undefined],
    ]);
    expect(managed[0]).toMatchObject({
      link: `https://www.googleapis.com/compute/v1/projects/acme-meet-prod/zones/europe-west4-a/instances/${GROUP}-aaaa`,
      template: TEMPLATE,
    });
    const { instances } = await compute.listInstances(LABEL, patience());
    expect(Object.fromEntries(pool.asked.at(-1)!.query)).toEqual({
      filter: "labels.fleet-pool=eu-burst",
      maxResults: "500",
      returnPartialSuccess: "true",
      pageToken: "2",
    });
    expect(instances.map(({ name }) => name)).toEqual([`${GROUP}-aaaa`, `${GROUP}-bbbb`, `${GROUP}-cccc`]);
  });

  it("tells address, birth and labels of machines, and the cloud's time", async () => {
    pool.now = () => 1_796_000_000;
    await pool.add("aaaa");
    expect(await compute.listInstances(LABEL, patience())).toEqual({
      date: 1_796_000_000,
      instances: [
        {
          name: `${GROUP}-aaaa`,
          address: "127.0.1.1",
          createdAt: 1_795_996_400,
          labels: { "fleet-pool": "eu-burst", "fleet-release": "stable-1" },
        },
      ],
    });
  });

  it("asks for a template's release once: templates never change", async () => {
    expect(await compute.releaseOf(TEMPLATE, patience())).toBe("stable-1");
    const asked = pool.asked.length;
    expect(await compute.releaseOf(TEMPLATE, patience())).toBe("stable-1");
    expect(pool.asked).toHaveLength(asked);
  });

  it("removes one machine, by the link that Compute Engine gave, and asks to be heard once", async () => {
    await pool.add("aaaa");
    const [machine] = await compute.listManagedInstances(patience());
    pool.faults.push({ at: /deleteInstances/, with: 503, times: 1 });
    await compute.deleteInstance(machine!.link, patience());
    const calls = pool.asked.filter(({ path }) => path.endsWith("/deleteInstances"));
    expect(JSON.parse(calls[1]!.body)).toEqual({ instances: [machine!.link] });
    const ids = calls.map(({ query }) => query.get("requestId"));
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-/);
    expect(ids[1]).toBe(ids[0]);
    await expect(compute.deleteInstance(machine!.link, patience())).rejects.toThrow(/HTTP status 400/);
    expect(pool.target).toBe(0);
  });

  it("says what an operation says that failed at once", async () => {
    pool.operation = { error: { errors: [{ code: "RESOURCE_NOT_READY", message: "not now" }] } };
    await expect(compute.setMinimum(3, patience())).rejects.toThrow("Compute Engine refuses: not now");
  });
});

describe("KEEPER_PERMISSIONS", () => {
  /** What Google's reference names for each call; `listManagedInstances` is a read, though it is a POST. */
  const PERMISSION_OF: Readonly<Record<string, string>> = {
    "GET instanceGroupManagers": "compute.instanceGroupManagers.get",
    "POST listManagedInstances": "compute.instanceGroupManagers.get",
    "POST deleteInstances": "compute.instanceGroupManagers.update",
    "GET autoscalers": "compute.autoscalers.get",
    "PATCH autoscalers": "compute.autoscalers.update",
    "GET instances": "compute.instances.list",
    "GET instanceTemplates": "compute.instanceTemplates.get",
  };

  it("are those of the calls that the keeper makes, and no others", async () => {
    await pool.add("aaaa");
    await compute.describeGroup(patience());
    const [machine] = await compute.listManagedInstances(patience());
    await compute.listInstances(LABEL, patience());
    await compute.releaseOf(TEMPLATE, patience());
    await compute.setMinimum(2, patience());
    await compute.deleteInstance(machine!.link, patience());
    const needed = pool.asked
      .filter(({ path }) => path.startsWith("/compute/"))
      .map(({ method, path }) => {
        const words = path.split("/");
        const kinds = [
          "listManagedInstances",
          "deleteInstances",
          "autoscalers",
          "instanceTemplates",
          "instances",
        ];
        const kind = kinds.find((each) => words.includes(each)) ?? "instanceGroupManagers";
        return PERMISSION_OF[`${method} ${kind}`];
      });
    expect([...new Set(needed)].sort()).toEqual([...KEEPER_PERMISSIONS].sort());
  });
});
