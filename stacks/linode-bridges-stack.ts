import { bridgeSecrets, mapSecrets } from "../model/bridge-secrets";
import { Fn, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Account, Customer, LinodePool } from "../model/fleet";
import {
  bridgesStackId,
  linodeHostname,
  linodePoolLabel,
  secretsVersionVariable,
  secretVariable,
} from "../model/names";
import { buildAddressRecord } from "../modules/gcp/address-record";
import { buildBreweryAccess } from "../modules/gcp/brewery-access";
import { buildLinodeBridgeFirewall } from "../modules/linode/bridge-firewall";
import { buildLinodeBridges } from "../modules/linode/bridges";
import { buildDrainBeforeDestroy } from "../modules/linode/drain-before-destroy";
import { buildPlacementGroups } from "../modules/linode/placement-groups";
import { buildLinodePushes } from "../modules/linode/pushes";
import { buildReverseName } from "../modules/linode/reverse-name";
import { declareSshAccess } from "../modules/linode/ssh-access";
import type { MachineFiles } from "../render/machine-files";
import { googleSideOf } from "./fleet-index";
import { FleetStack } from "./fleet-stack";
import { labelsOf, tagsOf } from "./labels";
import { linodeUserData } from "./linode-user-data";
import type { ServedServer } from "./served-server";
import { useGoogle, useLinode } from "./use-providers";

export interface LinodeBridgesStackProps {
  readonly account: Account;
  readonly pool: LinodePool;
  /** Linodes that one placement group of the region takes. */
  readonly placementGroupLimit: number;
  /** The pool's home first; customers of other accounts are welcome. */
  readonly served: readonly [ServedServer, ...ServedServer[]];
  readonly source: string;
  /** Rendered files of a bridge. */
  readonly files: MachineFiles;
  /** Rendered cloud-init of a bridge. */
  readonly cloudInit: string;
  /** Programs that a push brings, `fleet-push` among them: further files of the machine. */
  readonly programs: MachineFiles;
}

/** `bridges-<account>-<pool>` on Linode: a fixed number of machines, their names, and their way to the servers. */
export class LinodeBridgesStack extends FleetStack {
  constructor(scope: Construct, props: LinodeBridgesStackProps) {
    const { account, pool, served, source } = props;
    super(scope, bridgesStackId(pool), { account, source, allowDestroys: false });
    const tags = tagsOf(labelsOf(account, pool.labels, { role: "bridge", pool: pool.id }));
    const label = linodePoolLabel(pool);

    useLinode(this);
    useGoogle(this, account.gcp?.project);

    const bridges = buildLinodeBridges(this, {
      pool,
      firewall: buildLinodeBridgeFirewall(this, { label, tags, sshFrom: account.operators.sshFrom }),
      groupOf:
        pool.placement === "none"
          ? undefined
          : buildPlacementGroups(this, {
              pool,
              policy: pool.placement,
              limit: props.placementGroupLimit,
            }),
      authorizedKeys: Object.values(account.operators.sshKeys).sort(),
      userData: linodeUserData(this, props.cloudInit, props.files),
      tags,
    });

    if (account.dns) {
      const { managedZone, domain } = account.dns;
      const { project } = googleSideOf(account);
      for (const { number, address } of bridges) {
        const host = linodeHostname(pool, number, domain);
        const id = `bridge-${number}`;
        const record = buildAddressRecord(this, `${id}-record`, { project, managedZone, host, address });
        buildReverseName(this, `${id}-name`, { address, host, record });
      }
    }

    const addresses = bridges.map(({ address }) => `${address}/32`);
    const access = served.map((server) => buildBreweryAccess(this, { ...server, pool, from: { addresses } }));
    const ssh = declareSshAccess(this, account.operators.bastion);
    const { drainDeadlineMinutes } = pool;
    const again = whatToRepeat(this.node.id);
    buildDrainBeforeDestroy(this, { bridges, ssh, drainDeadlineMinutes, again: again.leave });
    buildLinodePushes(this, {
      bridges,
      ssh,
      files: "local.machine_files",
      programs: this.programExpressions(props.programs),
      ...pushedSecrets(
        pool,
        served.map(({ customer }) => customer),
      ),
      secretsCommand: `eval "$(npx fleet secrets env ${this.node.id})"`,
      again: again.push,
      drainDeadlineMinutes,
      after: access,
    });
    new TerraformOutput(this, "bridge-addresses", {
      value: bridges.map(({ address }) => address),
      description: "Public addresses of the bridges, by number from 1.",
    });
  }

  private programExpressions(programs: MachineFiles): Record<string, string> {
    const places = this.files.addRole("programs", programs);
    return Object.fromEntries([...places].map(([path, place]) => [path, Fn.file(place)]));
  }
}

/**
 * What a person runs after a failure, whichever program has deployed: `fleet deploy` fetches the secrets, and takes no
 * names while a rollout of its own is unfinished. Machines go in a deploy or in a destroy.
 */
const whatToRepeat = (id: string) => ({
  push: `run: npx fleet deploy ${id}, or npx fleet deploy --resume to go on with a fleet deploy`,
  leave:
    `run: npx fleet deploy ${id} --allow-destroys, npx fleet deploy --resume --allow-destroys to go on with a fleet ` +
    "deploy, or the same destroy",
});

/** The variables that bring the secrets of a bridge, by env file, and a text that changes with every rotation. */
function pushedSecrets(pool: LinodePool, served: readonly Customer[]) {
  // The variable has one name, whichever account's turn it is (`fleet secrets env`).
  const variables = mapSecrets(bridgeSecrets(pool, served), ({ customer, name }) => ({
    customer: customer.id,
    variable: secretVariable(customer, name),
    versionVariable: secretsVersionVariable(customer),
  }));
  return {
    secrets: Object.fromEntries(
      Object.entries(variables).map(([service, named]) => [`${service}.env`, named]),
    ),
    secretsVersion: served.map(({ id, secretsVersion }) => `${id}=${secretsVersion}`).join(" "),
  };
}
