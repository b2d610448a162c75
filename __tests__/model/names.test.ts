import * as names from "../../model/names";
import { MAX_ID_LENGTH } from "../../model/schema/fields";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../builders/fleet";

const LONGEST = "a".repeat(MAX_ID_LENGTH);
const POOL = { account: LONGEST, id: LONGEST };

describe("names", () => {
  it("makes every name from ids only, so a name is a promise that other stacks rely on", () => {
    const customer = aCustomer();
    const gcp = aGcpPool();
    const linode = aLinodePool();
    expect({
      accountStack: names.accountStackId(anAccount()),
      customerStack: names.customerStackId(customer),
      gcpStack: names.bridgesStackId(gcp),
      linodeStack: names.bridgesStackId(linode),
      network: names.networkLink("acme-meet-prod", "acme"),
      subnet: names.subnetworkLink("acme-meet-prod", "acme", "europe-west4"),
      bucket: names.artifactsBucketName("acme-meet-prod"),
      server: names.serverName(customer),
      disk: names.dataDiskName(customer),
      serverIdentity: names.serviceAccountEmail(names.serverServiceAccountId(customer), "acme-meet-prod"),
      serverHost: names.serverInternalHost(customer, "europe-west4-a", "acme-meet-prod"),
      secrets: names.CUSTOMER_SECRETS.map((secret) => names.secretName(customer, secret)),
      group: names.bridgePoolName(gcp),
      template: names.bridgeTemplateName(gcp, "0a1b2c3d"),
      bridgeIdentity: names.serviceAccountEmail(names.bridgeServiceAccountId(gcp), "acme-meet-prod"),
      linode: names.linodeLabel(linode, 2),
      linodeFirewall: names.linodePoolLabel(linode),
      placementGroup: names.linodePlacementGroupLabel(linode, 1),
      linodeHost: names.linodeHostname(linode, 2, "meet.acme.example"),
      breweryRule: names.breweryRuleName("abc", linode),
      region: names.poolRegion(linode),
      variable: names.secretVariable({ id: "xyz-europe" }, "jvb-auth-password"),
      versionVariable: names.secretsVersionVariable({ id: "xyz-europe" }),
      keeperProgram: names.keeperProgramObject("0a1b2c3d"),
      keeperStore: names.keeperStorePrefix(gcp),
      keeperRole: names.keeperRole("acme-meet-prod"),
    }).toMatchInlineSnapshot(`
      {
        "accountStack": "account-acme",
        "breweryRule": "abc-xmpp-from-acme-nl-static",
        "bridgeIdentity": "jvb-eu-burst@acme-meet-prod.iam.gserviceaccount.com",
        "bucket": "acme-meet-prod-fleet-artifacts",
        "customerStack": "customer-abc",
        "disk": "abc-data",
        "gcpStack": "bridges-acme-eu-burst",
        "group": "acme-eu-burst",
        "keeperProgram": "programs/keeper-0a1b2c3d.mjs",
        "keeperRole": "projects/acme-meet-prod/roles/fleetKeeper",
        "keeperStore": "keeper/acme-eu-burst/",
        "linode": "acme-nl-static-2",
        "linodeFirewall": "acme-nl-static",
        "linodeHost": "nl-static-2.bridges.meet.acme.example",
        "linodeStack": "bridges-acme-nl-static",
        "network": "projects/acme-meet-prod/global/networks/acme",
        "placementGroup": "acme-nl-static-1",
        "region": "linode-nl-ams",
        "secrets": [
          "abc-grafana-admin-password",
          "abc-influxdb-operator-password",
          "abc-influxdb-operator-token",
          "abc-jicofo-auth-password",
          "abc-jvb-auth-password",
          "abc-jvb-auth-password-even",
          "abc-main-jvb-auth-password",
          "abc-telemetry-read-password",
          "abc-telemetry-server-password",
        ],
        "server": "abc-server",
        "serverHost": "abc-server.europe-west4-a.c.acme-meet-prod.internal",
        "serverIdentity": "srv-abc@acme-meet-prod.iam.gserviceaccount.com",
        "subnet": "projects/acme-meet-prod/regions/europe-west4/subnetworks/acme-europe-west4",
        "template": "acme-eu-burst-0a1b2c3d",
        "variable": "xyz_europe_jvb_auth_password",
        "versionVariable": "xyz_europe_secrets_version",
      }
    `);
  });

  // The rule check-name-lengths looks at the other names, which long ids can break.
  it.each([
    ["network", names.networkName(LONGEST), names.LIMITS.compute],
    ["subnet", names.subnetworkName(LONGEST, "northamerica-northeast1"), names.LIMITS.compute],
    ["server", names.serverName({ id: LONGEST }), names.LIMITS.compute],
    ["data disk", names.dataDiskName({ id: LONGEST }), names.LIMITS.compute],
    [
      "server's service account",
      names.serverServiceAccountId({ id: LONGEST }),
      names.LIMITS.serviceAccountId,
    ],
    [
      "bridge's service account",
      names.bridgeServiceAccountId({ id: LONGEST }),
      names.LIMITS.serviceAccountId,
    ],
    ["instance group", names.bridgePoolName(POOL), names.LIMITS.baseInstance],
    ["template", names.bridgeTemplateName(POOL, "0a1b2c3d"), names.LIMITS.compute],
    ["host name of a Linode", names.linodeHostname(POOL, 100, "x").split(".")[0]!, names.LIMITS.dnsLabel],
  ])("fits the longest ids into the name of a %s", (_, name, limit) => {
    expect(name.length).toBeLessThanOrEqual(limit);
  });

  it("fits the label of a Linode wherever the label of its firewall fits", () => {
    expect(names.LIMITS.linodeFirewall + "-100".length).toBeLessThanOrEqual(names.LIMITS.linodeInstance);
  });

  it.each([
    ["stable-11146-2", "stable-11146-2"],
    ["v2.0.Own_build", "v2_0_own_build"],
    [`${"long-".repeat(20)}build.17`, `${"long-".repeat(20)}build_17`.slice(-63)],
  ])("writes the image tag %s as a label may be", (tag, label) => {
    expect(names.releaseLabel(tag)).toBe(label);
    expect(label).toMatch(/^[a-z0-9_-]{1,63}$/);
  });
});
