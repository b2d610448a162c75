import { compareObjects } from "../../../sandbox/demo/deployed-objects";
import { DeployProgress } from "../../../sandbox/demo/deploy-progress";

const stacks = ["account-acme", "customer-abc"];

function listen(output: string): { heard: string[]; progress: DeployProgress } {
  const heard: string[] = [];
  const progress = new DeployProgress(stacks, {
    began: (stack) => heard.push(`began ${stack}`),
    step: (stack, done, total, address) => heard.push(`${stack} ${done}/${total} ${address}`),
  });
  output.split("\n").forEach((line) => progress.read(line));
  return { heard, progress };
}

describe("DeployProgress", () => {
  it("follows cdktf from stack to stack, through colours and cursor movements", () => {
    const { heard, progress } = listen(`
\u001b[2K\u001b[1A\u001b[Gaccount-acme  \u001b[0m\u001b[1mInitializing the backend...\u001b[0m
1 Stack deploying     0 Stacks done     1 Stack waiting
account-acme  Terraform used the selected providers to generate the following execution plan.
              \u001b[1mPlan:\u001b[0m 2 to add, 0 to change, 0 to destroy.
account-acme  \u001b[1mgoogle_compute_network.vpc: Creation complete after 0s [id=x]\u001b[0m
              google_compute_subnetwork.eu["a b"]: Creation complete after 0s
              Apply complete! Resources: 2 added, 0 changed, 0 destroyed.
customer-abc  google_compute_address.address: Refreshing state... [id=x]
customer-abc  No changes. Your infrastructure matches the configuration.
              Apply complete! Resources: 0 added, 0 changed, 0 destroyed.`);
    expect(heard).toEqual([
      "began account-acme",
      "account-acme 1/2 google_compute_network.vpc",
      'account-acme 2/2 google_compute_subnetwork.eu["a b"]',
      "began customer-abc",
    ]);
    expect(Object.fromEntries(progress.results)).toEqual({
      "account-acme": { added: 2, changed: 0, destroyed: 0 },
      "customer-abc": { added: 0, changed: 0, destroyed: 0 },
    });
    expect(progress.errorText).toBe("");
  });

  it("keeps what Terraform says when it fails", () => {
    const { progress } = listen(`
account-acme  ╷
              │ Error: Error creating Network: googleapi: Error 409: exists
              │   with google_compute_network.vpc,
              ╵`);
    expect(progress.errorText).toBe(
      "│ Error: Error creating Network: googleapi: Error 409: exists\n│   with google_compute_network.vpc,\n╵",
    );
  });
});

describe("compareObjects", () => {
  const object = (address: string, id: string, size = 1): Parameters<typeof compareObjects>[0][number] => ({
    ...{ stack: "s", type: "t", address, attributes: { id, size } },
  });

  it("counts what came, what went and what is otherwise", () => {
    const before = [
      object("t.stays", "1"),
      object("t.grows", "2"),
      object("t.goes", "3"),
      object("t.replaced", "4"),
    ];
    const after = [
      object("t.stays", "1"),
      object("t.grows", "2", 9),
      object("t.comes", "5"),
      object("t.replaced", "6"),
    ];
    expect(compareObjects(before, after)).toEqual({ added: 2, changed: 1, destroyed: 2 });
  });
});
