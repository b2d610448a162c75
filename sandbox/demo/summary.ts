import { asBlocks, asText, asTexts } from "../protocol/value";
import { renderTable } from "./table";
import type { Value, Values } from "../protocol/value";
import type { DeployedObject } from "./deployed-objects";

/** What exists after a deploy: stacks, machines, and what may reach them. */
export function renderSummary(stacks: readonly string[], objects: readonly DeployedObject[]): string {
  const counts = stacks.map((stack) => [
    stack,
    String(objects.filter((object) => object.stack === stack).length),
  ]);
  return [
    section("Stacks", renderTable(["stack", "objects"], counts)),
    section(
      "Machines",
      renderTable(["machine", "cloud", "where", "type", "address", "name"], machines(objects)),
    ),
    section("Who may connect", renderTable(["rule", "ports", "from"], rules(objects))),
  ].join("\n\n");
}

const section = (title: string, table: string): string => `${title}\n${table}`;

function machines(objects: readonly DeployedObject[]): string[][] {
  const names = new Map<string, string>();
  for (const record of of(objects, "google_dns_record_set")) {
    for (const address of asTexts(record["rrdatas"]))
      names.set(address, text(record["name"]).replace(/\.$/, ""));
  }
  const nameOf = (address: string): string => names.get(address) ?? "";
  const rows = [
    ...of(objects, "google_compute_instance").map((instance) => {
      const [nic] = asBlocks(instance["network_interface"]);
      const address = text(asBlocks(nic?.["access_config"])[0]?.["nat_ip"]);
      return [
        text(instance["name"]),
        "Google Cloud",
        text(instance["zone"]),
        text(instance["machine_type"]),
        address,
        nameOf(address),
      ];
    }),
    ...of(objects, "google_compute_region_instance_group_manager").map((group) => groupRow(group, objects)),
    ...of(objects, "linode_instance").map((linode) => {
      const address = asTexts(linode["ipv4"])[0] ?? "";
      return [
        text(linode["label"]),
        "Linode",
        text(linode["region"]),
        text(linode["type"]),
        address,
        nameOf(address),
      ];
    }),
  ];
  return rows.sort(([a], [b]) => (a! < b! ? -1 : 1));
}

/** Instances of a group come and go: their number has limits, their addresses are not known beforehand. */
function groupRow(group: Values, objects: readonly DeployedObject[]): string[] {
  const [version] = asBlocks(group["version"]);
  const template = of(objects, "google_compute_region_instance_template").find(
    ({ self_link: link }) => link === version?.["instance_template"],
  );
  const autoscaler = of(objects, "google_compute_region_autoscaler").find(
    ({ target }) => target === group["id"],
  );
  const [policy] = asBlocks(autoscaler?.["autoscaling_policy"]);
  const size = policy ? ` (${text(policy["min_replicas"])} to ${text(policy["max_replicas"])})` : "";
  const name = `${text(group["base_instance_name"])}-*${size}`;
  return [
    name,
    "Google Cloud",
    text(group["region"]),
    text(template?.["machine_type"]),
    "chosen at boot",
    "",
  ];
}

function rules(objects: readonly DeployedObject[]): string[][] {
  const google = of(objects, "google_compute_firewall")
    .filter(({ direction }) => direction === "INGRESS")
    .map((rule) => [
      text(rule["name"]),
      asBlocks(rule["allow"])
        .map((allow) => ports(allow["protocol"], asTexts(allow["ports"]).join(",")))
        .join(", "),
      origin([
        ...asTexts(rule["source_ranges"]),
        ...asTexts(rule["source_service_accounts"]),
        ...asTexts(rule["source_tags"]),
      ]),
    ]);
  const linode = of(objects, "linode_firewall").flatMap((firewall) =>
    asBlocks(firewall["inbound"]).map((rule) => [
      `${text(firewall["label"])} ${text(rule["label"])}`,
      ports(rule["protocol"], text(rule["ports"])),
      origin([...asTexts(rule["ipv4"]), ...asTexts(rule["ipv6"])]),
    ]),
  );
  return [...google, ...linode];
}

const ports = (protocol: Value | undefined, numbers: string): string =>
  `${text(protocol).toLowerCase()} ${numbers}`.trim();

function origin(sources: readonly string[]): string {
  if (sources.includes("0.0.0.0/0")) return "anywhere";
  return sources.map((source) => source.replace(/\.iam\.gserviceaccount\.com$/, "")).join(", ");
}

const of = (objects: readonly DeployedObject[], type: string): Values[] =>
  objects.filter((object) => object.type === type).map(({ attributes }) => attributes);

const text = (value: Value | undefined): string =>
  asText(value) ?? (typeof value === "number" ? String(value) : "");
