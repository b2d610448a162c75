import type { Catalog, MachineSize } from "../catalog";
import type { Pool } from "../fleet";

export interface BridgeMachine {
  readonly type: string;
  /** The field of the pool's file that says so. */
  readonly field: "machineType" | "type";
  /** Undefined when the catalogue does not know the type, which a rule refuses. */
  readonly size: MachineSize | undefined;
}

/** The machine that a pool's bridges run on, whatever the cloud. */
export const bridgeMachine = (pool: Pool, catalog: Catalog): BridgeMachine =>
  pool.cloud === "gcp"
    ? { type: pool.machineType, field: "machineType", size: catalog.gcpMachineTypes.get(pool.machineType) }
    : { type: pool.type, field: "type", size: catalog.linodeTypes.get(pool.type) };
