import { checkAccountClouds } from "./check-account-clouds";
import { checkAlertDelivery } from "./check-alert-delivery";
import { checkBurst } from "./check-burst";
import { checkCatalogExtra } from "./check-catalog-extra";
import { checkCustomersHaveBridges } from "./check-customers-have-bridges";
import { checkGuests } from "./check-guests";
import { checkHostNameZones } from "./check-host-name-zones";
import { checkKeepers } from "./check-keepers";
import { checkLabels } from "./check-labels";
import { checkLinodeBridges } from "./check-linode-bridges";
import { checkLoadMeasurement } from "./check-load-measurement";
import { checkMachineMemory } from "./check-machine-memory";
import { checkMachineTypes } from "./check-machine-types";
import { checkNameLengths } from "./check-name-lengths";
import { checkNetworkRegions } from "./check-network-regions";
import { checkNetworks } from "./check-networks";
import { checkNetworksOfAccounts } from "./check-networks-of-accounts";
import { checkOneReleasePerMesh } from "./check-one-release-per-mesh";
import { checkOperatorAccess } from "./check-operator-access";
import { checkOwnCertificates } from "./check-own-certificates";
import { checkParticipantRegions } from "./check-participant-regions";
import { checkPlacementGroups } from "./check-placement-groups";
import { checkPoolRegions } from "./check-pool-regions";
import { checkPoolSizes } from "./check-pool-sizes";
import { checkPoolZones } from "./check-pool-zones";
import { checkPrices } from "./check-prices";
import { checkPullSecrets } from "./check-pull-secrets";
import { checkRegionGroups } from "./check-region-groups";
import { checkRehearsals } from "./check-rehearsals";
import { checkRetired } from "./check-retired";
import { checkSchedules } from "./check-schedules";
import { checkSelectionStrategy } from "./check-selection-strategy";
import { checkServedCustomers } from "./check-served-customers";
import { checkServerZones } from "./check-server-zones";
import { checkSharedProcessors } from "./check-shared-processors";
import { checkSubnetCapacity } from "./check-subnet-capacity";
import { checkTrialCertificates } from "./check-trial-certificates";
import { checkUniqueCloudNames } from "./check-unique-cloud-names";
import { checkUniqueCustomers } from "./check-unique-customers";
import { checkUniqueDomains } from "./check-unique-domains";
import { checkUniqueHostKeys } from "./check-unique-host-keys";
import { checkUniqueHostNames } from "./check-unique-host-names";
import { checkUniqueProjects } from "./check-unique-projects";
import { checkUniqueStacks } from "./check-unique-stacks";
import { checkUniqueStateBuckets } from "./check-unique-state-buckets";
import { checkUpgrades } from "./check-upgrades";
import { checkWaivers } from "./check-waivers";
import type { Rule } from "./rule";

export type { Broken, Rule } from "./rule";

/** Every rule that needs more than one file, or more than one field. Their order has no meaning. */
export const ALL_RULES: readonly Rule[] = [
  checkAccountClouds,
  checkAlertDelivery,
  checkBurst,
  checkCatalogExtra,
  checkCustomersHaveBridges,
  checkGuests,
  checkHostNameZones,
  checkKeepers,
  checkLabels,
  checkLinodeBridges,
  checkLoadMeasurement,
  checkMachineMemory,
  checkMachineTypes,
  checkNameLengths,
  checkNetworkRegions,
  checkNetworks,
  checkNetworksOfAccounts,
  checkOneReleasePerMesh,
  checkOperatorAccess,
  checkOwnCertificates,
  checkParticipantRegions,
  checkPlacementGroups,
  checkPoolRegions,
  checkPoolSizes,
  checkPoolZones,
  checkPrices,
  checkPullSecrets,
  checkRegionGroups,
  checkRehearsals,
  checkRetired,
  checkSchedules,
  checkSelectionStrategy,
  checkServedCustomers,
  checkServerZones,
  checkSharedProcessors,
  checkSubnetCapacity,
  checkTrialCertificates,
  checkUniqueCloudNames,
  checkUniqueCustomers,
  checkUniqueDomains,
  checkUniqueHostKeys,
  checkUniqueHostNames,
  checkUniqueProjects,
  checkUniqueStacks,
  checkUniqueStateBuckets,
  checkUpgrades,
  checkWaivers,
];
