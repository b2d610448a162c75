import type { Values } from "../../../sandbox/protocol/value";
import { PretendedCloud } from "../../builders/pretended-cloud";

const TYPE = "google_compute_region_autoscaler";
const POLICY = { mode: "ONLY_SCALE_OUT", min_replicas: 2, max_replicas: 8, cooldown_period: 150 };
const AUTOSCALER = {
  name: "acme-eu-burst",
  region: "europe-west4",
  // Of another project, and so taken for granted.
  target: "projects/other/regions/europe-west4/instanceGroupManagers/acme-eu-burst",
  autoscaling_policy: [{ ...POLICY, cpu_utilization: [{ target: 0.55 }] }],
};

describe("an autoscaler whose minimum a keeper has raised", () => {
  it("is a change in place for Terraform, of the minimum alone", async () => {
    const cloud = new PretendedCloud();
    try {
      const state = await cloud.apply(TYPE, AUTOSCALER);
      const [[id, object]] = cloud.store.list("google", TYPE) as [[string, Values]];
      const [policy] = object["autoscaling_policy"] as [Values];
      cloud.store.put("google", TYPE, id, {
        ...object,
        autoscaling_policy: [{ ...policy, min_replicas: 5 }],
      });

      const seen = cloud.read(TYPE, state)!;
      expect((seen["autoscaling_policy"] as [Values])[0]["min_replicas"]).toBe(5);
      const { planned, replace } = cloud.plan(TYPE, AUTOSCALER, seen);
      expect(replace).toEqual([]);
      expect({ ...planned, autoscaling_policy: null }).toEqual({ ...seen, autoscaling_policy: null });
      expect(planned["autoscaling_policy"]).toEqual(state["autoscaling_policy"]);
    } finally {
      cloud.remove();
    }
  });
});
