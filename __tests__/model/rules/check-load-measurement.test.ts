import { checkLoadMeasurement } from "../../../model/rules/check-load-measurement";
import { bridgeSchema } from "../../../model/schema/bridge";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const by = (load: object) => bridgeSchema.parse({ load });
const packets = by({ measurement: "packet-rate" });

describe("checkLoadMeasurement", () => {
  it("refuses two measurements for the bridges of a customer, once a pool", () => {
    const customers = [aCustomer(), aCustomer({ id: "xyz" })];
    const serves = ["abc", "xyz"];
    expect(
      findings(checkLoadMeasurement, {
        customers,
        pools: [aGcpPool({ serves }), aLinodePool({ serves, bridge: packets })],
      }),
    ).toEqual([
      'pool acme/nl-static bridge.load.measurement: "packet-rate" is not how pool acme/eu-burst measures, which ' +
        'carries calls of customer abc too ("cpu"); allowed: one measurement for all bridges of a customer; change one',
    ]);
  });

  it("counts the bridge on the customer's server", () => {
    const pools = [aGcpPool({ bridge: packets })];
    const customers = [aCustomer({ bridgeOnServer: true })];
    expect(findings(checkLoadMeasurement, { customers, pools })).toEqual([
      'pool acme/eu-burst bridge.load.measurement: "packet-rate" is not how the bridge on the server of customer abc ' +
        'measures, which carries calls of customer abc too ("cpu"); allowed: one measurement for all bridges of a ' +
        "customer; change one",
    ]);
    expect(findings(checkLoadMeasurement, { customers: [aCustomer()], pools })).toEqual([]);
    const alike = [aCustomer({ bridgeOnServer: true, serverBridge: packets })];
    expect(findings(checkLoadMeasurement, { customers: alike, pools })).toEqual([]);
  });

  it("accepts another measurement for bridges of another customer, and other thresholds for another machine", () => {
    const customers = [aCustomer(), aCustomer({ id: "xyz" })];
    const pools = [
      aGcpPool({ bridge: by({ cpuThreshold: 0.8 }) }),
      aLinodePool(),
      aLinodePool({ id: "us-static", serves: ["xyz"], bridge: packets }),
    ];
    expect(findings(checkLoadMeasurement, { customers, pools })).toEqual([]);
  });

  it("warns of a threshold of the other measurement", () => {
    const customers = [
      aCustomer({
        bridgeOnServer: true,
        serverBridge: by({ measurement: "packet-rate", packetsPerSecond: 40_000, cpuThreshold: 0.8 }),
      }),
      aCustomer({ id: "xyz", serverBridge: by({ packetsPerSecond: 40_000 }) }),
    ];
    const pools = [aGcpPool({ serves: ["xyz"], bridge: by({ packetsPerSecond: 40_000 }) })];
    expect(findings(checkLoadMeasurement, { customers, pools })).toEqual([
      'warning, customer acme/abc serverBridge.load.cpuThreshold: not looked at with measurement "packet-rate"; remove ' +
        "it, or change the measurement",
      'warning, pool acme/eu-burst bridge.load.packetsPerSecond: not looked at with measurement "cpu"; remove it, or ' +
        "change the measurement",
    ]);
  });
});
