import type { Account, Customer, GcpPool, Pool } from "../model/fleet";

/** The files of one machine role: absolute path on the machine -> text. Sorted by path; every text ends in a newline. */
export type MachineFiles = ReadonlyMap<string, string>;

/** A pool, and what the catalogue knows of its machines. */
export interface KnownPool {
  readonly pool: Pool;
  /** Virtual processors of a bridge machine. */
  readonly vcpus: number;
}

/** The keeper of a server: whom it looks after, and its program. */
export interface KeeperInput {
  /** At least one; the customer is the home of each. */
  readonly pools: readonly GcpPool[];
  /** SHA-256 of the program, in hex: the account's bucket of artifacts has it by that. */
  readonly sha256: string;
  /** Text of what fetches and starts it (`programs/keeper-start.mjs`). */
  readonly starter: string;
}

/** What the files of an app server are made of. */
export interface ServerInput {
  readonly account: Account;
  readonly customer: Customer;
  /** The pools that serve the customer, of other accounts too. */
  readonly pools: readonly Pool[];
  /** The same pools, with what the catalogue knows of them. */
  readonly knownPools: readonly KnownPool[];
  /** Left out where no pool of the customer's has a keeper. */
  readonly keeper?: KeeperInput | undefined;
  /** Bridge regions that are near each other, for Jicofo (`model/mesh.ts`). */
  readonly regionGroups: readonly (readonly string[])[];
  /** The account's Google project: its Secret Manager has the customer's passwords. */
  readonly secretsProject: string;
  /** Memory of the server in GB, from the catalogue. */
  readonly memoryGb: number;
  /** Virtual processors of the server, from the catalogue. */
  readonly vcpus: number;
}

/** A customer that a bridge serves, and where the bridge finds its brewery Prosody. */
export interface ServedCustomer {
  readonly customer: Customer;
  /** Host to dial: the server's name inside the network for Google bridges, its public host name for Linode ones. */
  readonly server: string;
}

/** What the files of a pool's bridges are made of; all bridges of a pool have the same files. */
export interface BridgeInput {
  readonly account: Account;
  readonly pool: Pool;
  /** The pool's home first. */
  readonly served: readonly [ServedCustomer, ...ServedCustomer[]];
  /** Memory of a bridge machine in GB, from the catalogue. */
  readonly memoryGb: number;
  /** Google project whose Secret Manager the machine asks for its passwords; without it, they are brought to it. */
  readonly secretsProject?: string;
  /** Virtual processors of a bridge machine, from the catalogue. */
  readonly vcpus: number;
}
