import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Account, GcpPool } from "../model/fleet";
import { bridgeImage, bridgePullSecret, tagOf } from "../model/images";
import {
  bridgeServiceAccountId,
  bridgesStackId,
  networkLink,
  serverServiceAccountId,
  serviceAccountEmail,
  subnetworkLink,
} from "../model/names";
import { buildBreweryAccess } from "../modules/gcp/brewery-access";
import { buildBridgeFirewall } from "../modules/gcp/bridge-firewall";
import { buildBridgeGroup } from "../modules/gcp/bridge-group";
import { buildBridgeSecretAccess } from "../modules/gcp/bridge-secret-access";
import { buildBridgeTemplate } from "../modules/gcp/bridge-template";
import { buildMachineIdentity } from "../modules/gcp/machine-identity";
import { buildPoolAlarms } from "../modules/gcp/pool-alarms";
import { buildSecretAccess } from "../modules/gcp/secret-access";
import type { MachineFiles } from "../render/machine-files";
import { googleSideOf } from "./fleet-index";
import { FleetStack } from "./fleet-stack";
import { googleMetadata } from "./google-metadata";
import { labelsOf } from "./labels";
import type { ServedServer } from "./served-server";
import { useGoogle } from "./use-providers";

export interface GcpBridgesStackProps {
  /** The pool's account; every customer that it serves is in it too. */
  readonly account: Account;
  readonly pool: GcpPool;
  /** Zones that the region has. */
  readonly zonesOfRegion: number;
  /** The pool's home first. */
  readonly served: readonly [ServedServer, ...ServedServer[]];
  readonly source: string;
  /** Rendered files of a bridge. */
  readonly files: MachineFiles;
  /** Rendered cloud-init of a bridge. */
  readonly cloudInit: string;
}

/** `bridges-<account>-<pool>` on Google Cloud: a group that grows with load, and its ways in and out. */
export class GcpBridgesStack extends FleetStack {
  constructor(scope: Construct, props: GcpBridgesStackProps) {
    const { account, pool, served, source } = props;
    super(scope, bridgesStackId(pool), { account, source, allowDestroys: false });
    const { project } = googleSideOf(account);
    const network = networkLink(project, account.id);
    const purpose = { role: "bridge", pool: pool.id } as const;
    const labels = labelsOf(account, pool.labels, purpose);
    const release = tagOf(bridgeImage(pool, served[0].customer));
    const accountId = bridgeServiceAccountId(pool);

    useGoogle(this, project);
    const identity = buildMachineIdentity(this, {
      project,
      accountId,
      displayName: `Bridges of pool ${pool.id}`,
      operators: account.operators.iap,
    });
    const secrets: ITerraformDependable[] = served.flatMap(({ customer }) =>
      buildBridgeSecretAccess(this, { project, pool, customer, reader: identity.member }),
    );
    const pullSecret = bridgePullSecret(served[0].customer);
    if (pullSecret !== undefined) {
      secrets.push(
        buildSecretAccess(this, "pull-secret-reader", {
          project,
          secret: pullSecret,
          reader: identity.member,
        }),
      );
    }

    const { metadata, fingerprint } = googleMetadata(this, "bridge", props.cloudInit, props.files);
    const template = buildBridgeTemplate(this, {
      pool,
      subnetwork: subnetworkLink(project, account.id, pool.region),
      serviceAccountEmail: serviceAccountEmail(accountId, project),
      metadata,
      metadataFingerprint: fingerprint,
      labels: labelsOf(account, pool.labels, { ...purpose, release }),
      diskLabels: labels,
      dependsOn: [identity],
    });
    buildBridgeGroup(this, { pool, zonesOfRegion: props.zonesOfRegion, template, dependsOn: secrets });

    const { email, alerts } = account.operators;
    buildPoolAlarms(this, { pool, email, labels, runbook: alerts?.runbook });

    buildBridgeFirewall(this, {
      pool,
      network,
      identity,
      homeServer: serviceAccountEmail(serverServiceAccountId(served[0].customer), project),
    });
    for (const server of served) {
      buildBreweryAccess(this, { ...server, pool, from: { serviceAccount: identity.email } });
    }
  }
}
