import { buildMachineIdentity } from "../../../modules/gcp/machine-identity";
import { terraformOf } from "../../builders/terraform";

const identity = (operators: string[]) =>
  terraformOf((stack) =>
    buildMachineIdentity(stack, {
      project: "p",
      accountId: "srv-abc",
      displayName: "App server of abc",
      operators,
    }),
  ).resource;

describe("buildMachineIdentity", () => {
  it("gives a machine the right to write metrics and logs, and no other in its project", () => {
    const grants = Object.values<{ role: string }>(identity([]).google_project_iam_member);
    expect(grants.map(({ role }) => role).sort()).toEqual([
      "roles/logging.logWriter",
      "roles/monitoring.metricWriter",
    ]);
  });

  it("lets operators act as this account only, whatever their order in the file", () => {
    expect(
      identity(["user:b@acme.example", "group:a@acme.example"]).google_service_account_iam_member,
    ).toEqual({
      operators: {
        service_account_id: "${google_service_account.identity.name}",
        role: "roles/iam.serviceAccountUser",
        for_each: '${toset(["group:a@acme.example", "user:b@acme.example"])}',
        member: "${each.value}",
      },
    });
  });

  it("declares no grant for nobody", () => {
    expect(identity([])).not.toHaveProperty("google_service_account_iam_member");
  });
});
