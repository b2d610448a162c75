import { join } from "node:path";
import type { Fleet } from "../../model/fleet";
import { terraformJson } from "../../stacks/terraform-json";
import { withoutStackTraces } from "../../stacks/without-stack-traces";
import { aCustomer, aFleet, aGcpPool, aLinodePool, anAccount } from "../builders/fleet";
import { filesBelow, synthesize, temporaryDirectory } from "../builders/output";
import type { Terraform } from "../builders/terraform";

const root = temporaryDirectory();
let runs = 0;
const output = (fleet: Fleet): ReadonlyMap<string, string> => {
  const outdir = join(root, String(++runs));
  withoutStackTraces(() => synthesize(fleet, outdir));
  return filesBelow(outdir);
};

/** Two accounts; a Linode pool that serves both; a pool with groups of schedules, a bridge on a server, retired stacks. */
const full = () => {
  const globex = anAccount({
    id: "globex",
    gcp: { project: "globex-video", network: { regions: { "us-east1": "10.40.0.0/20" } } },
    dns: { managedZone: "globex", domain: "video.globex.example", createZone: false },
    state: { bucket: "globex-terraform" },
    retired: ["bridges-globex-old"],
  });
  return aFleet({
    accounts: [anAccount(), globex],
    customers: [
      aCustomer({ bridgeOnServer: true, labels: { tier: "gold" } }),
      aCustomer({
        id: "xyz",
        account: "globex",
        hostname: "meet.video.globex.example",
        server: { ...aCustomer().server, zone: "us-east1-b" },
        allowDestroys: true,
      }),
    ],
    pools: [
      aGcpPool(),
      aLinodePool({ size: 6, serves: ["abc", "xyz"] }),
      aGcpPool({
        id: "us",
        account: "globex",
        region: "us-east1",
        serves: ["xyz"],
        zones: ["us-east1-d", "us-east1-b"],
      }),
    ],
  });
};

const written = output(full());
const stacks = [...written]
  .filter(([path]) => path.endsWith("cdk.tf.json"))
  .map(([path, text]) => ({ id: path.split("/")[1]!, text, terraform: JSON.parse(text) as Terraform }));
const resources = stacks.flatMap(({ id, terraform }) =>
  Object.entries<Record<string, Terraform>>(terraform["resource"] ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => ({
      where: `${id}: ${type}.${name}`,
      type,
      attributes,
    })),
  ),
);
const ofType = (type: string) => resources.filter((resource) => resource.type === type);
/** The files of a stack, its cloud-init too. */
const filesOf = (id: string) =>
  new Map([...written].filter(([path]) => path.startsWith(`stacks/${id}/files/`)));

