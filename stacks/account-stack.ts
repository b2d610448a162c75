import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { buildArtifactsBucket } from "../modules/gcp/artifacts-bucket";
import { buildDnsZone } from "../modules/gcp/dns-zone";
import { buildKeeperOperators } from "../modules/gcp/keeper-operators";
import { buildKeeperProgram } from "../modules/gcp/keeper-program";
import { buildKeeperRole } from "../modules/gcp/keeper-role";
import { buildNetwork } from "../modules/gcp/network";
import { buildOperatorAccess } from "../modules/gcp/operator-access";
import { buildProjectServices } from "../modules/gcp/project-services";
import { buildStressMetric } from "../modules/gcp/stress-metric";
import type { Account } from "../model/fleet";
import { accountStackId } from "../model/names";
import type { KeeperProgram } from "./bundle-keeper";
import { googleSideOf } from "./fleet-index";
import { FleetStack } from "./fleet-stack";
import { labelsOf } from "./labels";
import { useGoogle } from "./use-providers";

export interface AccountStackProps {
  /** An account with a Google Cloud side; the Linode side has nothing that pools share. */
  readonly account: Account;
  readonly source: string;
  /** What keepers run; left out where no pool of the account has one. */
  readonly keeper?: KeeperProgram | undefined;
}

/** What is in each account's project, whoever uses it. */
const SERVICES = [
  "cloudresourcemanager",
  "compute",
  "iam",
  "iap",
  "logging",
  "monitoring",
  "oslogin",
  "secretmanager",
  "storage",
];

/** `account-<account>`: what the account's customers and pools on Google Cloud share. */
export class AccountStack extends FleetStack {
  constructor(scope: Construct, { account, source, keeper }: AccountStackProps) {
    super(scope, accountStackId(account), { account, source, allowDestroys: account.allowDestroys });
    const { project, network } = googleSideOf(account);
    const labels = labelsOf(account, {}, { role: "account" });
    const protect = !account.allowDestroys;

    useGoogle(this, project);
    const services = buildProjectServices(this, {
      project,
      services: account.dns ? [...SERVICES, "dns"] : SERVICES,
    });
    const dependsOn = [services];

    buildNetwork(this, { account: account.id, regions: network.regions, dependsOn });
    if (account.operators.iap.length > 0) {
      buildOperatorAccess(this, { project, operators: account.operators.iap, dependsOn });
    }
    const [location] = Object.keys(network.regions).sort();
    if (location !== undefined) {
      const keepers = keeper !== undefined;
      const bucket = buildArtifactsBucket(this, { project, location, labels, protect, keepers, dependsOn });
      if (keeper) this.buildKeepers(account, project, bucket, keeper, dependsOn);
    }
    buildStressMetric(this, dependsOn);
    if (account.dns?.createZone) {
      const { managedZone: name, domain } = account.dns;
      const zone = buildDnsZone(this, { name, domain, labels, protect, dependsOn });
      new TerraformOutput(this, "name-servers", {
        value: zone.nameServers,
        description: `Delegate ${domain} to these, where its parent domain is managed.`,
      });
    }
  }

  /** What all keepers of the account share. */
  private buildKeepers(
    { operators }: Account,
    project: string,
    bucket: StorageBucket,
    { text, sha256 }: KeeperProgram,
    dependsOn: ITerraformDependable[],
  ): void {
    const file = this.files.addDocument("keeper.mjs", text);
    buildKeeperProgram(this, { bucket, file, sha256 });
    buildKeeperRole(this, { project, dependsOn });
    if (operators.iap.length > 0) buildKeeperOperators(this, { project, bucket, operators: operators.iap });
  }
}
