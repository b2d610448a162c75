import { PretendedCloud } from "../../builders/pretended-cloud";
import type { Arguments } from "../../builders/pretended-cloud";
import type { Values } from "../../../sandbox/protocol/value";

let cloud: PretendedCloud;
beforeEach(() => (cloud = new PretendedCloud()));
afterEach(() => cloud.remove());

const INSTANCE = {
  name: "abc",
  zone: "europe-west4-a",
  machine_type: "n2-standard-4",
  boot_disk: [{ initialize_params: [{ image: "projects/debian-cloud/global/images/family/debian-12" }] }],
  network_interface: [{ network: "default" }],
};
const AUTOSCALER = { name: "a", target: "projects/acme-prod/regions/r/instanceGroupManagers/g" };
const GROUP = {
  name: "jvb",
  base_instance_name: "jvb",
  region: "europe-west4",
  version: [{ instance_template: "projects/other/global/instanceTemplates/t" }],
};
const subnetwork = (name: string, range: string): Arguments => ({
  name,
  network: "acme",
  ip_cidr_range: range,
});
const policy = (own: object): Arguments => ({
  autoscaling_policy: [{ min_replicas: 1, max_replicas: 2, ...own }],
});

describe("Google Cloud at validation", () => {
  it.each<[string, string, Arguments, string, string]>([
    [
      "a name with capitals",
      "google_compute_network",
      { name: "Acme" },
      "name",
      `"name" ("Acme") doesn't match regexp "^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$"`,
    ],
    [
      "a name of 64 letters",
      "google_compute_address",
      { name: "a".repeat(64) },
      "name",
      `"name" ("${"a".repeat(64)}") doesn't match regexp "^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$"`,
    ],
    [
      "a short account id",
      "google_service_account",
      { account_id: "abc" },
      "account_id",
      '"account_id" ("abc") doesn\'t match regexp "^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$"',
    ],
    [
      "an unknown direction",
      "google_compute_firewall",
      { name: "f", network: "n", direction: "IN", allow: [{ protocol: "tcp" }] },
      "direction",
      'expected direction to be one of ["INGRESS" "EGRESS"], got IN',
    ],
    [
      "a rule that neither allows nor denies",
      "google_compute_firewall",
      { name: "f", network: "n" },
      "",
      'Invalid combination of arguments: "allow": one of `allow,deny` must be specified',
    ],
    [
      "a secret said twice",
      "google_secret_manager_secret_version",
      { secret: "s", secret_data: "a", secret_data_wo: "b" },
      "",
      'Conflicting configuration arguments: "secret_data_wo": conflicts with secret_data',
    ],
    [
      "an unknown stack type in the second interface",
      "google_compute_instance",
      {
        ...INSTANCE,
        network_interface: [{ network: "default" }, { network: "default", stack_type: "IPV5" }],
      },
      "network_interface.1.stack_type",
      'expected network_interface.1.stack_type to be one of ["IPV4_ONLY" "IPV4_IPV6" "IPV6_ONLY"], got IPV5',
    ],
    [
      "a range that is none",
      "google_compute_subnetwork",
      subnetwork("s", "10.0.0.0"),
      "ip_cidr_range",
      '"ip_cidr_range" is not a valid IP CIDR range: invalid CIDR address: 10.0.0.0',
    ],
    [
      "metadata that is too long",
      "google_compute_instance",
      { ...INSTANCE, metadata: { a: "x".repeat(262_145) } },
      "metadata",
      'metadata value of "a" must not exceed 262144 bytes, got 262145',
    ],
    [
      "metadata that is too long together",
      "google_compute_instance",
      { ...INSTANCE, metadata: { a: "x".repeat(262_144), b: "x".repeat(262_144) } },
      "metadata",
      "metadata must stay below 524288 bytes in total, got 524290",
    ],
    [
      "an impossible metadata key",
      "google_compute_instance",
      { ...INSTANCE, metadata: { "a b": "" } },
      "metadata",
      'metadata key "a b" doesn\'t match regexp "^[a-zA-Z0-9-_]{1,127}$"',
    ],
    [
      "a secret of more than 64 KiB",
      "google_secret_manager_secret_version",
      { secret: "s", secret_data_wo: "x".repeat(65_537), secret_data_wo_version: 1 },
      "secret_data_wo",
      "the payload of a secret must not exceed 65536 bytes, got 65537",
    ],
    [
      "a minimum above the maximum",
      "google_compute_region_autoscaler",
      { ...AUTOSCALER, ...policy({ min_replicas: 3 }) },
      "autoscaling_policy.0.min_replicas",
      "Invalid value for field 'resource.autoscalingPolicy': min_replicas (3) must not exceed max_replicas (2)",
    ],
    [
      "a schedule of less than 5 minutes",
      "google_compute_region_autoscaler",
      {
        ...AUTOSCALER,
        ...policy({
          scaling_schedules: [
            { name: "s", schedule: "0 7 * * *", duration_sec: 299, min_required_replicas: 1 },
          ],
        }),
      },
      "autoscaling_policy.0.scaling_schedules",
      "expected autoscaling_policy.0.scaling_schedules.0.duration_sec to be at least (300), got 299",
    ],
    [
      "a CPU target above 1",
      "google_compute_region_autoscaler",
      { ...AUTOSCALER, ...policy({ cpu_utilization: [{ target: 55 }] }) },
      "autoscaling_policy.0.cpu_utilization.0.target",
      "expected autoscaling_policy.0.cpu_utilization.0.target to be above 0 and at most 1, got 55",
    ],
    [
      "a surge below the number of zones",
      "google_compute_region_instance_group_manager",
      {
        ...GROUP,
        update_policy: [
          { type: "OPPORTUNISTIC", minimal_action: "REPLACE", max_surge_fixed: 2, max_unavailable_fixed: 0 },
        ],
      },
      "update_policy",
      "Invalid value for field 'resource.updatePolicy': max_surge_fixed is 2; it must be either 0 or at least the number of zones (3)",
    ],
    [
      "an update that cannot move",
      "google_compute_region_instance_group_manager",
      {
        ...GROUP,
        update_policy: [
          { type: "OPPORTUNISTIC", minimal_action: "REPLACE", max_surge_fixed: 0, max_unavailable_fixed: 0 },
        ],
      },
      "update_policy",
      "max_surge_fixed and max_unavailable_fixed must not both be 0: nothing could ever be replaced",
    ],
    [
      "a member without its kind",
      "google_project_iam_member",
      { project: "p", role: "roles/viewer", member: "a@b.c" },
      "member",
      "invalid value for member (IAM members must have one of the values outlined here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding)",
    ],
    [
      "a zone without its dot",
      "google_dns_managed_zone",
      { name: "z", dns_name: "acme.example" },
      "dns_name",
      '"dns_name" ("acme.example") doesn\'t match regexp "^.+\\\\.$"',
    ],
    [
      "a condition without its kind",
      "google_monitoring_alert_policy",
      { display_name: "a", combiner: "OR", conditions: [{ display_name: "c" }] },
      "conditions.0",
      "a condition needs exactly one of condition_absent, condition_matched_log, condition_monitoring_query_language, condition_prometheus_query_language, condition_sql, condition_threshold, got none",
    ],
  ])("refuses %s", (_, type, given, path, summary) => {
    const found = cloud.validate(type, given);
    expect(found.map((one) => [one.path.join("."), one.summary])).toEqual([[path, summary]]);
  });

  it("passes a metric of kind DOUBLE", () => {
    const metric = { type: "custom.googleapis.com/jitsi/stress", metric_kind: "GAUGE", value_type: "DOUBLE" };
    expect(cloud.validate("google_monitoring_metric_descriptor", metric)).toEqual([]);
  });
});