describe("buildApp", () => {
  it("makes these stacks", () => {
    expect(stacks.map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        "account-acme",
        "account-globex",
        "bridges-acme-eu-burst",
        "bridges-acme-nl-static",
        "bridges-globex-old",
        "bridges-globex-us",
        "customer-abc",
        "customer-xyz",
      ]
    `);
  });

  it("makes the same bytes in every run", () => {
    expect(output(full())).toEqual(written);
  });

  it("writes no path of this machine", () => {
    const mentions = [...written].filter(([, text]) => text.includes(process.cwd()) || text.includes(root));
    expect(mentions).toEqual([]);
  });

  it("writes the files of every machine beside its Terraform, and only those that Terraform reads", () => {
    for (const { id, text } of stacks) {
      const read = [...text.matchAll(/(?:file\(\\|"source": )"(files\/[^"\\]+)\\?"/g)]
        .map(([, path]) => path!)
        .sort();
      const there = [...written.keys()]
        .filter((path) => path.startsWith(`stacks/${id}/files/`))
        .map((path) => path.slice(`stacks/${id}/`.length));
      expect({ id, read: [...new Set(read)] }).toEqual({ id, read: there });
    }
  });

  it("changes nothing outside a new customer's own stacks, and the manifest", () => {
    const fleet = full();
    const grown = {
      ...fleet,
      customers: [...fleet.customers, aCustomer({ id: "new" })],
      pools: [
        ...fleet.pools,
        aGcpPool({ id: "new", serves: ["new"] }),
        aLinodePool({ id: "new-static", serves: ["new"] }),
      ],
    };
    const after = output(grown);
    const changed = [...after].filter(([path, text]) => written.get(path) !== text).map(([path]) => path);
    const own = /^(?:manifest\.json$|stacks\/(?:customer-new|bridges-acme-new|bridges-acme-new-static)\/)/;
    expect(changed.filter((path) => !own.test(path))).toEqual([]);
    expect([...written.keys()].filter((path) => !after.has(path))).toEqual([]);
  });

  it("leaves the zones of a pool to Google unless the data names some", () => {
    const zones = ofType("google_compute_region_instance_group_manager").map(
      ({ attributes }) => attributes["distribution_policy_zones"],
    );
    expect(zones).toEqual([undefined, ["us-east1-b", "us-east1-d"]]);
  });

  it("sends Google bridges to the server's internal name, Linode bridges to its public one", () => {
    const texts = (id: string) => [...filesOf(id).values()].join("");
    expect(texts("bridges-acme-eu-burst")).toContain("abc-server.europe-west4-a.c.acme-meet-prod.internal");
    expect(texts("bridges-acme-nl-static")).toContain("abc.meet.acme.example");
    expect(texts("bridges-acme-nl-static")).not.toContain("abc-server.");
  });
});

describe("every stack", () => {
  it("has a state of its own in its account's bucket", () => {
    const places = stacks.map(({ terraform }) => JSON.stringify(terraform["terraform"].backend.gcs));
    expect(new Set(places).size).toBe(stacks.length);
  });

  it("asks nobody: no data source, no state of another stack, no output for one", () => {
    for (const { terraform } of stacks) {
      expect(terraform).not.toHaveProperty("data");
      expect(Object.keys((terraform["output"] ?? {}) as object)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^cross-stack-output/)]),
      );
    }
  });

  it("keeps the metadata of Google machines far below the limit", () => {
    // Too much fails only at apply, with half of the stack built. Linode's tighter limit: linode-user-data.test.ts.
    for (const { where } of [
      ...ofType("google_compute_instance"),
      ...ofType("google_compute_region_instance_template"),
    ]) {
      // Compressed ones have a test of their own: google-metadata.test.ts.
      const plain = [...filesOf(where.split(":")[0]!)].filter(
        ([path]) => !/\/etc\/fleet\/(?:grafana|keeper)\//.test(path),
      );
      const bytes = Buffer.byteLength(terraformJson(Object.fromEntries(plain)));
      expect({ where, fits: bytes > 1000 && bytes < 262_144 / 2 }).toEqual({ where, fits: true });
    }
  });

  it("labels everything that takes labels with its account and its role", () => {
    const labelled = resources.filter(({ attributes }) => attributes["labels"] ?? attributes["tags"]);
    expect(labelled.length).toBeGreaterThan(15);
    // The policy decides what must have labels (policies/check-labels.ts); here: that the values are right.
    for (const { where, attributes } of labelled) {
      if (attributes["type"] === "email") continue;
      const account = where.startsWith("customer-xyz") || where.includes("globex") ? "globex" : "acme";
      const labels =
        attributes["labels"] ?? Object.fromEntries(attributes["tags"].map((tag: string) => tag.split(":")));
      expect({ where, account: labels["fleet-account"] }).toEqual({ where, account });
    }
  });

  it("shows SSH to Identity-Aware Proxy and to the operators' networks, and to nobody else", () => {
    const google = ofType("google_compute_firewall").filter(({ attributes }) =>
      attributes["allow"].some(({ ports }: { ports: string[] }) => ports.includes("22")),
    );
    const linode = ofType("linode_firewall").flatMap(({ attributes }) =>
      attributes["inbound"].filter(({ ports }: { ports?: string }) => ports === "22"),
    );
    expect(google.map(({ attributes }) => attributes["source_ranges"])).toEqual([
      ["35.235.240.0/20"],
      ["35.235.240.0/20"],
    ]);
    expect(linode).toEqual([expect.objectContaining({ ipv4: ["203.0.113.0/24"] })]);
  });

  it("protects what holds state, save where the data lifts it", () => {
    const lifted = resources
      .filter(
        ({ attributes }) =>
          attributes["lifecycle"]?.prevent_destroy === false || attributes["deletion_protection"] === false,
      )
      // Passwords of pools go with their pool.
      .filter(({ where }) => !where.endsWith(".telemetry-secrets"))
      .map(({ where }) => where.split(":")[0]);
    expect(new Set(lifted)).toEqual(new Set(["customer-xyz"]));
  });
});
