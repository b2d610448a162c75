import { PretendedCloud } from "../../builders/pretended-cloud";
import type { Arguments } from "../../builders/pretended-cloud";

let cloud: PretendedCloud;
beforeEach(() => (cloud = new PretendedCloud()));
afterEach(() => cloud.remove());

const INSTANCE = { label: "acme-1", region: "nl-ams", type: "g6-dedicated-4", image: "linode/ubuntu24.04" };
const FIREWALL = { label: "acme-nl", inbound_policy: "DROP", outbound_policy: "ACCEPT" };
const RULE = { label: "media", action: "ACCEPT", protocol: "UDP", ports: "10000", ipv4: ["0.0.0.0/0"] };
const GROUP = { label: "acme-nl", region: "nl-ams", placement_group_type: "anti_affinity:local" };

describe("Linode at validation", () => {
  it.each<[string, string, Arguments, string, string]>([
    [
      "a short label",
      "linode_instance",
      { ...INSTANCE, label: "ab" },
      "label",
      "expected length of label to be in the range (3 - 50), got ab",
    ],
    [
      "a label with spaces",
      "linode_instance",
      { ...INSTANCE, label: "a b c" },
      "label",
      '"label" ("a b c") doesn\'t match regexp "^[a-zA-Z0-9]([-_.]?[a-zA-Z0-9]+)*[-_.]?$"',
    ],
    [
      "user data in plain text",
      "linode_instance",
      { ...INSTANCE, metadata: [{ user_data: "#cloud-config" }] },
      "metadata.0.user_data",
      "metadata.0.user_data must be base64 encoded",
    ],
    [
      "user data that is too long",
      "linode_instance",
      { ...INSTANCE, metadata: [{ user_data: "A".repeat(16_388) }] },
      "metadata.0.user_data",
      "metadata.0.user_data must not exceed 16384 base64 characters, got 16388",
    ],
    [
      "a firewall label of 33 letters",
      "linode_firewall",
      { ...FIREWALL, label: "a".repeat(33) },
      "label",
      `expected length of label to be in the range (3 - 32), got ${"a".repeat(33)}`,
    ],
    [
      "an unknown policy",
      "linode_firewall",
      { ...FIREWALL, inbound_policy: "REJECT" },
      "inbound_policy",
      'expected inbound_policy to be one of ["ACCEPT" "DROP"], got REJECT',
    ],
    [
      "an address without its prefix",
      "linode_firewall",
      { ...FIREWALL, inbound: [{ ...RULE, ipv4: ["192.0.2.1"] }] },
      "inbound.0",
      "inbound.0: 192.0.2.1 must be a range such as 203.0.113.7/32",
    ],
    [
      "a rule without addresses",
      "linode_firewall",
      { ...FIREWALL, inbound: [{ ...RULE, ipv4: [] }] },
      "inbound.0",
      "inbound.0: a rule needs addresses in ipv4 or ipv6",
    ],
    [
      "ports for ICMP",
      "linode_firewall",
      { ...FIREWALL, inbound: [{ ...RULE, protocol: "ICMP" }] },
      "inbound.0",
      "inbound.0: ports are not allowed for ICMP",
    ],
    [
      "26 rules",
      "linode_firewall",
      {
        ...FIREWALL,
        inbound: Array.from({ length: 20 }, () => RULE),
        outbound: Array.from({ length: 6 }, () => RULE),
      },
      "inbound",
      "a firewall takes at most 25 rules, inbound and outbound together, got 26",
    ],
    [
      "an unknown group type",
      "linode_placement_group",
      { ...GROUP, placement_group_type: "affinity" },
      "placement_group_type",
      'expected placement_group_type to be one of ["anti_affinity:local"], got affinity',
    ],
    [
      "a master domain without a contact",
      "linode_domain",
      { domain: "acme.example", type: "master" },
      "soa_email",
      "soa_email is required for master domains",
    ],
  ])("refuses %s", (_, type, given, path, summary) => {
    const found = cloud.validate(type, given);
    expect(found.map((one) => [one.path.join("."), one.summary])).toEqual([[path, summary]]);
  });
});

describe("Linode at plan", () => {
  const replacements: [string, string, Arguments, Arguments, string[]][] = [
    [
      "other user data",
      "linode_instance",
      { ...INSTANCE, metadata: [{ user_data: "QQ==" }] },
      { metadata: [{ user_data: "Qg==" }] },
      ["metadata.0.user_data"],
    ],
    ["another image", "linode_instance", INSTANCE, { image: "linode/debian12" }, ["image"]],
    ["another type", "linode_instance", INSTANCE, { type: "g6-dedicated-8" }, []],
    ["another region", "linode_instance", INSTANCE, { region: "de-fra-2" }, []],
    ["another label", "linode_instance", INSTANCE, { label: "acme-9" }, []],
    [
      "other rules",
      "linode_firewall",
      { ...FIREWALL, inbound: [RULE] },
      { inbound: [{ ...RULE, ports: "443" }] },
      [],
    ],
    ["a group elsewhere", "linode_placement_group", GROUP, { region: "us-ord" }, ["region"]],
  ];
  it.each(replacements)("asks for a new object, or not: %s", async (_, type, given, edit, expected) => {
    const state = await cloud.apply(type, given);
    expect(cloud.plan(type, { ...given, ...edit }, state).replace.map((path) => path.join("."))).toEqual(
      expected,
    );
    expect(cloud.plan(type, given, state).planned).toEqual(state);
  });
});

