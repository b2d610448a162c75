import { DataGoogleComputeImage } from "@cdktf/provider-google/lib/data-google-compute-image";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("data-sources");

describe("checkDataSources", () => {
  it("accepts a stack that asks nobody", () => {
    expect(policyFindings(() => undefined)).toEqual([]);
  });

  it("refuses a data source", () => {
    expect(policyFindings((stack) => new DataGoogleComputeImage(stack, "image", { family: "x" }))).toEqual([
      "stack: data.google_compute_image.image is a data source; a plan would need credentials, and its answer changes " +
        "without a review; write the value into the data or into model/versions.ts",
    ]);
  });
});
