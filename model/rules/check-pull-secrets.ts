import type { Customer } from "../fleet";
import { bridgePullSecret } from "../images";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

const COMPONENTS = ["web", "prosody", "jicofo", "jvb"] as const;

/** A login to registries is used by some image, and reaches every machine that needs it: Linodes have no way to it yet. */
export const checkPullSecrets: Rule = (fleet) => {
  const { poolsServing } = indexFleet(fleet);
  return fleet.customers.flatMap((customer): Problem[] => {
    const { images, id } = customer;
    const at = atCustomer(customer);
    if (images.pullSecret !== undefined && !hasOwnRepository(customer)) {
      const message =
        `${quoted(images.pullSecret)} is used by no image: all come from the Jitsi project; allowed: with a repository ` +
        `of your own for ${COMPONENTS.join(", ")}; name the repository, or remove the secret`;
      return [{ at, path: ["images", "pullSecret"], message }];
    }
    const linode =
      bridgePullSecret(customer) && poolsServing.get(id)?.find(({ cloud }) => cloud === "linode");
    if (!linode) return [];
    const message =
      `a private registry on Linode pools is not available yet, and pool ${linode.id} of account ${linode.account} ` +
      `serves ${id}; allowed: with pools on Google Cloud only; serve the customer from there, or leave out images.jvb`;
    return [{ at, path: ["images", "jvb", "repository"], message }];
  });
};

const hasOwnRepository = ({ images }: Customer): boolean =>
  COMPONENTS.some((component) => images[component].repository !== undefined);
