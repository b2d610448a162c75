import { checkSharedProcessors } from "../../../model/rules/check-shared-processors";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkSharedProcessors", () => {
  it("warns of shared plans on both clouds", () => {
    const pools = [aGcpPool({ machineType: "e2-medium" }), aLinodePool({ type: "g6-standard-4" })];
    expect(findings(checkSharedProcessors, { pools })).toEqual([
      'warning, pool acme/eu-burst machineType: "e2-medium" shares its processors with other tenants, whose load ' +
        'counts as stress of the bridge; choose a type with processors of its own, such as "n2-standard-4"',
      'warning, pool acme/nl-static type: "g6-standard-4" shares its processors with other tenants, whose load ' +
        'counts as stress of the bridge; choose a type with processors of its own, such as "g6-dedicated-4"',
    ]);
  });

  it("warns of a bridge on a server that shares its processors", () => {
    const server = { ...aCustomer().server, machineType: "e2-medium" };
    expect(
      findings(checkSharedProcessors, { customers: [aCustomer({ server, bridgeOnServer: true })] }),
    ).toEqual([
      'warning, customer acme/abc server.machineType: "e2-medium" shares its processors with other tenants, whose ' +
        'load counts as stress of the bridge; choose a type with processors of its own, such as "n2-standard-4"',
    ]);
    expect(findings(checkSharedProcessors, { customers: [aCustomer({ server })] })).toEqual([]);
  });

  it.each([
    ["e2-standard-4", "g6-dedicated-4"],
    ["n2-standard-2", "g7-premium-8"],
  ])("accepts %s and %s", (machineType, type) => {
    expect(
      findings(checkSharedProcessors, { pools: [aGcpPool({ machineType }), aLinodePool({ type })] }),
    ).toEqual([]);
  });
});
