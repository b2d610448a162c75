import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { regionOfZone } from "../model/catalog";
import type { Account, Customer, Pool } from "../model/fleet";
import { keptPools } from "../model/keeper-pools";
import { customerStackId, networkLink, serverServiceAccountId, subnetworkLink } from "../model/names";
import { buildAddressRecord } from "../modules/gcp/address-record";
import { buildAppServer } from "../modules/gcp/app-server";
import { buildCustomerSecrets } from "../modules/gcp/customer-secrets";
import { buildDataDisk } from "../modules/gcp/data-disk";
import { buildKeeperAccess } from "../modules/gcp/keeper-access";
import { buildMachineIdentity } from "../modules/gcp/machine-identity";
import { buildSecretAccess } from "../modules/gcp/secret-access";
import { buildServerAddress } from "../modules/gcp/server-address";
import { buildServerAlarms } from "../modules/gcp/server-alarms";
import { buildServerFirewall } from "../modules/gcp/server-firewall";
import type { MachineFiles } from "../render/machine-files";
import { googleSideOf } from "./fleet-index";
import { FleetStack } from "./fleet-stack";
import { googleMetadata } from "./google-metadata";
import { labelsOf } from "./labels";
import { useGoogle, useRandom } from "./use-providers";

export interface CustomerStackProps {
  /** The customer's account; it has a Google Cloud side. */
  readonly account: Account;
  readonly customer: Customer;
  /** The pools that serve the customer, of other accounts too. */
  readonly pools: readonly Pool[];
  readonly source: string;
  /** Rendered files of the server. */
  readonly files: MachineFiles;
  /** Rendered cloud-init of the server. */
  readonly cloudInit: string;
}

/** `customer-<id>`: everything of one customer but the bridges. */
export class CustomerStack extends FleetStack {
  constructor(scope: Construct, { account, customer, pools, source, files, cloudInit }: CustomerStackProps) {
    const { allowDestroys } = customer;
    super(scope, customerStackId(customer), { account, source, allowDestroys });
    const { project } = googleSideOf(account);
    const region = regionOfZone(customer.server.zone);
    const labels = labelsOf(account, customer.labels, { role: "server", customer: customer.id });
    const protect = !allowDestroys;

    useGoogle(this, project);
    useRandom(this);

    const identity = buildMachineIdentity(this, {
      project,
      accountId: serverServiceAccountId(customer),
      displayName: `App server of ${customer.id}`,
      operators: account.operators.iap,
    });
    const secrets = buildCustomerSecrets(this, { customer, pools, reader: identity.member, labels, protect });
    const { pullSecret } = customer.images;
    if (pullSecret !== undefined) {
      secrets.push(
        buildSecretAccess(this, "pull-secret-reader", {
          project,
          secret: pullSecret,
          reader: identity.member,
        }),
      );
    }
    if (customer.certificate) {
      const { secret } = customer.certificate;
      secrets.push(
        buildSecretAccess(this, "certificate-reader", { project, secret, reader: identity.member }),
      );
    }

    const kept = keptPools(customer, pools);
    if (kept.length > 0) buildKeeperAccess(this, { project, pools: kept, server: identity.member });

    const { smtp, webhook } = account.operators.alerts ?? {};
    if (smtp?.passwordSecret !== undefined) {
      const { passwordSecret: secret } = smtp;
      secrets.push(
        buildSecretAccess(this, "smtp-password-reader", { project, secret, reader: identity.member }),
      );
    }
    if (webhook) {
      const { secret } = webhook;
      secrets.push(buildSecretAccess(this, "webhook-reader", { project, secret, reader: identity.member }));
    }

    const address = buildServerAddress(this, { customer, region, labels, protect });
    if (account.dns && isWithin(customer.hostname, account.dns.domain)) {
      buildAddressRecord(this, "address-record", {
        project,
        managedZone: account.dns.managedZone,
        host: customer.hostname,
        address: address.address,
      });
    }

    new TerraformOutput(this, "server-address", {
      value: address.address,
      description: `Where ${customer.hostname} must lead.`,
    });

    const { metadata } = googleMetadata(this, "server", cloudInit, files);
    const server = buildAppServer(this, {
      customer,
      subnetwork: subnetworkLink(project, account.id, region),
      address,
      dataDisk: buildDataDisk(this, { customer, region, labels, protect }),
      identity,
      metadata,
      labels,
      protect,
      dependsOn: secrets,
    });
    buildServerFirewall(this, {
      customer: customer.id,
      network: networkLink(project, account.id),
      identity,
      media: customer.bridgeOnServer,
    });
    const { operators, rehearsal } = account;
    buildServerAlarms(this, { project, customer, rehearsal, server, operators, labels });
  }
}

/** A host name of another domain is published by whoever owns that domain. */
const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
