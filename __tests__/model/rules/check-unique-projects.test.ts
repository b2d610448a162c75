import { checkUniqueProjects } from "../../../model/rules/check-unique-projects";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkUniqueProjects", () => {
  it("refuses a second account in one project", () => {
    const accounts = [anAccount(), anAccount({ id: "beta" })];
    expect(findings(checkUniqueProjects, { accounts })).toEqual([
      'account beta gcp.project: "acme-meet-prod" is already the project of account acme (the original, by the names); ' +
        "allowed: a project that no other account uses; create one, then name it here",
    ]);
  });

  it("accepts a project for each", () => {
    const { gcp } = anAccount();
    const accounts = [anAccount(), anAccount({ id: "beta", gcp: { ...gcp!, project: "beta-meet-prod" } })];
    expect(findings(checkUniqueProjects, { accounts })).toEqual([]);
  });
});
