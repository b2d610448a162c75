import type { App } from "cdktf";
import type { Account, Customer, Fleet, GcpPool, LinodePool } from "../model/fleet";
import { hasKeeper, keptPools } from "../model/keeper-pools";
import { regionGroups } from "../model/mesh";
import { serverInternalHost } from "../model/names";
import { renderBridgeFiles } from "../render/bridge/bridge-files";
import { renderGcpBridgeCloudInit } from "../render/cloud-init/gcp-bridge-cloud-init";
import { renderLinodeBridgeCloudInit } from "../render/cloud-init/linode-bridge-cloud-init";
import { renderServerCloudInit } from "../render/cloud-init/server-cloud-init";
import { linodePrograms, withGooglePrograms, type Programs } from "../render/programs";
import { renderServerFiles } from "../render/server/server-files";
import type { KeeperInput } from "../render/machine-files";
import { deployAfter } from "../rollout/deploy-after";
import { AccountStack } from "./account-stack";
import { bundleKeeper } from "./bundle-keeper";
import { CustomerStack } from "./customer-stack";
import { FleetIndex, googleSideOf } from "./fleet-index";
import type { FleetStack } from "./fleet-stack";
import { GcpBridgesStack } from "./gcp-bridges-stack";
import { LinodeBridgesStack } from "./linode-bridges-stack";
import { mapNonEmpty } from "./map-non-empty";
import { type PlannedStack, planStacks } from "./planned-stack";
import { notInFleet } from "./programmer-errors";
import { readKeeperStarter, readPrograms } from "./read-programs";
import { RetiredStack } from "./retired-stack";
import { type ServedServer, servedServer } from "./served-server";

/**
 * Puts stacks of the fleet into the app. Here, and only here, the model meets texts and constructs.
 *
 * @param planned some stacks of the fleet; all of them when none are given
 */
export function buildApp(app: App, fleet: Fleet, planned: readonly PlannedStack[] = planStacks(fleet)): void {
  const builder = new StackBuilder(app, fleet);
  for (const stack of planned) builder.build(stack).deployAfter = deployAfter(stack, fleet);
}

/** Holds what many stacks share, each text rendered once. */
class StackBuilder {
  readonly index: FleetIndex;
  private readonly defaultRegionGroups: readonly (readonly string[])[];
  private readonly programs: Programs;
  /** Accounts with a pool that has a keeper. */
  private readonly withKeeper: ReadonlySet<string>;
  private readonly keeperStarter: string;
  private readonly cloudInit: {
    readonly server: string;
    readonly gcpBridge: string;
    readonly linodeBridge: string;
  };

  constructor(
    private readonly app: App,
    private readonly fleet: Fleet,
  ) {
    this.index = new FleetIndex(fleet);
    this.defaultRegionGroups = regionGroups(fleet.catalog, {});
    this.programs = readPrograms();
    this.withKeeper = new Set(fleet.pools.filter(hasKeeper).map(({ account }) => account));
    this.keeperStarter = readKeeperStarter();
    this.cloudInit = {
      server: renderServerCloudInit(this.programs),
      gcpBridge: renderGcpBridgeCloudInit(this.programs),
      linodeBridge: renderLinodeBridgeCloudInit(this.programs),
    };
  }

  build(stack: PlannedStack): FleetStack {
    switch (stack.kind) {
      case "account":
        return this.buildAccount(stack.account, stack.source);
      case "customer":
        return this.buildCustomer(stack.account, stack.customer, stack.source);
      case "pool":
        return stack.pool.cloud === "gcp"
          ? this.buildGcpPool(stack.account, stack.pool, stack.source)
          : this.buildLinodePool(stack.account, stack.pool, stack.source);
      case "retired":
        return new RetiredStack(this.app, stack);
    }
  }

  private buildAccount(account: Account, source: string): FleetStack {
    const keeper = this.withKeeper.has(account.id) ? bundleKeeper() : undefined;
    return new AccountStack(this.app, { account, source, keeper });
  }

  private buildCustomer(account: Account, customer: Customer, source: string): FleetStack {
    const groups = customer.regionGroups ?? this.defaultRegionGroups;
    return new CustomerStack(this.app, {
      account,
      customer,
      pools: this.index.poolsServing(customer),
      source,
      files: withGooglePrograms(
        "server",
        renderServerFiles({
          account,
          customer,
          pools: this.index.poolsServing(customer),
          knownPools: this.index.knownPools(customer),
          keeper: this.keeperOf(customer),
          regionGroups: groups,
          secretsProject: googleSideOf(account).project,
          ...known(this.fleet.catalog.gcpMachineTypes, customer.server.machineType),
        }),
        this.programs,
      ),
      cloudInit: this.cloudInit.server,
    });
  }

  private buildGcpPool(account: Account, pool: GcpPool, source: string): FleetStack {
    const { gcpRegions, gcpMachineTypes } = this.fleet.catalog;
    const served = this.servedBy(pool);
    return new GcpBridgesStack(this.app, {
      account,
      pool,
      zonesOfRegion: known(gcpRegions, pool.region).zones.length,
      served,
      source,
      files: withGooglePrograms(
        "bridge",
        renderBridgeFiles({
          account,
          pool,
          // In one network the server is reached by its internal name.
          served: mapNonEmpty(served, ({ customer, project }) => ({
            customer,
            server: serverInternalHost(customer, customer.server.zone, project),
          })),
          secretsProject: googleSideOf(account).project,
          ...known(gcpMachineTypes, pool.machineType),
        }),
        this.programs,
      ),
      cloudInit: this.cloudInit.gcpBridge,
    });
  }

  private buildLinodePool(account: Account, pool: LinodePool, source: string): FleetStack {
    const { linodeRegions, linodeTypes } = this.fleet.catalog;
    const served = this.servedBy(pool);
    return new LinodeBridgesStack(this.app, {
      account,
      pool,
      placementGroupLimit: known(linodeRegions, pool.region).placementGroupLimit,
      served,
      source,
      files: renderBridgeFiles({
        account,
        pool,
        served: mapNonEmpty(served, ({ customer }) => ({ customer, server: customer.hostname })),
        ...known(linodeTypes, pool.type),
      }),
      cloudInit: this.cloudInit.linodeBridge,
      programs: linodePrograms(this.programs),
    });
  }

  private keeperOf(customer: Customer): KeeperInput | undefined {
    const pools = keptPools(customer, this.index.poolsServing(customer));
    if (pools.length === 0) return undefined;
    return { pools, sha256: bundleKeeper().sha256, starter: this.keeperStarter };
  }

  private servedBy(pool: GcpPool | LinodePool): readonly [ServedServer, ...ServedServer[]] {
    return mapNonEmpty(this.index.servedBy(pool), (customer) =>
      servedServer(this.index.accountOf(customer), customer),
    );
  }
}

/** Looks up a name that the model's rules have held against the catalogue. */
function known<T>(names: ReadonlyMap<string, T>, name: string): T {
  const value = names.get(name);
  if (!value) throw notInFleet(`"${name}", which its catalogue should list,`);
  return value;
}
