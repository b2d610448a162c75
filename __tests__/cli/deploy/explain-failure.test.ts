import { explainFailure } from "../../../cli/deploy/explain-failure";
import { fleetStacks } from "../../../rollout/fleet-stacks";
import { aFleet } from "../../builders/fleet";

const stack = fleetStacks(aFleet()).get("customer-abc")!;

describe("explainFailure", () => {
  it("turns prevent_destroy into what lets go, once for each object", () => {
    const said = (address: string): string =>
      `Error: Instance cannot be destroyed\n\n  on cdk.tf.json line 97\n\nResource ${address} has\nlifecycle.prevent_destroy ` +
      "set, but the plan calls for this resource to be destroyed.\n";
    const disk = said("google_compute_disk.data");
    expect(explainFailure(disk + said('google_secret_manager_secret.secrets["a-b"]') + disk, stack)).toBe(
      'customer-abc protects google_compute_disk.data, google_secret_manager_secret.secrets["a-b"]. To let it go, write ' +
        "allowDestroys: true into accounts/acme/customers/abc.yaml, `npm run synth`, review, commit, " +
        "`npx fleet deploy customer-abc`, and then ask for this again.",
    );
  });

  it.each([
    [
      "Cannot delete instance abc: instance Deletion Protection is enabled",
      /^The cloud protects it from deletion/,
    ],
    ["Error: Saved plan is stale", /^Somebody has deployed customer-abc since its plan was shown/],
    [
      "Error: Error acquiring the state lock",
      /^Somebody else is at work on customer-abc[^]*synthesized\/stacks\/customer-abc force-unlock <ID>/,
    ],
    [
      "Error: storage.NewClient() failed: dialing: google: could not find default credentials.",
      /^Nobody is logged in at Google/,
    ],
    ["Error: Failed to get type: [401] Invalid Token", /^Linode does not know the token/],
  ])("knows %s", (said, message) => {
    expect(explainFailure(said, stack)).toMatch(message);
  });

  it("leaves other words alone", () => {
    expect(explainFailure("Error: googleapi: Error 403", stack)).toBeUndefined();
  });
});