describe("Google Cloud at plan", () => {
  it.each<[string, string, Arguments, string]>([
    [
      "an ingress rule without a source",
      "google_compute_firewall",
      { name: "f", network: "n", allow: [{ protocol: "tcp" }] },
      "one of source_tags, source_ranges, or source_service_accounts must be defined",
    ],
    [
      "an answer awaited longer than the next question",
      "google_compute_health_check",
      { name: "h", timeout_sec: 11, check_interval_sec: 10, http_health_check: [{ port: 8080 }] },
      "timeout_sec (11) must not be greater than check_interval_sec (10)",
    ],
  ])("refuses %s", (_, type, given, message) => {
    expect(() => cloud.plan(type, given)).toThrow(message);
  });

  const replacements: [string, string, Arguments, Arguments, string[]][] = [
    [
      "a smaller disk",
      "google_compute_disk",
      { name: "d", zone: "europe-west4-a", size: 50 },
      { size: 40 },
      ["size"],
    ],
    [
      "a larger disk",
      "google_compute_disk",
      { name: "d", zone: "europe-west4-a", size: 50 },
      { size: 60 },
      [],
    ],
    [
      "a smaller range",
      "google_compute_subnetwork",
      { name: "s", network: "default", ip_cidr_range: "10.0.0.0/20" },
      { ip_cidr_range: "10.0.0.0/21" },
      ["ip_cidr_range"],
    ],
    [
      "a wider range",
      "google_compute_subnetwork",
      { name: "s", network: "default", ip_cidr_range: "10.0.0.0/20" },
      { ip_cidr_range: "10.0.0.0/19" },
      [],
    ],
    ["another machine type", "google_compute_instance", INSTANCE, { machine_type: "n2-standard-8" }, []],
    [
      "another startup script",
      "google_compute_instance",
      INSTANCE,
      { metadata_startup_script: "x" },
      ["metadata_startup_script"],
    ],
    [
      "another boot image",
      "google_compute_instance",
      INSTANCE,
      { boot_disk: [{ initialize_params: [{ image: "projects/p/global/images/other" }] }] },
      ["boot_disk.0.initialize_params.0.image"],
    ],
    [
      "the same network said otherwise",
      "google_compute_instance",
      INSTANCE,
      { network_interface: [{ network: "projects/acme-prod/global/networks/default" }] },
      [],
    ],
    [
      "a label of a template",
      "google_compute_region_instance_template",
      {
        name: "t",
        machine_type: "n2-standard-4",
        disk: [{ source_image: "projects/p/global/images/i" }],
        labels: { a: "1" },
      },
      { labels: { a: "2" } },
      ["effective_labels"],
    ],
    ["a label of an instance", "google_compute_instance", INSTANCE, { labels: { a: "2" } }, []],
    [
      "another account id",
      "google_service_account",
      { account_id: "first-one" },
      { account_id: "second-one" },
      ["account_id"],
    ],
    [
      "another write-only version",
      "google_secret_manager_secret_version",
      { secret: "projects/other/secrets/s", secret_data_wo: "x", secret_data_wo_version: 1 },
      { secret_data_wo_version: 2 },
      ["secret_data_wo_version"],
    ],
    [
      "the region in capitals",
      "google_storage_bucket",
      { name: "acme-bucket", location: "europe-west4" },
      { location: "EUROPE-WEST4" },
      [],
    ],
  ];
  it.each(replacements)("asks for a new object, or not: %s", async (_, type, given, edit, expected) => {
    const state = await cloud.apply(type, given);
    const { replace } = cloud.plan(type, { ...given, ...edit }, state);
    expect(replace.map((path) => path.join("."))).toEqual(expected);
  });

  it("changes nothing when nothing was edited", async () => {
    for (const [, type, given] of replacements) {
      const local = new PretendedCloud();
      const state = await local.apply(type, given);
      expect({ type, planned: local.plan(type, given, state).planned }).toEqual({ type, planned: state });
      local.remove();
    }
  });

  it("knows the e-mail address of an account beforehand", () => {
    expect(cloud.plan("google_service_account", { account_id: "app-server" }).planned).toMatchObject({
      email: "app-server@acme-prod.iam.gserviceaccount.com",
      member: "serviceAccount:app-server@acme-prod.iam.gserviceaccount.com",
    });
  });

  it("adds the provider's labels and its own mark, the latter only where it was from the beginning", async () => {
    const labelled = new PretendedCloud({ project: "p", region: "r", default_labels: { owner: "acme" } });
    const given = { name: "a", labels: { role: "server" } };
    const state = await labelled.apply("google_compute_address", given);
    expect(state["effective_labels"]).toEqual({
      "goog-terraform-provisioned": "true",
      owner: "acme",
      role: "server",
    });
    const imported = { ...state, terraform_labels: {}, effective_labels: { foreign: "1" } };
    expect(labelled.plan("google_compute_address", given, imported).planned["effective_labels"]).toEqual({
      foreign: "1",
      owner: "acme",
      role: "server",
    });
    labelled.remove();
  });

  it("names what is missing when the provider has no region", async () => {
    const bare = new PretendedCloud({ project: "p" });
    await expect(bare.apply("google_compute_address", { name: "a" })).rejects.toThrow(
      "Cannot determine region: set it in this resource, or in the provider",
    );
    bare.remove();
  });
});

