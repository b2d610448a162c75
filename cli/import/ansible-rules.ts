import { asLinodeRegion, asLinodeType, asServerForLinode } from "./cloud-conversions";
import {
  asBridgesOfCluster,
  asDomainWithSubdomain,
  asHostName,
  asId,
  asLabels,
  asNumberOfEntries,
  asSshKeys,
  asText,
  asWhole,
} from "./conversions";
import type { Convert, Rule } from "./rule";

const asBridges: Convert = asWhole(1, 100, "bridges");

/** By which variable the number of bridges is said decides how it is read. */
const asSize =
  (convert: Convert) =>
  (names: readonly string[], note: string): Rule => ({ names, owner: "pool", field: "size", convert, note });

/**
 * Variables of the Ansible playbooks that deploy Jitsi with bridges on Linode: the guide's ("Manually Deploy a Jitsi
 * Cluster") and the Marketplace's. Rules that fill the same field stand in the order in which they count.
 */
export const ANSIBLE_RULES: readonly Rule[] = [
  { names: ["jvb_prefix"], owner: "pool", field: "id", convert: asId, note: "the name of the pool's file" },
  {
    names: ["region"],
    owner: "pool",
    field: "region",
    convert: asLinodeRegion,
    note: "names of old regions become today's",
  },
  {
    names: ["jvb_type"],
    owner: "pool",
    field: "type",
    convert: asLinodeType,
    note: "old types become today's of that size",
  },
  asSize(asBridges)(["jvb_cluster_size", "jvb_count"], "number of bridges"),
  asSize(asBridgesOfCluster)(["cluster_size"], "all Linodes less those of jitsi_count"),
  asSize(asBridges)(["original_jvb_cluster_size"], "where no other variable says it"),
  asSize(asBridges)(["[jvb_servers]"], "hosts of the inventory, where no variable says it"),
  asSize(asNumberOfEntries)(
    ["jitsi_data"],
    "bridges written down by the playbook, where nothing else says it",
  ),
  {
    names: ["domain"],
    owner: "customer",
    field: "hostname",
    convert: asDomainWithSubdomain,
    note: "`<subdomain>.<domain>`",
  },
  {
    names: ["default_dns"],
    owner: "customer",
    field: "hostname",
    convert: asHostName,
    note: "where there is no domain; not the name of a Linode's address",
  },
  {
    names: ["jitsi_type"],
    owner: "customer",
    field: "server.machineType",
    convert: asServerForLinode,
    note: "servers run on Google Cloud: a machine with as many processors",
  },
  { names: ["soa_email_address"], owner: "account", field: "operators.email", convert: asText },
  {
    names: ["ssh_keys"],
    owner: "account",
    field: "operators.sshKeys",
    convert: asSshKeys,
    note: "by person, from the comment of each key",
  },
  {
    names: ["linode_tags", "tags"],
    owner: "account",
    field: "labels",
    convert: asLabels,
    note: "pairs such as owner:acme",
  },

  { names: ["subdomain"], dropped: "part of hostname, together with domain" },
  { names: ["jitsi_cluster_size", "jitsi_count"], dropped: "a customer has one server" },
  { names: ["[jitsi_servers]"], dropped: "a customer has one server, made anew on Google Cloud" },
  { names: ["jitsi_prefix", "uuid"], dropped: "names are made from the ids of account, customer and pool" },
  { names: ["image"], dropped: "the image of the machines is in model/versions.ts" },
  { names: ["group"], dropped: "Linode's groups are past; labels are tags there" },
  {
    names: ["sudo_username", "username"],
    dropped: "nobody has a password on the machines; operators.sshKeys may log in",
  },
  {
    names: ["disable_root", "add_ssh_keys", "add_keys_prompt"],
    dropped: "how people log in is the same on every machine: by key",
  },
  {
    names: ["root_password", "root_pass", "sudo_password", "password"],
    dropped: "passwords are drawn by Terraform into Secret Manager",
    secret: true,
  },
  {
    names: ["api_token", "token_password", "linode_token"],
    dropped: "the token comes from LINODE_TOKEN, never from a file",
    secret: true,
  },
  { names: ["mode", "debug"], dropped: "a switch of the playbook; trials have acme: staging" },
  {
    names: ["ansible_*"],
    dropped: "how Ansible reaches machines; Terraform pushes files to Linodes by operators.sshKeys",
  },
];
