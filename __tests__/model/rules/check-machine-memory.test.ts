import { checkMachineMemory } from "../../../model/rules/check-machine-memory";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const server = (machineType: string) => aCustomer({ server: { ...aCustomer().server, machineType } });

describe("checkMachineMemory", () => {
  it("warns of a server below 8 GB and of bridges below 4 GB", () => {
    const customers = [server("n2-highcpu-4")];
    const pools = [aGcpPool({ machineType: "n2-highcpu-2" }), aLinodePool({ type: "g6-nanode-1" })];
    expect(findings(checkMachineMemory, { customers, pools })).toEqual([
      'warning, customer acme/abc server.machineType: "n2-highcpu-4" has 4 GB of memory; a server needs 8; ' +
        "choose a larger type",
      'warning, pool acme/eu-burst machineType: "n2-highcpu-2" has 2 GB of memory; a bridge needs 4; ' +
        "choose a larger type",
      'warning, pool acme/nl-static type: "g6-nanode-1" has 1 GB of memory; a bridge needs 4; choose a larger type',
    ]);
  });

  it("counts the bridge on a server", () => {
    const customers = [{ ...server("n2-highcpu-8"), bridgeOnServer: true }];
    expect(findings(checkMachineMemory, { customers })).toEqual([
      'warning, customer acme/abc server.machineType: "n2-highcpu-8" has 8 GB of memory; a server with a bridge needs ' +
        "12; choose a larger type",
    ]);
    expect(
      findings(checkMachineMemory, { customers: [{ ...server("n2-highcpu-16"), bridgeOnServer: true }] }),
    ).toEqual([]);
  });

  it("accepts what just suffices, and leaves unknown types to another rule", () => {
    const customers = [server("n2-highcpu-8"), server("unknown")];
    const pools = [aGcpPool({ machineType: "n2-highcpu-4" }), aLinodePool({ type: "g6-dedicated-2" })];
    expect(findings(checkMachineMemory, { customers, pools })).toEqual([]);
  });
});
