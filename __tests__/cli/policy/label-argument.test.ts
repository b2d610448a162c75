import { readdirSync, readFileSync } from "node:fs";
import { labelArgumentOf } from "../../../cli/policy/label-argument";
import { labelArgument } from "../../../policies/enforce-policies";

/** The types of the clouds that the committed stacks have. */
const TYPES = new Set(
  readdirSync("synthesized/stacks")
    .map((stack) => readFileSync(`synthesized/stacks/${stack}/cdk.tf.json`, "utf8"))
    .flatMap((text) => Object.keys((JSON.parse(text) as { readonly resource: object }).resource))
    .filter((type) => /^(google|linode)_/.test(type)),
);

/** The class of the bindings that makes such resources. */
function bindingOf(type: string): { readonly prototype: object } {
  const [provider, ...words] = type.split("_");
  const exported = jest.requireActual<Readonly<Record<string, unknown>>>(
    `@cdktf/provider-${provider}/lib/${words.join("-")}`,
  );
  const found = Object.values(exported).find(
    (each) => typeof each === "function" && "tfResourceType" in each && each.tfResourceType === type,
  );
  if (!found) throw new Error(`no binding makes ${type}`);
  return found as { readonly prototype: object };
}

describe("labelArgumentOf", () => {
  it.each([...TYPES].sort())(
    "says of %s by the provider's schema what its bindings say at synthesis",
    (type) => expect(labelArgumentOf({ type })).toBe(labelArgument(type, bindingOf(type).prototype)),
  );

  it("knows labels, labels under another name, and tags", () => {
    expect(labelArgumentOf({ type: "google_compute_disk" })).toBe("labels");
    expect(labelArgumentOf({ type: "google_monitoring_alert_policy" })).toBe("user_labels");
    expect(labelArgumentOf({ type: "linode_instance" })).toBe("tags");
    expect(labelArgumentOf({ type: "google_compute_subnetwork" })).toBeUndefined();
  });
});
