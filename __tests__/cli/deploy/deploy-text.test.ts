import { deployText } from "../../../cli/deploy/deploy-text";

describe("deployText", () => {
  it("lists what goes away by its address, and counts what is replaced as a matter of course", () => {
    const template = {
      action: "replace",
      address: "google_compute_region_instance_template.template",
    } as const;
    const record = { action: "replace", address: "google_dns_record_set.address-record" } as const;
    expect(
      deployText.whatGoes([
        { stack: "bridges-acme-eu-burst", destroys: [], routine: [template] },
        { stack: "customer-abc", destroys: [record], routine: [] },
      ]),
    ).toEqual([
      "These objects go away:\n  customer-abc  replace  google_dns_record_set.address-record",
      "1 object of a kind that holds nothing or stays (machine templates, terraform_data, versions of secrets) goes or is replaced, which is routine.",
    ]);
    expect(deployText.whatGoes([{ stack: "customer-abc", destroys: [], routine: [] }])).toEqual([]);
  });

  it("says how to go on, with the data and on the clouds that were meant", () => {
    const goOn = (accounts: string, rehearse: boolean) => deployText.goOn({ accounts, rehearse });
    expect(goOn("accounts", false)).toContain("`npx fleet deploy --resume` plans and deploys what is left");
    expect(goOn("trial", true)).toContain("`npx fleet deploy --resume --rehearse --accounts trial`");
  });

  it("says how many wait after a no", () => {
    expect(deployText.stopped(1)).toBe("Stopped after the canary: 1 stack of this rollout waits.");
  });
});
