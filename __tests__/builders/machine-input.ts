import type { Pool } from "../../model/fleet";
import type { BridgeInput, KnownPool, ServerInput } from "../../render/machine-files";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "./fleet";

/** What the files of one machine are rendered from; overridden by spread like the other builders. */

export function aServerInput(overrides: Partial<ServerInput> = {}): ServerInput {
  return {
    account: anAccount(),
    customer: aCustomer(),
    pools: [aGcpPool(), aLinodePool()],
    knownPools: [aKnownPool(aGcpPool()), aKnownPool(aLinodePool())],
    keeper: { pools: [aGcpPool()], sha256: "0a1b2c3d", starter: "// starts the keeper\n" },
    regionGroups: [["gcp-europe-west4", "linode-nl-ams"], ["gcp-us-east1"]],
    secretsProject: "acme-meet-prod",
    memoryGb: 16,
    vcpus: 4,
    ...overrides,
  };
}

export const aKnownPool = (pool: Pool, overrides: Partial<KnownPool> = {}): KnownPool => ({
  pool,
  vcpus: 4,
  ...overrides,
});

export function aGcpBridgeInput(overrides: Partial<BridgeInput> = {}): BridgeInput {
  return {
    account: anAccount(),
    pool: aGcpPool(),
    served: [{ customer: aCustomer(), server: "abc-server.europe-west4-a.c.acme-meet-prod.internal" }],
    secretsProject: "acme-meet-prod",
    memoryGb: 16,
    vcpus: 4,
    ...overrides,
  };
}

export function aLinodeBridgeInput(overrides: Partial<BridgeInput> = {}): BridgeInput {
  const { secretsProject: _, ...input } = aGcpBridgeInput();
  return {
    ...input,
    pool: aLinodePool(),
    served: [{ customer: aCustomer(), server: "abc.meet.acme.example" }],
    memoryGb: 8,
    ...overrides,
  };
}

/** A second customer that a pool serves. */
export const alsoServed = {
  customer: aCustomer({ id: "xyz-europe" }),
  server: "xyz-europe.meet.acme.example",
};
