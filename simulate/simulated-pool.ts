import { CPU_LOAD_THRESHOLD, PARTICIPANTS_PER_VCPU, participantsAtFullStress } from "../model/capacity";
import type { Fleet, GcpPool } from "../model/fleet";
import { machinePrice, type MachinePrice } from "../model/machine-price";
import { pricesOf } from "../model/prices/price-list";

/** A Google pool as a simulation sees it. */
export interface SimulatedPool {
  /** `<account>/<pool>`, as people name it. */
  readonly name: string;
  readonly settings: GcpPool;
  /** Participants that bring one bridge to stress 1. */
  readonly participantsPerBridge: number;
  /** Processor use of a bridge at stress 1. */
  readonly cpuAtFullStress: number;
  /** undefined where the table does not know the machine type or the region. */
  readonly price: MachinePrice | undefined;
}

/** @throws when the catalogue does not know the machine type, which a rule of the model refuses before. */
export function simulatedPool(pool: GcpPool, fleet: Pick<Fleet, "catalog" | "prices">): SimulatedPool {
  const size = fleet.catalog.gcpMachineTypes.get(pool.machineType);
  if (!size) {
    throw new Error(
      `pool ${pool.account}/${pool.id} has machine type ${pool.machineType}, which the catalogue does not know; ` +
        "run `fleet check`, or add the type to catalog.extra in accounts/defaults.yaml",
    );
  }
  const participantsPerBridge = participantsAtFullStress(size.vcpus, pool.bridge.load);
  return {
    name: `${pool.account}/${pool.id}`,
    settings: pool,
    participantsPerBridge,
    cpuAtFullStress: (participantsPerBridge / (PARTICIPANTS_PER_VCPU * size.vcpus)) * CPU_LOAD_THRESHOLD,
    price: machinePrice(pool.machineType, pool.region, pricesOf(fleet)),
  };
}
