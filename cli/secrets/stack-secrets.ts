import { bridgeSecrets, mapSecrets } from "../../model/bridge-secrets";
import type { Fleet, Pool } from "../../model/fleet";
import {
  accountStackId,
  bridgesStackId,
  customerStackId,
  secretResource,
  secretsVersionVariable,
  secretVariable,
} from "../../model/names";
import { indexFleet } from "../../model/rules/fleet-index";

/** A secret that a person brings to Terraform, because the stack's machines cannot fetch it. */
export interface BroughtSecret {
  /** The stack's input variable. */
  readonly variable: string;
  /** The input variable that says which version the value is of. */
  readonly versionVariable: string;
  /** The customer's `secretsVersion` in the data. */
  readonly version: number;
  /** `projects/<project>/secrets/<name>` */
  readonly resource: string;
  /** The stack that stores it. */
  readonly storedBy: string;
}

/** What the deploy of a stack needs: for Linode machines two passwords of each customer that they serve, else nothing. */
export interface StackSecrets {
  readonly secrets: readonly BroughtSecret[];
  /** Why there are none. */
  readonly without?: string;
}

/** By stack id; every stack of the fleet is there. */
export function stackSecrets(fleet: Fleet): ReadonlyMap<string, StackSecrets> {
  const machines = "its machines fetch their secrets themselves";
  return new Map<string, StackSecrets>([
    ...fleet.accounts.map((each) => [accountStackId(each), none("it has no machines")] as const),
    ...fleet.customers.map((each) => [customerStackId(each), none(machines)] as const),
    ...fleet.pools.map(
      (pool) =>
        [
          bridgesStackId(pool),
          pool.cloud === "gcp" ? none(machines) : { secrets: broughtTo(fleet, pool) },
        ] as const,
    ),
  ]);
}

const none = (without: string): StackSecrets => ({ secrets: [], without });

function broughtTo(fleet: Fleet, pool: Pool): BroughtSecret[] {
  const { servedBy, accounts } = indexFleet(fleet);
  return pool.serves.flatMap((id) => {
    const customer = servedBy(pool, id);
    const project = customer && accounts.get(customer.account)?.gcp?.project;
    if (!customer || project === undefined) return []; // refused by the rules: a loaded fleet has none
    const brought = mapSecrets(bridgeSecrets(pool, [customer]), ({ secret, name }) => ({
      // The variable has one name, whichever account's turn it is.
      variable: secretVariable(customer, name),
      versionVariable: secretsVersionVariable(customer),
      version: customer.secretsVersion,
      resource: secretResource(project, customer, secret),
      storedBy: customerStackId(customer),
    }));
    return Object.values(brought).flatMap((variables) => Object.values(variables));
  });
}
