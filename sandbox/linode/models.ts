import { firewallModels } from "./firewall";
import { instance } from "./instance";
import { networkModels } from "./network";
import { placementGroupModels } from "./placement-group";
import { storageAndAccessModels } from "./storage-and-access";
import type { LinodeModel } from "./linode-cloud";

/** What is particular to Linode's resource types; a type without an entry follows schema and table alone. */
export const linodeModels: Readonly<Record<string, LinodeModel>> = {
  ...firewallModels,
  ...networkModels,
  ...placementGroupModels,
  ...storageAndAccessModels,
  linode_instance: instance,
};
