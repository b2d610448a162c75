import type { Customer, Fleet, Pool } from "../../model/fleet";
import { bridgesStackId, CUSTOMER_SECRETS, customerStackId, serverName } from "../../model/names";
import { drawnBy, poolSecrets } from "../../model/turns";
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
  const { accounts, poolsServing } = indexFleet(fleet);
  const pools = poolsServing.get(customer.id) ?? [];
  const project = accounts.get(customer.account)?.gcp?.project;
  const stacks = [server, ...pools.map(bridgesStackId)];
  return [
    { command: "npm run synth", effect: "nothing runs yet" },
    {
      command: `git diff --stat ${stacks.map((stack) => `synthesized/stacks/${stack}`).join(" ")}`,
      effect: "review and commit them with the customer's file",
    },
    {
      command: `npx fleet deploy ${server}`,
      effect:
        `it shows that ${redrawn(customer, pools)} secret versions are replaced and the server changes in place: say no ` +
        `if there is more. Every room of ${customer.id} ends and the pages join again, within about a minute; ` +
        "bridges log in again by themselves, with the password that they have",
    },
    {
      command:
        `gcloud compute ssh ${serverName(customer)} --project=${project} --zone=${customer.server.zone} ` +
        "--tunnel-through-iap --command='sudo journalctl -t fleet-secrets -n 1 --output=cat'",
      effect:
        "nothing; it must name the versions that were just made. Secret Manager may give those of before for some " +
        "minutes: then run sudo systemctl restart fleet-secrets fleet there, which ends the rooms again",
    },
    ...pools.map((pool): RotationStep => ({
      command: `npx fleet deploy ${pool.account}/${pool.id}`,
      effect:
        pool.cloud === "gcp"
          ? "nothing: bridges that start from now on have the new password, the others keep theirs"
          : "one bridge after the other is drained and gets the new password, which the deploy fetches; in a shell that " +
            "had it from fleet secrets env, ask for it there again before",
    })),
  ];
}

/** How many secrets a rotation draws: all but the passwords of bridges from before it. */
function redrawn(customer: Customer, pools: readonly Pool[]): number {
  const next = { secretsVersion: customer.secretsVersion + 1 };
  const every = [...CUSTOMER_SECRETS, ...poolSecrets(customer, pools)];
  return every.filter((secret) => drawnBy(next, secret) !== drawnBy(customer, secret)).length;
}
