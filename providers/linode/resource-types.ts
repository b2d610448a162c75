/**
 * The resource types of linode/linode that a fleet could use: the only ones that the committed schema, and so
 * the bindings, hold. To use another one, add it here and run `refresh-schema` (see README.md).
 */
export const resourceTypes: readonly string[] = [
  "linode_domain",
  "linode_domain_record",
  "linode_firewall",
  "linode_firewall_device",
  "linode_instance",
  "linode_lock",
  "linode_networking_ip",
  "linode_object_storage_bucket",
  "linode_object_storage_key",
  "linode_placement_group",
  "linode_placement_group_assignment",
  "linode_rdns",
  "linode_reserved_ip_assignment",
  "linode_sshkey",
  "linode_volume",
  "linode_vpc",
  "linode_vpc_subnet",
];
