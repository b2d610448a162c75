import type { Problem } from "../problem";
import { atCustomer, atPool } from "./entity-ref";
import type { Rule } from "./rule";
import { unknownName } from "./unknown-name";

/** The machine types of servers and bridges are in the catalogue. */
export const checkMachineTypes: Rule = ({ customers, pools, catalog }) => {
  const gcpFault = (type: string): string | undefined =>
    catalog.gcpMachineTypes.has(type)
      ? undefined
      : unknownName(type, {
          what: "Google Cloud machine type",
          known: catalog.gcpMachineTypes.keys(),
          example: "n2-standard-4",
          extra: "gcpMachineTypes",
        });
  const linodeFault = (type: string): string | undefined =>
    catalog.linodeTypes.has(type)
      ? undefined
      : unknownName(type, {
          what: "Linode type",
          known: catalog.linodeTypes.keys(),
          example: "g6-dedicated-4",
          extra: "linodeTypes",
        });

  const servers = customers.flatMap((customer): Problem[] => {
    const message = gcpFault(customer.server.machineType);
    return message === undefined
      ? []
      : [{ at: atCustomer(customer), path: ["server", "machineType"], message }];
  });
  const bridges = pools.flatMap((pool): Problem[] => {
    const message = pool.cloud === "gcp" ? gcpFault(pool.machineType) : linodeFault(pool.type);
    const path = pool.cloud === "gcp" ? ["machineType"] : ["type"];
    return message === undefined ? [] : [{ at: atPool(pool), path, message }];
  });
  return [...servers, ...bridges];
};
