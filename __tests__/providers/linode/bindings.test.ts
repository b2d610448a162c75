import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DomainRecord } from "@cdktf/provider-linode/lib/domain-record";
import { Firewall } from "@cdktf/provider-linode/lib/firewall";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import { PlacementGroup } from "@cdktf/provider-linode/lib/placement-group";
import { LinodeProvider } from "@cdktf/provider-linode/lib/provider";
import { Rdns } from "@cdktf/provider-linode/lib/rdns";
import { Fn, Testing, Token } from "cdktf";
import type { Construct } from "constructs";
import { resourceTypes } from "../../../providers/linode/resource-types";

const workspace = join(__dirname, "../../../providers/linode");
const { version } = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8")) as { version: string };

/** A bridge as a fleet declares it: every resource refers to another one. */
function declareBridge(scope: Construct): void {
  new LinodeProvider(scope, "linode", {});
  const group = new PlacementGroup(scope, "group", {
    label: "acme-burst",
    region: "nl-ams",
    placementGroupType: "anti_affinity:local",
    placementGroupPolicy: "flexible",
  });
  const firewall = new Firewall(scope, "firewall", {
    label: "acme-burst",
    inboundPolicy: "DROP",
    outboundPolicy: "ACCEPT",
    inbound: [
      {
        label: "media",
        action: "ACCEPT",
        protocol: "UDP",
        ports: "10000",
        ipv4: ["0.0.0.0/0"],
        description: "media",
      },
    ],
  });
  const bridge = new Instance(scope, "bridge", {
    region: "nl-ams",
    type: "g6-dedicated-4",
    interfaceGeneration: "legacy_config",
    metadata: [{ userData: Fn.filebase64("files/bridge/user-data") }],
    firewallId: Token.asNumber(firewall.id),
    placementGroup: { id: Token.asNumber(group.id) },
  });
  const address = Fn.element(bridge.ipv4, 0);
  const record = new DomainRecord(scope, "record", {
    domainId: 42,
    name: "jvb-1",
    recordType: "A",
    target: address,
  });
  new Rdns(scope, "rdns", {
    address,
    rdns: "jvb-1.example.com",
    waitForAvailable: true,
    dependsOn: [record],
  });
}

// Compiled by `npm run types` and never called: what the bindings must refuse at compile time.
export function refusedByTheCompiler(scope: Construct): void {
  // @ts-expect-error a required argument is missing
  new Instance(scope, "a", { type: "g6-dedicated-4" });
  // @ts-expect-error an unknown argument
  new Instance(scope, "b", { region: "nl-ams", sise: 3 });
  // @ts-expect-error an id must be turned into a number
  new Instance(scope, "c", { region: "nl-ams", firewallId: "42" });
  // @ts-expect-error an unknown argument of a nested block
  new Instance(scope, "d", { region: "nl-ams", metadata: [{ userdata: "" }] });
}

describe("@cdktf/provider-linode", () => {
  const synthesized = JSON.parse(Testing.synthScope(declareBridge)) as {
    terraform: unknown;
    provider: unknown;
    resource: Record<string, Record<string, unknown>>;
  };

  it("requires exactly the pinned version of linode/linode", () => {
    expect(synthesized.terraform).toEqual({
      required_providers: { linode: { source: "linode/linode", version } },
    });
    expect(synthesized.provider).toEqual({ linode: [{}] });
  });

  it("declares a bridge with its firewall, placement group and names", () => {
    expect(synthesized.resource).toMatchInlineSnapshot(`
      {
        "linode_domain_record": {
          "record": {
            "domain_id": 42,
            "name": "jvb-1",
            "record_type": "A",
            "target": "\${element(tolist(linode_instance.bridge.ipv4), 0)}",
          },
        },
        "linode_firewall": {
          "firewall": {
            "inbound": [
              {
                "action": "ACCEPT",
                "description": "media",
                "ipv4": [
                  "0.0.0.0/0",
                ],
                "label": "media",
                "ports": "10000",
                "protocol": "UDP",
              },
            ],
            "inbound_policy": "DROP",
            "label": "acme-burst",
            "outbound_policy": "ACCEPT",
          },
        },
        "linode_instance": {
          "bridge": {
            "firewall_id": "\${linode_firewall.firewall.id}",
            "interface_generation": "legacy_config",
            "metadata": [
              {
                "user_data": "\${filebase64("files/bridge/user-data")}",
              },
            ],
            "placement_group": {
              "id": "\${linode_placement_group.group.id}",
            },
            "region": "nl-ams",
            "type": "g6-dedicated-4",
          },
        },
        "linode_placement_group": {
          "group": {
            "label": "acme-burst",
            "placement_group_policy": "flexible",
            "placement_group_type": "anti_affinity:local",
            "region": "nl-ams",
          },
        },
        "linode_rdns": {
          "rdns": {
            "address": "\${element(tolist(linode_instance.bridge.ipv4), 0)}",
            "depends_on": [
              "linode_domain_record.record",
            ],
            "rdns": "jvb-1.example.com",
            "wait_for_available": true,
          },
        },
      }
    `);
  });

  it("holds one folder per listed resource type, beside the provider's", () => {
    const load = createRequire(__filename);
    const types = resourceTypes.map((type) => {
      const folder = type.replace("linode_", "").replaceAll("_", "-");
      const exported = load(`@cdktf/provider-linode/lib/${folder}`) as Record<
        string,
        { tfResourceType?: string }
      >;
      return Object.values(exported).find((member) => member.tfResourceType !== undefined)?.tfResourceType;
    });
    expect(types).toEqual(resourceTypes);
  });

  it("uses the program's own copy of cdktf and constructs", () => {
    // With a second copy, Construct and Token of one are strangers to the other.
    const copies = (name: string): string[] =>
      [__filename, join(workspace, "lib/instance/index.js")].map((from) =>
        realpathSync(createRequire(from).resolve(name)),
      );
    for (const name of ["cdktf", "constructs"]) {
      const [ours, theirs] = copies(name);
      expect(theirs).toBe(ours);
    }
  });
});
