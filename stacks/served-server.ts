import type { Account, Customer } from "../model/fleet";
import { networkLink, serverServiceAccountId, serviceAccountEmail } from "../model/names";
import { googleSideOf } from "./fleet-index";

/** Where the server of a customer is, by name: all that a pool's stack knows about the customer's. */
export interface ServedServer {
  readonly customer: Customer;
  readonly project: string;
  /** Link of the network. */
  readonly network: string;
  /** Service account of the server. */
  readonly server: string;
}

export function servedServer(account: Account, customer: Customer): ServedServer {
  const { project } = googleSideOf(account);
  return {
    customer,
    project,
    network: networkLink(project, account.id),
    server: serviceAccountEmail(serverServiceAccountId(customer), project),
  };
}
