import { join } from "node:path";
import { CUSTOMER_SECRETS } from "../../model/names";
import { withoutStackTraces } from "../../stacks/without-stack-traces";
import { aCustomer, aFleet, aGcpPool, aLinodePool, anAccount } from "../builders/fleet";
import { filesBelow, synthesize, temporaryDirectory } from "../builders/output";
import type { Terraform } from "../builders/terraform";

const globex = anAccount({
  id: "globex",
  gcp: { project: "globex-video", network: { regions: { "us-east1": "10.40.0.0/20" } } },
  state: { bucket: "globex-terraform" },
});
const fleet = aFleet({
  accounts: [anAccount(), globex],
  customers: [
    aCustomer({ bridgeOnServer: true }),
    aCustomer({ id: "abc-two", certificate: { secret: "abc-certificate" } }),
    aCustomer({ id: "abc-three" }),
    aCustomer({ id: "xyz", account: "globex", server: { ...aCustomer().server, zone: "us-east1-b" } }),
  ],
  pools: [
    aGcpPool({ serves: ["abc-two", "abc", "abc-three"] }),
    aGcpPool({ id: "own", serves: ["abc"] }),
    aGcpPool({ id: "us", account: "globex", region: "us-east1", serves: ["xyz"] }),
    aLinodePool({ serves: ["abc", "xyz"] }),
  ],
});

const outdir = join(temporaryDirectory(), "out");
withoutStackTraces(() => synthesize(fleet, outdir));
const written = filesBelow(outdir);
const terraformOf = (stack: string) => JSON.parse(written.get(`stacks/${stack}/cdk.tf.json`)!) as Terraform;

/** `projects/<project>/secrets/<name>` of each secret that the stack's machine is told to fetch. */
const toldTo = (stack: string, role: "server" | "bridge"): string[] => {
  const text = written.get(`stacks/${stack}/files/${role}/etc/fleet/secrets.json`)!;
  const secrets = JSON.parse(text) as Record<string, Record<string, string> | string>;
  const resources = Object.values(secrets).flatMap((wanted) =>
    typeof wanted === "string" ? wanted : Object.values(wanted),
  );
  return [...new Set(resources)].sort();
};

/** The same of each secret that the stack lets anybody read; there is one reader, the stack's own machine. */
function allowedTo(stack: string): string[] {
  const { provider, resource } = terraformOf(stack);
  const grants = Object.values<Terraform>(resource.google_secret_manager_secret_iam_member ?? {});
  return grants
    .flatMap(({ project = provider.google[0].project, secret_id, for_each, member, role }) => {
      expect({ member, role }).toEqual({
        member: "${google_service_account.identity.member}",
        role: "roles/secretmanager.secretAccessor",
      });
      if (for_each === undefined) return [`projects/${project}/secrets/${secret_id}`];
      // One for each secret of the stack, which there is one for each value of a map.
      const [, block] = /^\$\{google_secret_manager_secret\.((?:telemetry-)?secrets)\}$/.exec(for_each)!;
      expect(secret_id).toBe("${each.value.secret_id}");
      const { for_each: names, secret_id: name } = resource.google_secret_manager_secret[block!];
      expect(name).toBe("${each.value}");
      return Object.values<string>(names).map((secret) => `projects/${project}/secrets/${secret}`);
    })
    .sort();
}

const SERVERS = ["customer-abc", "customer-abc-two", "customer-abc-three", "customer-xyz"];
const BRIDGES = ["bridges-acme-eu-burst", "bridges-acme-own", "bridges-globex-us"];

/** Bridges from before a rotation are told the password of the other account. */
const inTurn = (resource: string): string[] => [
  resource,
  resource.includes("telemetry_") ? `${resource}_even` : `${resource}-even`,
];

describe("the secrets of a machine", () => {
  it.each(SERVERS)("are exactly what the server of %s may read", (stack) => {
    const pools = fleet.pools.filter(({ serves }) => serves.includes(stack.replace("customer-", "")));
    expect(toldTo(stack, "server")).toHaveLength(
      CUSTOMER_SECRETS.length + 2 * pools.length + (stack === "customer-abc-two" ? 1 : 0),
    );
    expect(allowedTo(stack)).toEqual(toldTo(stack, "server"));
    const { email } = terraformOf(stack).resource.google_compute_instance.server.service_account;
    expect(email).toBe("${google_service_account.identity.email}");
  });

  it.each(BRIDGES)("are what the bridges of %s may read, with those of their next and last turn", (stack) => {
    expect(allowedTo(stack)).toEqual(toldTo(stack, "bridge").flatMap(inTurn).sort());
    const { identity } = terraformOf(stack).resource.google_service_account;
    const { template } = terraformOf(stack).resource.google_compute_region_instance_template;
    expect(template.service_account.email).toMatch(`${identity.account_id}@`);
  });

  it("are a certificate too, where the customer brings one, in the account's project", () => {
    const certificate = "projects/acme-meet-prod/secrets/abc-certificate";
    expect(SERVERS.filter((stack) => toldTo(stack, "server").includes(certificate))).toEqual([
      "customer-abc-two",
    ]);
    // The server is not made before it may read it.
    const { server } = terraformOf("customer-abc-two").resource.google_compute_instance;
    expect(server.depends_on).toContain("google_secret_manager_secret_iam_member.certificate-reader");
  });

  it("are two passwords for each customer of a pool, in the customers' own project", () => {
    expect(toldTo("bridges-acme-eu-burst", "bridge")).toEqual(
      ["abc", "abc-three", "abc-two"].flatMap((id) => [
        `projects/acme-meet-prod/secrets/${id}-jvb-auth-password`,
        `projects/acme-meet-prod/secrets/${id}-telemetry_acme_eu-burst`,
      ]),
    );
    expect(toldTo("bridges-globex-us", "bridge")).toEqual([
      "projects/globex-video/secrets/xyz-jvb-auth-password",
      "projects/globex-video/secrets/xyz-telemetry_globex_us",
    ]);
  });

  it("are not fetched by Linodes", () => {
    expect([...written.keys()].filter((path) => /nl-static.*secrets/.test(path))).toEqual([]);
    expect(allowedTo("bridges-acme-nl-static")).toEqual([]);
  });

  it("are told and allowed for every machine of the fleet", () => {
    const told = [...written.keys()].filter((path) => path.endsWith("/secrets.json"));
    expect(told.map((path) => path.split("/")[1]).sort()).toEqual([...SERVERS, ...BRIDGES].sort());
  });
});
