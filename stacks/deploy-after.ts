import type { Fleet } from "../model/fleet";
import { accountStackId, customerStackId } from "../model/names";
import { FleetIndex } from "./fleet-index";
import type { PlannedStack } from "./planned-stack";

/** Retired stacks go in the reverse of the order in which their like is made. */
const RETIRED = ["bridges-", "customer-", "account-"];

/**
 * The stacks that come before one when several are deployed: a customer needs its account's network, a pool the secrets
 * of its customers, and of what is retired, pools go first. A stack's own file and what it names say it all, so that a
 * new neighbour changes nothing here.
 *
 * @returns ids of stacks that the data asks for, accounts first, then customers, each sorted
 */
export function deployAfter(stack: PlannedStack, fleet: Fleet, index = new FleetIndex(fleet)): string[] {
  const accounts = (...of: readonly PlannedStack["account"][]): string[] =>
    [...new Set(of.filter(({ gcp }) => gcp).map(accountStackId))].sort();
  switch (stack.kind) {
    case "account":
      return [];
    case "customer":
      return accounts(stack.account);
    case "pool": {
      const served = index.servedBy(stack.pool);
      return [
        ...accounts(stack.account, ...served.map((customer) => index.accountOf(customer))),
        ...served.map(customerStackId).sort(),
      ];
    }
    case "retired": {
      const rank = rankOf(stack.id);
      const sooner = stack.account.retired.filter((id) => rankOf(id) < rank);
      return [...accounts(stack.account), ...sooner.sort()];
    }
  }
}

const rankOf = (id: string): number => RETIRED.findIndex((kind) => id.startsWith(kind));
