import { buildCatalog } from "../../model/catalog";
import type { Account, Customer, Fleet, GcpPool, LinodePool, Pool } from "../../model/fleet";
import { accountSchema } from "../../model/schema/account";
import { customerSchema } from "../../model/schema/customer";
import { gcpPoolSchema, linodePoolSchema } from "../../model/schema/pool";

/**
 * Valid entities for tests, overridden by spread. Each call makes a new object.
 *
 *   aFleet({ pools: [aGcpPool({ size: { min: 2, max: 4 } })] })
 */

export function anAccount(overrides: Partial<Account> = {}): Account {
  return {
    ...accountSchema.parse({
      gcp: {
        project: "acme-meet-prod",
        network: { regions: { "europe-west4": "10.20.0.0/20", "us-east1": "10.20.16.0/20" } },
      },
      linode: {},
      state: { bucket: "acme-meet-prod-terraform" },
      dns: { managedZone: "acme-zone", domain: "meet.acme.example", createZone: true },
      operators: {
        email: "ops@acme.example",
        iap: ["group:ops@acme.example"],
        sshFrom: ["203.0.113.0/24"],
        sshKeys: { ops: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${"A".repeat(44)} ops` },
      },
      labels: { owner: "acme" },
    }),
    id: "acme",
    ...overrides,
  };
}

export function aCustomer(overrides: Partial<Customer> = {}): Customer {
  const id = overrides.id ?? "abc";
  return {
    ...customerSchema.parse({ server: { cloud: "gcp", zone: "europe-west4-a" } }),
    id,
    account: "acme",
    hostname: `${id}.meet.acme.example`,
    webFiles: new Map(),
    ...overrides,
  };
}

export function aGcpPool(overrides: Partial<GcpPool> = {}): GcpPool {
  return {
    ...gcpPoolSchema.parse({
      cloud: "gcp",
      region: "europe-west4",
      serves: ["abc"],
      size: { min: 1, max: 8 },
    }),
    id: "eu-burst",
    account: "acme",
    ...overrides,
  };
}

export function aLinodePool(overrides: Partial<LinodePool> = {}): LinodePool {
  return {
    ...linodePoolSchema.parse({ cloud: "linode", region: "nl-ams", serves: ["abc"], size: 3 }),
    id: "nl-static",
    account: "acme",
    ...overrides,
  };
}

/** One account, one customer, a pool on each cloud. */
export function aFleet(overrides: Partial<Fleet> = {}): Fleet {
  const pools: Pool[] = [aGcpPool(), aLinodePool()];
  return { accounts: [anAccount()], customers: [aCustomer()], pools, catalog: buildCatalog(), ...overrides };
}
