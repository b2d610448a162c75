import type { Customer, Fleet, Pool } from "../fleet";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import type { BridgeSettings } from "../schema/bridge";
import { atCustomer, atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/** Bridges that are alike, and where a file says what they measure. */
interface Bridges extends Pick<Problem, "at" | "path"> {
  readonly who: string;
  readonly load: BridgeSettings["load"];
}

/**
 * All bridges of a customer measure their load alike: Jicofo compares their stress, and the stress of processors says
 * nothing beside that of packets. And a threshold belongs to the measurement that looks at it.
 */
export const checkLoadMeasurement: Rule = (fleet) => [...mixtures(fleet), ...unusedThresholds(fleet)];

function mixtures(fleet: Fleet): Problem[] {
  const { poolsServing } = indexFleet(fleet);
  const problems = new Map<string, Problem>();
  for (const customer of fleet.customers) {
    const [first, ...others] = [
      ...(customer.bridgeOnServer ? [onServer(customer)] : []),
      ...(poolsServing.get(customer.id) ?? []).map(ofPool),
    ];
    for (const { at, path, who, load } of others) {
      if (!first || load.measurement === first.load.measurement || problems.has(who)) continue;
      problems.set(who, {
        at,
        path: [...path, "measurement"],
        message:
          `${quoted(load.measurement)} is not how ${first.who} measures, which carries calls of customer ` +
          `${customer.id} too (${quoted(first.load.measurement)}); allowed: one measurement for all bridges of a ` +
          "customer; change one",
      });
    }
  }
  return [...problems.values()];
}

const THRESHOLDS = { cpu: "packetsPerSecond", "packet-rate": "cpuThreshold" } as const;

const unusedThresholds = ({ customers, pools }: Fleet): Problem[] =>
  [...customers.filter(({ bridgeOnServer }) => bridgeOnServer).map(onServer), ...pools.map(ofPool)].flatMap(
    ({ at, path, load }) => {
      const unused = THRESHOLDS[load.measurement];
      if (load[unused] === undefined) return [];
      return [
        {
          at,
          path: [...path, unused],
          message: `not looked at with measurement ${quoted(load.measurement)}; remove it, or change the measurement`,
          severity: "warning",
        },
      ];
    },
  );

const onServer = (customer: Customer): Bridges => ({
  who: `the bridge on the server of customer ${customer.id}`,
  at: atCustomer(customer),
  path: ["serverBridge", "load"],
  load: customer.serverBridge.load,
});

const ofPool = (pool: Pool): Bridges => ({
  who: `pool ${pool.account}/${pool.id}`,
  at: atPool(pool),
  path: ["bridge", "load"],
  load: pool.bridge.load,
});
