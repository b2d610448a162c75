import { bridgesForBurst, headroomPerBridge, joinsUntilNewBridge, secondsToNewBridge } from "../capacity";
import type { GcpPool } from "../fleet";
import type { Problem } from "../problem";
import { bridgeMachine } from "./bridge-machine";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/**
 * Warns when the steepest rise that callers are promised outruns the growth of a pool: the bridges that already run
 * must carry everybody who joins until another one is up. A schedule counts, because it is there for the known rush.
 */
export const checkBurst: Rule = ({ pools, catalog }) =>
  pools.flatMap((pool): Problem[] => {
    if (pool.cloud !== "gcp") return [];
    const vcpus = bridgeMachine(pool, catalog).size?.vcpus;
    const message = vcpus === undefined ? undefined : fault(pool, vcpus);
    if (message === undefined) return [];
    return [{ at: atPool(pool), path: ["scaling", "burstJoinsPerMinute"], message, severity: "warning" }];
  });

function fault({ bridge, scaling, size }: GcpPool, vcpus: number): string | undefined {
  const { burstJoinsPerMinute, bootSeconds, targetStress } = scaling;
  if (burstJoinsPerMinute === undefined) return undefined;
  const shape = { vcpus, load: bridge.load, targetStress };
  const running = Math.max(size.min, ...Object.values(scaling.schedules).map(({ minBridges }) => minBridges));
  const needed = bridgesForBurst(shape, burstJoinsPerMinute, bootSeconds);
  if (running >= needed) return undefined;

  const joins = joinsUntilNewBridge(burstJoinsPerMinute, bootSeconds);
  const room = Math.floor(headroomPerBridge(shape) * running);
  const [bridges, have] = running === 1 ? ["bridge", "has"] : ["bridges", "have"];
  const ceiling = needed > size.max ? ` and size.max to ${needed} or more` : "";
  return (
    `${burstJoinsPerMinute} joins a minute outrun the pool: ${joins} people join in the ` +
    `${secondsToNewBridge(bootSeconds)} s until another bridge takes calls, and ${running} ${bridges} at ` +
    `targetStress ${targetStress} ${have} room for ${room}; raise size.min, or minBridges of a schedule for the known ` +
    `rush, to ${needed}${ceiling}, or use a larger machineType`
  );
}
