import { readImportId } from "../../../sandbox/google/import-id";
import { resolveLink, sameLink } from "../../../sandbox/google/links";
import { readSettings } from "../../../sandbox/google/settings";

const settings = readSettings({ project: "p", zone: "europe-west4-a" });
const SUBNETWORK = "projects/{{project}}/regions/{{region}}/subnetworks/{{name}}";
const ID = "projects/p/regions/europe-west4/subnetworks/s";

describe("resolveLink", () => {
  it.each([
    ["a full link", `https://www.googleapis.com/compute/v1/${ID}`, ID],
    ["a link of the newer host", `https://compute.googleapis.com/compute/v1/${ID}`, ID],
    ["an id", ID, ID],
    ["a link without its project", "regions/europe-west4/subnetworks/s", ID],
    ["a bare name, with the region of the provider's zone", "s", ID],
    ["a link with the id of a version", `${ID}?uniqueId=7`, ID],
    ["another project's id", "projects/q/regions/r/subnetworks/s", "projects/q/regions/r/subnetworks/s"],
    ["not a link of another type", "projects/p/global/networks/s", undefined],
    ["not an image's shorthand", "ubuntu-os-cloud/ubuntu-2404", undefined],
    ["nothing", "", undefined],
  ])("reads %s", (_, link, expected) => {
    expect(resolveLink(SUBNETWORK, link, {}, settings)).toBe(expected);
  });

  it("takes the region of the object that refers to it", () => {
    expect(resolveLink(SUBNETWORK, "s", { zone: "us-east1-b" }, settings)).toBe(
      "projects/p/regions/us-east1/subnetworks/s",
    );
  });
});

describe("sameLink", () => {
  it.each([
    [`https://www.googleapis.com/compute/v1/${ID}`, ID, true],
    [ID, "s", true],
    ["europe-west4", "projects/p/regions/europe-west4", true],
    [ID, "projects/q/regions/europe-west4/subnetworks/s", false],
    [ID, "other", false],
  ])("compares %s and %s", (a, b, expected) => {
    expect(sameLink(a, b)).toBe(expected);
    expect(sameLink(b, a)).toBe(expected);
  });
});

describe("readImportId", () => {
  it.each([
    [ID],
    ["p/europe-west4/s"],
    ["europe-west4/s"],
    ["s"],
    [`https://www.googleapis.com/compute/v1/${ID}`],
  ])("accepts %s", (given) => {
    expect(readImportId(SUBNETWORK, given, settings)).toMatchObject({ id: ID, name: "s" });
  });

  it("reads IAM members with spaces between the parts", () => {
    const given = "p roles/viewer serviceAccount:a@p.iam.gserviceaccount.com";
    expect(readImportId("{{project}}/{{role}}/{{member}}", given, settings)).toMatchObject({
      id: "p/roles/viewer/serviceAccount:a@p.iam.gserviceaccount.com",
      role: "roles/viewer",
    });
  });

  it("refuses anything else with the accepted formats", () => {
    expect(() => readImportId(SUBNETWORK, "a/b/c/d", settings)).toThrow(
      `Import id "a/b/c/d" doesn't match any of the accepted formats: [${SUBNETWORK} {{project}}/{{region}}/{{name}} {{region}}/{{name}} {{name}}]`,
    );
  });
});
