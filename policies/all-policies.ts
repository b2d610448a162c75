import { checkAlarms } from "./check-alarms";
import { checkAutoscaling } from "./check-autoscaling";
import { checkBucketAccess } from "./check-bucket-access";
import { checkCertificateVerification } from "./check-certificate-verification";
import { checkDataSources } from "./check-data-sources";
import { checkDnsSigning } from "./check-dns-signing";
import { checkGrafanaAccess } from "./check-grafana-access";
import { checkIamGrants } from "./check-iam-grants";
import { checkImages } from "./check-images";
import { checkLabels } from "./check-labels";
import { checkLinodeFirewalls } from "./check-linode-firewalls";
import { checkLinodeReplacement } from "./check-linode-replacement";
import { checkMachineIdentity } from "./check-machine-identity";
import { checkMachineLogin } from "./check-machine-login";
import { checkMachineScheduling } from "./check-machine-scheduling";
import { checkModules } from "./check-modules";
import { checkNames } from "./check-names";
import { checkNetworkShape } from "./check-network-shape";
import { checkOpenPorts } from "./check-open-ports";
import { checkOtherStacks } from "./check-other-stacks";
import { checkPatientHealthChecks } from "./check-patient-health-checks";
import { checkProtection } from "./check-protection";
import { checkProviderSettings } from "./check-provider-settings";
import { checkProvisioners } from "./check-provisioners";
import { checkPublicMembers } from "./check-public-members";
import { checkRoles } from "./check-roles";
import { checkRuleTargets } from "./check-rule-targets";
import { checkSecretVersions } from "./check-secret-versions";
import { checkSecrets } from "./check-secrets";
import { checkShieldedMachines } from "./check-shielded-machines";
import { checkSnapshots } from "./check-snapshots";
import { checkStateBackend } from "./check-state-backend";
import type { Policy } from "./policy";

/** The pack, by id. */
export const ALL_POLICIES: readonly Policy[] = [
  checkAlarms,
  checkAutoscaling,
  checkBucketAccess,
  checkCertificateVerification,
  checkDataSources,
  checkDnsSigning,
  checkGrafanaAccess,
  checkIamGrants,
  checkImages,
  checkLabels,
  checkLinodeFirewalls,
  checkLinodeReplacement,
  checkMachineIdentity,
  checkMachineLogin,
  checkMachineScheduling,
  checkModules,
  checkNames,
  checkNetworkShape,
  checkOpenPorts,
  checkOtherStacks,
  checkPatientHealthChecks,
  checkProtection,
  checkProviderSettings,
  checkProvisioners,
  checkPublicMembers,
  checkRoles,
  checkRuleTargets,
  checkSecretVersions,
  checkSecrets,
  checkShieldedMachines,
  checkSnapshots,
  checkStateBackend,
];
