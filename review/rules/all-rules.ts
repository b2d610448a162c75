import type { TypeRule } from "../verdict";
import { AUTOSCALER_RULES } from "./autoscaler-rules";
import { GOOGLE_BRIDGE_RULES } from "./google-bridge-rules";
import { GRANT_RULES } from "./grant-rules";
import { LINODE_PUSH_RULES } from "./linode-push-rules";
import { LINODE_RULES } from "./linode-rules";
import { NETWORK_RULES } from "./network-rules";
import { SERVER_RULES } from "./server-rules";

/** What is known of each resource type that the stacks create. The table is closed: what is not in it is not harmless. */
export const RULES: Readonly<Record<string, TypeRule>> = {
  ...AUTOSCALER_RULES,
  ...GOOGLE_BRIDGE_RULES,
  ...GRANT_RULES,
  ...LINODE_PUSH_RULES,
  ...LINODE_RULES,
  ...NETWORK_RULES,
  ...SERVER_RULES,
};
