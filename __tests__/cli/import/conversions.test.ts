import {
  asGcpMachineType,
  asGcpRegion,
  asGcpZone,
  asLinodeRegion,
  asLinodeType,
  asRange,
  asServerForLinode,
} from "../../../cli/import/cloud-conversions";
import {
  asBridgesOfCluster,
  asDomainWithSubdomain,
  asHostName,
  asId,
  asLabels,
  asShare,
  asSshKeys,
  asWhole,
} from "../../../cli/import/conversions";
import type { Convert } from "../../../cli/import/rule";
import type { Plain } from "../../../cli/import/variable";
import { buildCatalog } from "../../../model/catalog";

const catalog = buildCatalog();

/** The value; `why` behind it where it is another one; or why there is none. */
function convert(conversion: Convert, value: Plain, others: Readonly<Record<string, Plain>> = {}): unknown {
  const converted = conversion(value, { catalog, lookUp: (name) => others[name], longestPoolId: 20 });
  if ("refused" in converted) return `refused: ${converted.refused}`;
  return converted.why === undefined ? converted.value : [converted.value, converted.why];
}

describe("conversions", () => {
  const whole = asWhole(1, 1000, "bridges");
  it.each<[Plain, unknown]>([
    [3, 3],
    ["12", 12],
    [0, [1, "allowed: 1 to 1000 bridges"]],
    [1e9, [1000, "allowed: 1 to 1000 bridges"]],
    ["many", "refused: allowed: a number"],
    [true, "refused: allowed: a number"],
    [[3], "refused: allowed: a number"],
    ["Infinity", "refused: allowed: a number"],
  ])("brings %j to a whole number", (value, expected) => expect(convert(whole, value)).toEqual(expected));

  it.each<[Plain, unknown]>([
    [0.5, 0.5],
    [60, [0.6, "written as a share, not as percent"]],
    [0.01, [0.1, "allowed: 0.1 to 0.9"]],
    [-1, "refused: allowed: a number"],
  ])("brings %j to a share", (value, expected) =>
    expect(convert(asShare(0.1, 0.9), value)).toEqual(expected),
  );

  it.each<[Plain, unknown]>([
    ["meet.acme.example", "meet.acme.example"],
    [
      "https://Meet.acme.example/",
      ["meet.acme.example", "a host name in lower case, without a dot at the end"],
    ],
    [
      "203-0-113-1.ip.linodeusercontent.com",
      "refused: the name of the old machine's address, which ends with that machine",
    ],
  ])("reads %j as a host name", (value, expected) => expect(convert(asHostName, value)).toEqual(expected));

  it("puts the subdomain before the domain", () => {
    expect(convert(asDomainWithSubdomain, "acme.example")).toBe("acme.example");
    expect(convert(asDomainWithSubdomain, "acme.example", { subdomain: "Meet" })).toEqual([
      "meet.acme.example",
      "subdomain and domain are one host name",
    ]);
  });

  it("counts the bridges of a cluster without its servers", () => {
    expect(convert(asBridgesOfCluster, 5)).toEqual([4, "5 Linodes, of which 1 is the server"]);
    expect(convert(asBridgesOfCluster, 7, { jitsi_count: 2 })).toEqual([
      5,
      "7 Linodes, of which 2 is the server",
    ]);
  });

  const key = `ssh-ed25519 ${"A".repeat(68)}`;
  it.each<[string, Plain, unknown]>([
    [
      "a list",
      [`${key} ops@acme.example`, `${key} ops@globex.example`],
      { ops: `${key} ops@acme.example`, "ops-2": `${key} ops@globex.example` },
    ],
    ["a list of types", [{ "ssh-ed25519": `${"A".repeat(68)} Ops Team` }], { "ops-team": `${key} Ops Team` }],
    ["one text", key, { key }],
    [
      "other texts, too",
      [key, "-----BEGIN PRIVATE KEY-----"],
      [{ key }, "1 of them left out: no public key in OpenSSH format"],
    ],
    ["no key at all", "hunter2", "refused: allowed: public keys in OpenSSH format"],
  ])("reads public keys from %s", (_, value, expected) =>
    expect(convert(asSshKeys, value)).toEqual(expected),
  );

  it("takes pairs as labels, and nothing that may be a secret", () => {
    expect(convert(asLabels, ["owner:acme", "prod", "db_password:x", `a:${"0".repeat(40)}`])).toEqual([
      { owner: "acme" },
      "3 left out: labels are pairs such as owner:acme",
    ]);
    expect(convert(asLabels, { team: "Ops" })).toEqual({ team: "ops" });
  });
});

describe("asId", () => {
  it.each<[Plain, unknown]>([
    ["jvb", "jvb"],
    ["poc3-jvb.acme", ["poc3-jvb-acme", "ids have at most 20 lower-case letters, digits and single hyphens"]],
    ["a".repeat(30), ["a".repeat(20), expect.any(String)]],
    ["7", "refused: allowed: a name with two letters at least"],
  ])("makes of %j: %j", (value, expected) => expect(convert(asId, value)).toEqual(expected));
});

describe("cloud conversions", () => {
  it.each<[string, Convert, Plain, unknown]>([
    ["a known type", asGcpMachineType, "c2d-standard-8", "c2d-standard-8"],
    ["a link to a type", asGcpMachineType, "zones/x/machineTypes/e2-standard-4", "e2-standard-4"],
    ["a share of a processor", asGcpMachineType, "f1-micro", ["n2-standard-2", expect.any(String)]],
    ["a type made to measure", asGcpMachineType, "n1-custom-6-40960", ["n2-standard-16", expect.any(String)]],
    ["a typing error", asGcpMachineType, "n2-standrd-8", ["n2-standard-8", expect.any(String)]],
    [
      "no type",
      asGcpMachineType,
      "espresso",
      "refused: Google Cloud has no such machine type, and none like it",
    ],
    ["an old Linode type", asLinodeType, "g5-standard-2", ["g6-standard-2", "the type of that size today"]],
    ["a Linode type that is gone", asLinodeType, "g6-highmem-8", ["g6-dedicated-8", expect.any(String)]],
    ["a Linode as server", asServerForLinode, "g6-dedicated-8", ["n2-standard-8", expect.any(String)]],
    ["a small Linode as server", asServerForLinode, "g6-nanode-1", ["n2-standard-2", expect.any(String)]],
    ["an old region of Linode", asLinodeRegion, "us-east-1a", ["us-east", "the name of that region today"]],
    ["a region of Linode", asLinodeRegion, "nl-ams", "nl-ams"],
    ["a zone for a region", asGcpRegion, "europe-west4-c", ["europe-west4", "the region of that zone"]],
    ["no region", asGcpRegion, "mars", expect.stringMatching(/^refused: Google Cloud has no such region/)],
    ["a zone that is not there", asGcpZone, "europe-west4-q", ["europe-west4-a", expect.any(String)]],
    ["a range within its network", asRange, "10.20.1.7/20", ["10.20.0.0/20", "where that network begins"]],
    ["a public range", asRange, "203.0.113.0/24", "refused: allowed: a private network from /8 to /29"],
    [
      "a range of the machines' own",
      asRange,
      "172.17.0.0/20",
      expect.stringMatching(/^refused: machines use/),
    ],
  ])("reads %s", (_, conversion, value, expected) => expect(convert(conversion, value)).toEqual(expected));
});
