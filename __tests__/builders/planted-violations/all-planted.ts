import type { PolicyId } from "../../../model/policy-ids";
import { AVAILABILITY_VIOLATIONS } from "./availability-violations";
import { MACHINE_VIOLATIONS } from "./machine-violations";
import { NETWORK_VIOLATIONS } from "./network-violations";
import { RIGHTS_VIOLATIONS } from "./rights-violations";
import { SECRET_VIOLATIONS } from "./secret-violations";
import { TERRAFORM_VIOLATIONS } from "./terraform-violations";
import type { PlantedStack } from "./planted-stack";

/** Of each policy what it finds, and its mended neighbours. */
export const PLANTED: Readonly<Record<PolicyId, readonly PlantedStack[]>> = {
  ...AVAILABILITY_VIOLATIONS,
  ...MACHINE_VIOLATIONS,
  ...NETWORK_VIOLATIONS,
  ...RIGHTS_VIOLATIONS,
  ...SECRET_VIOLATIONS,
  ...TERRAFORM_VIOLATIONS,
};
