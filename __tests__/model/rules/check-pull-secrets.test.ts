import type { Customer } from "../../../model/fleet";
import { checkPullSecrets } from "../../../model/rules/check-pull-secrets";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withImages = (images: Partial<Customer["images"]>) => ({
  customers: [aCustomer({ images: { ...aCustomer().images, pullSecret: "acme-registry", ...images } })],
});
const own = { repository: "registry.acme.example/own" };
const [gcp, linode] = [aGcpPool(), aLinodePool()];

describe("checkPullSecrets", () => {
  it("refuses a secret that no image needs", () => {
    expect(findings(checkPullSecrets, withImages({ web: { tag: "stable-11146-3" } }))).toEqual([
      'customer acme/abc images.pullSecret: "acme-registry" is used by no image: all come from the Jitsi project; allowed: ' +
        "with a repository of your own for web, prosody, jicofo, jvb; name the repository, or remove the secret",
    ]);
  });

  it("refuses bridges from a private registry on Linode", () => {
    expect(findings(checkPullSecrets, { ...withImages({ jvb: own }), pools: [gcp, linode] })).toEqual([
      "customer acme/abc images.jvb.repository: a private registry on Linode pools is not available yet, and pool " +
        "nl-static of account acme serves abc; allowed: with pools on Google Cloud only; serve the customer from there, " +
        "or leave out images.jvb",
    ]);
  });

  it("accepts them on Google Cloud, and Linode pools of servers from a private registry", () => {
    expect(findings(checkPullSecrets, { ...withImages({ jvb: own }), pools: [gcp] })).toEqual([]);
    expect(findings(checkPullSecrets, { ...withImages({ web: own }), pools: [gcp, linode] })).toEqual([]);
  });

  it("accepts registries that ask for no login, everywhere", () => {
    const customers = [aCustomer({ images: { ...aCustomer().images, jvb: own } })];
    expect(findings(checkPullSecrets, { customers, pools: [linode] })).toEqual([]);
  });
});