describe("Google Cloud at apply", () => {
  const network = (): Promise<Values> =>
    cloud.apply("google_compute_network", { name: "acme", auto_create_subnetworks: false });

  it("refuses a name that is taken", async () => {
    await network();
    await expect(network()).rejects.toThrow(
      "Error creating Network: googleapi: Error 409: The resource 'projects/acme-prod/global/networks/acme' already exists, alreadyExists",
    );
  });

  it("refuses what refers to nothing, by whatever name", async () => {
    const missing =
      "googleapi: Error 404: The resource 'projects/acme-prod/global/networks/acme' was not found";
    const links = ["acme", "global/networks/acme", "projects/acme-prod/global/networks/acme"];
    for (const link of [
      ...links,
      "https://www.googleapis.com/compute/v1/projects/acme-prod/global/networks/acme",
    ]) {
      const given = { ...subnetwork("s", "10.0.0.0/20"), network: link };
      await expect(cloud.apply("google_compute_subnetwork", given)).rejects.toThrow(missing);
    }
    await network();
    for (const [index, link] of links.entries()) {
      const given = { ...subnetwork(`s${index}`, `10.0.${index * 16}.0/20`), network: link };
      await expect(cloud.apply("google_compute_subnetwork", given)).resolves.toMatchObject({
        gateway_address: `10.0.${index * 16}.1`,
      });
    }
  });

  it("refuses ranges that overlap in one network", async () => {
    await network();
    await cloud.apply("google_compute_subnetwork", subnetwork("a", "10.0.0.0/20"));
    await expect(cloud.apply("google_compute_subnetwork", subnetwork("b", "10.0.8.0/21"))).rejects.toThrow(
      "Invalid IPCidrRange: 10.0.8.0/21 conflicts with existing subnetwork 'a' in region 'europe-west4'",
    );
  });

  it("refuses to delete what is in use, and deletes it afterwards", async () => {
    const acme = await network();
    const inside = await cloud.apply("google_compute_subnetwork", subnetwork("s", "10.0.0.0/20"));
    await expect(cloud.delete("google_compute_network", acme)).rejects.toThrow(
      "is already being used by 'projects/acme-prod/regions/europe-west4/subnetworks/s', resourceInUseByAnotherResource",
    );
    await cloud.delete("google_compute_subnetwork", inside);
    await cloud.delete("google_compute_network", acme);
    expect(cloud.read("google_compute_network", acme)).toBeNull();
  });

  it("refuses a disk and an address that another instance has", async () => {
    const { address } = await cloud.apply("google_compute_address", { name: "ip" });
    const disk = await cloud.apply("google_compute_disk", { name: "data", zone: "europe-west4-a", size: 10 });
    const nic = (nat_ip: unknown): unknown[] => [{ network: "default", access_config: [{ nat_ip }] }];
    await cloud.apply("google_compute_instance", {
      ...INSTANCE,
      attached_disk: [{ source: "data" }],
      network_interface: nic(address),
    });
    await expect(
      cloud.apply("google_compute_instance", {
        ...INSTANCE,
        name: "b",
        attached_disk: [{ source: disk["self_link"] }],
      }),
    ).rejects.toThrow(
      "The disk resource 'projects/acme-prod/zones/europe-west4-a/disks/data' is already being used by 'projects/acme-prod/zones/europe-west4-a/instances/abc'",
    );
    await expect(
      cloud.apply("google_compute_instance", { ...INSTANCE, name: "b", network_interface: nic(address) }),
    ).rejects.toThrow(`External IP address: '${String(address)}' is already in-use`);
    expect(cloud.read("google_compute_disk", disk)).toMatchObject({
      users: ["https://www.googleapis.com/compute/v1/projects/acme-prod/zones/europe-west4-a/instances/abc"],
    });
  });

  it("refuses to stop an instance unasked, and to delete a protected one", async () => {
    const state = await cloud.apply("google_compute_instance", { ...INSTANCE, deletion_protection: true });
    const larger = { ...INSTANCE, machine_type: "n2-standard-8", deletion_protection: true };
    await expect(cloud.apply("google_compute_instance", larger, state)).rejects.toThrow(
      "please set allow_stopping_for_update = true",
    );
    await expect(cloud.delete("google_compute_instance", state)).rejects.toThrow(
      "Cannot delete instance abc: instance Deletion Protection is enabled",
    );
    const changed = await cloud.apply(
      "google_compute_instance",
      { ...larger, deletion_protection: false, allow_stopping_for_update: true },
      state,
    );
    expect(changed).toMatchObject({ machine_type: "n2-standard-8", instance_id: state["instance_id"] });
    await cloud.delete("google_compute_instance", changed);
  });

  it("refuses a template that a group uses to go", async () => {
    const template = await cloud.apply("google_compute_region_instance_template", {
      name: "t",
      machine_type: "n2-standard-4",
      disk: [{ source_image: "projects/p/global/images/i" }],
    });
    await cloud.apply("google_compute_region_instance_group_manager", {
      ...GROUP,
      version: [{ instance_template: template["self_link"] }],
    });
    await expect(cloud.delete("google_compute_region_instance_template", template)).rejects.toThrow(
      "is already being used by",
    );
  });

  it("refuses records outside their zone, and a zone that still has some", async () => {
    const zone = await cloud.apply("google_dns_managed_zone", { name: "acme", dns_name: "acme.example." });
    const record = {
      managed_zone: "acme",
      name: "abc.acme.example.",
      type: "A",
      ttl: 300,
      rrdatas: ["192.0.2.1"],
    };
    await expect(
      cloud.apply("google_dns_record_set", { ...record, name: "abc.other.example." }),
    ).rejects.toThrow("is not in the zone 'acme.example.'");
    await expect(cloud.apply("google_dns_record_set", { ...record, rrdatas: ["300.0.0.1"] })).rejects.toThrow(
      "'300.0.0.1', invalid",
    );
    await cloud.apply("google_dns_record_set", record);
    await expect(cloud.delete("google_dns_managed_zone", zone)).rejects.toThrow("containerNotEmpty");
  });

  it("refuses labels in capitals", async () => {
    await expect(
      cloud.apply("google_compute_address", { name: "a", labels: { Owner: "x" } }),
    ).rejects.toThrow("Label Owner: x violates format constraints");
  });

  it("forgets what a write-only secret says", async () => {
    await cloud.apply("google_secret_manager_secret", { secret_id: "s", replication: [{ auto: [{}] }] });
    const given = {
      secret: "projects/acme-prod/secrets/s",
      secret_data_wo: "the-very-secret",
      secret_data_wo_version: 1,
    };
    const state = await cloud.apply("google_secret_manager_secret_version", given);
    expect(state).toMatchObject({ version: "1", secret_data_wo: null, secret_data: null });
    expect(
      JSON.stringify([state, cloud.store.list("google", "google_secret_manager_secret_version")]),
    ).not.toContain("the-very-secret");
    await expect(
      cloud.apply("google_secret_manager_secret_version", { ...given, secret_data_wo: null }),
    ).rejects.toThrow("Secret Payload cannot be empty");
  });

  it("takes health checks and named ports away from a group that gives them up", async () => {
    const type = "google_compute_region_instance_group_manager";
    const { id } = await cloud.apply("google_compute_health_check", {
      name: "alive",
      tcp_health_check: [{ port: 1 }],
    });
    const given = {
      auto_healing_policies: [{ health_check: id, initial_delay_sec: 60 }],
      named_port: [{ name: "https", port: 443 }],
    };
    const group = await cloud.apply(type, { ...GROUP, ...given });
    expect(cloud.plan(type, { ...GROUP, ...given }, group).planned).toMatchObject(given);
    expect(cloud.plan(type, GROUP, group)).toMatchObject({
      planned: { auto_healing_policies: [], named_port: [] },
      replace: [],
    });
  });

  it("keeps a group at the size that its autoscaler wants", async () => {
    const group = await cloud.apply("google_compute_region_instance_group_manager", GROUP);
    expect(group["target_size"]).toBe(0);
    await cloud.apply("google_compute_region_autoscaler", {
      name: "a",
      region: "europe-west4",
      target: group["id"],
      ...policy({ min_replicas: 2 }),
    });
    expect(cloud.read("google_compute_region_instance_group_manager", group)).toMatchObject({
      target_size: 2,
    });
  });
});
