import type { Customer, Fleet } from "../../model/fleet";
import { bridgesStackId, customerStackId } from "../../model/names";
import { indexFleet } from "../../model/rules/fleet-index";

/** One command of a person who rotates, and what callers notice of it. */
export interface RotationStep {
  readonly command: string;
  readonly effect: string;
}

/**
 * What follows on a raised `secretsVersion`, in order. The server comes first: bridges with the new password need its
 * new account, and those with the old one still find theirs.
 */
export function rotationSteps(fleet: Fleet, customer: Customer): readonly RotationStep[] {
  const server = customerStackId(customer);
  const pools = indexFleet(fleet).poolsServing.get(customer.id) ?? [];
  const stacks = [server, ...pools.map(bridgesStackId)];
  return [
    { command: "npm run synth", effect: "nothing runs yet" },
    {
      command: `git diff --stat ${stacks.map((stack) => `synthesized/stacks/${stack}`).join(" ")}`,
      effect: "review and commit them with the customer's file",
    },
    {
      command: `npx cdktf diff ${server}`,
      effect: "three secret versions are replaced and the server changes in place; stop if there is more",
    },
    {
      command: `npx cdktf deploy ${server}`,
      effect:
        `every room of ${customer.id} ends and the pages join again, within about a minute; ` +
        "bridges log in again by themselves, with the password that they have",
    },
    ...pools.map((pool): RotationStep => {
      const stack = bridgesStackId(pool);
      return pool.cloud === "gcp"
        ? {
            command: `npx cdktf deploy ${stack}`,
            effect: "nothing: bridges that start from now on have the new password, the others keep theirs",
          }
        : {
            // Not eval of the command itself: a failure would leave the old password of this shell in place.
            command: `secrets="$(npx fleet secrets env ${stack})" && eval "$secrets" && npx cdktf deploy ${stack}`,
            effect: "one bridge after the other is drained and gets the new password",
          };
    }),
  ];
}