describe("Linode at apply", () => {
  it("gives a machine its number, addresses and size", async () => {
    const state = await cloud.apply("linode_instance", INSTANCE);
    expect(state).toMatchObject({
      id: "70000001",
      ipv4: ["203.0.113.1"],
      ip_address: "203.0.113.1",
      ipv6: "2001:db8::42c:1d81/128",
    });
    expect(state).toMatchObject({
      status: "running",
      specs: [{ vcpus: 4, memory: 8192 }],
      interface_generation: "legacy_config",
    });
  });

  it("refuses a label that is taken", async () => {
    await cloud.apply("linode_instance", INSTANCE);
    await expect(cloud.apply("linode_instance", INSTANCE)).rejects.toThrow(
      'Error creating a Linode Instance: [400] [label] must be unique among your Instances; "acme-1" belongs to 70000001',
    );
  });

  it.each<[string, Arguments]>([
    ["linode_firewall", FIREWALL],
    ["linode_placement_group", GROUP],
  ])("refuses a label that another %s has", async (type, given) => {
    await cloud.apply(type, given);
    await expect(cloud.apply(type, given)).rejects.toThrow("[400] [label] must be unique among your ");
  });

  it("refuses a sixth member of a placement group, and one from another region", async () => {
    const group = await cloud.apply("linode_placement_group", GROUP);
    const member = (number: number, region = "nl-ams"): Arguments => ({
      ...{ ...INSTANCE, label: `acme-${number}`, region, placement_group: [{ id: Number(group["id"]) }] },
    });
    await expect(cloud.apply("linode_instance", member(0, "us-ord"))).rejects.toThrow(
      "is in nl-ams, the Linode in us-ord",
    );
    for (const number of [1, 2, 3, 4, 5]) await cloud.apply("linode_instance", member(number));
    await expect(cloud.apply("linode_instance", member(6))).rejects.toThrow(
      "already has 5 Linodes; the limit is 5",
    );
    expect(cloud.read("linode_placement_group", group)!["members"]).toHaveLength(5);
    await expect(cloud.delete("linode_placement_group", group)).rejects.toThrow("is in use by");
  });

  it("refuses a firewall that does not exist, and knows whom one protects", async () => {
    await expect(cloud.apply("linode_instance", { ...INSTANCE, firewall_id: 12 })).rejects.toThrow(
      "Firewall 12 does not exist",
    );
    const firewall = await cloud.apply("linode_firewall", FIREWALL);
    const linode = await cloud.apply("linode_instance", { ...INSTANCE, firewall_id: Number(firewall["id"]) });
    expect(cloud.read("linode_firewall", firewall)).toMatchObject({ linodes: [Number(linode["id"])] });
  });

  it("refuses to delete a locked machine, and reverse names of other people's addresses", async () => {
    const linode = await cloud.apply("linode_instance", INSTANCE);
    await cloud.apply("linode_lock", {
      entity_id: Number(linode["id"]),
      entity_type: "linode",
      lock_type: "cannot_delete",
    });
    await expect(cloud.delete("linode_instance", linode)).rejects.toThrow("is locked by lock");
    await expect(cloud.apply("linode_rdns", { address: "198.51.100.9", rdns: "a.example" })).rejects.toThrow(
      "the address 198.51.100.9 is not yours",
    );
    await expect(
      cloud.apply("linode_rdns", { address: "203.0.113.1", rdns: "a.example" }),
    ).resolves.toMatchObject({ id: "203.0.113.1" });
  });

  it("imports without what the API does not return, so that a new machine would be planned", async () => {
    const linode = await cloud.apply("linode_instance", { ...INSTANCE, metadata: [{ user_data: "QQ==" }] });
    const imported = cloud.read(
      "linode_instance",
      cloud.importState("linode_instance", String(linode["id"])),
    )!;
    expect(imported).toMatchObject({ label: "acme-1", type: "g6-dedicated-4", image: null });
    expect(cloud.importState("linode_domain_record", "5,7")).toEqual({ id: "7", domain_id: 5 });
    expect(() => cloud.importState("linode_domain_record", "7")).toThrow(
      'invalid import ID: "7"; expected "<domain_id>,<id>"',
    );
  });
});
