import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { bridgeMachine } from "./bridge-machine";
import { atCustomer, atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** What the Jitsi handbook asks of the machine of web, Prosody and Jicofo, in GB. */
const SERVER_GB = 8;

/** The bridge's heap of 3 GB, which is the image's default, and the system beside it, in GB. */
const BRIDGE_GB = 4;

/** Warns of machines with so little memory that the kernel ends a program in mid-call. */
export const checkMachineMemory: Rule = ({ customers, pools, catalog }) => {
  const message = (type: string, has: number, needs: number, who: string) =>
    `${quoted(type)} has ${has} GB of memory; ${who} needs ${needs}; choose a larger type`;

  const servers = customers.flatMap((customer): Problem[] => {
    const { machineType } = customer.server;
    const memoryGb = catalog.gcpMachineTypes.get(machineType)?.memoryGb;
    const [needs, who] = customer.bridgeOnServer
      ? [SERVER_GB + BRIDGE_GB, "a server with a bridge"]
      : [SERVER_GB, "a server"];
    if (memoryGb === undefined || memoryGb >= needs) return [];
    return [
      {
        at: atCustomer(customer),
        path: ["server", "machineType"],
        message: message(machineType, memoryGb, needs, who),
        severity: "warning",
      },
    ];
  });
  const bridges = pools.flatMap((pool): Problem[] => {
    const { type, field, size } = bridgeMachine(pool, catalog);
    if (!size || size.memoryGb >= BRIDGE_GB) return [];
    return [
      {
        at: atPool(pool),
        path: [field],
        message: message(type, size.memoryGb, BRIDGE_GB, "a bridge"),
        severity: "warning",
      },
    ];
  });
  return [...servers, ...bridges];
};
