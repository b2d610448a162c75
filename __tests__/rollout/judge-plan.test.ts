import { countPlan, destroysOf, differenceOf, type PlannedChange, routineOf } from "../../rollout/judge-plan";

const change = (action: PlannedChange["action"], address: string): PlannedChange => ({ action, address });
const PLAN = [
  change("create", "google_compute_address.address"),
  change("update", "google_compute_instance.server"),
  change("replace", "google_compute_region_instance_template.template"),
  change("replace", 'terraform_data.drain["bridge-1"]'),
  change("replace", "linode_instance.bridge-1"),
  change("delete", 'google_secret_manager_secret.secrets["a.b"]'),
];

describe("a plan", () => {
  it("is counted by what happens to objects", () => {
    expect(countPlan(PLAN)).toEqual({ add: 1, change: 1, replace: 3, destroy: 1 });
  });

  it("takes away what is deleted and what is replaced, but for templates and notes", () => {
    expect(destroysOf(PLAN)).toEqual(PLAN.slice(4));
    expect(routineOf(PLAN)).toEqual(PLAN.slice(2, 4));
  });

  it.each(['google_secret_manager_secret_version.versions["jvb"]', "google_storage_bucket_object.program"])(
    "takes a successor of %s for routine, because the old one stays, and its end not",
    (address) => {
      expect(routineOf([change("replace", address)])).toEqual([change("replace", address)]);
      expect(destroysOf([change("delete", address)])).toEqual([change("delete", address)]);
    },
  );

  it("is not taken for routine by a name that sounds like it", () => {
    const odd = change("delete", "google_compute_disk.terraform_data");
    expect(destroysOf([odd])).toEqual([odd]);
  });

  it("is the same when it does the same to the same objects", () => {
    expect(differenceOf(PLAN, [...PLAN].reverse())).toBeUndefined();
    expect(differenceOf(PLAN.slice(0, 2), [PLAN[0]!, change("replace", PLAN[1]!.address)])).toBe(
      "now it would also replace google_compute_instance.server; it would no longer update google_compute_instance.server",
    );
  });
});
