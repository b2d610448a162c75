import { buildCatalog } from "../../model/catalog";
import { gcpPoolSchema } from "../../model/schema/pool";
import { type SimulatedPool, simulatedPool } from "../../simulate/simulated-pool";
import type { ScalingResults } from "./scaling-results";

/** The pool that all runs of the report had. */
export const poolOf = ({ pool }: Pick<ScalingResults, "pool">): SimulatedPool =>
  simulatedPool(
    { ...gcpPoolSchema.parse(pool), id: "eu-burst", account: "acme" },
    { catalog: buildCatalog() },
  );
