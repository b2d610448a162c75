import type { Fleet } from "../../model/fleet";
import { customerStackId } from "../../model/names";
import type { ListedStack } from "../list/fleet-lists";

/** Whether the data says that what holds state of a stack may go, as the stack itself says it. */
export function allowsDestroys({ id, kind, account }: ListedStack, fleet: Fleet): boolean {
  if (kind === "retired") return true;
  if (kind === "account") return fleet.accounts.find((each) => each.id === account)!.allowDestroys;
  return (
    kind === "customer" && fleet.customers.some((each) => customerStackId(each) === id && each.allowDestroys)
  );
}
