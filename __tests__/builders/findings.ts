import type { Fleet } from "../../model/fleet";
import type { EntityRef, Problem } from "../../model/problem";
import type { Broken, Rule } from "../../model/rules/rule";
import { aFleet } from "./fleet";

const nobody: ReadonlySet<string> = new Set();

const where = (at: EntityRef): string => {
  if (at.kind === "defaults") return "defaults";
  if (at.kind === "account") return `account ${at.account}`;
  return at.kind === "customer" ? `customer ${at.account}/${at.customer}` : `pool ${at.account}/${at.pool}`;
};

const text = ({ at, path, message, severity }: Problem): string =>
  `${severity === "warning" ? "warning, " : ""}${where(at)} ${path.join(".")}: ${message}`;

/**
 * What a rule finds in a fleet, one line a problem: `pool acme/eu-burst size.min: message`.
 *
 *   findings(checkPoolSizes, { pools: [aGcpPool({ size: { min: 9, max: 8 } })] })
 */
export const findings = (rule: Rule, fleet: Partial<Fleet>, broken: Partial<Broken> = {}): string[] =>
  rule(aFleet(fleet), { accounts: nobody, customers: nobody, pools: nobody, ...broken }).map(text);
