import { parseFilter } from "../../../../sandbox/stage/api/list-filter";

const machine = {
  name: "acme-eu-burst-abcd",
  status: "RUNNING",
  labels: { "fleet-account": "acme", "fleet-pool": "eu-burst" },
};

describe("parseFilter", () => {
  it.each([
    ["", true],
    ["labels.fleet-pool=eu-burst", true],
    ['labels.fleet-pool = "eu-burst"', true],
    ["labels.fleet-pool=us-burst", false],
    ["labels.other=eu-burst", false],
    ["status != RUNNING", false],
    ["labels.other != eu-burst", true],
    ["labels.fleet-pool=eu-burst AND labels.fleet-account=acme", true],
    ["labels.fleet-pool=eu-burst AND labels.fleet-account=globex", false],
    ["(labels.fleet-pool=eu-burst) (status=RUNNING)", true],
    ["(labels.fleet-pool=eu-burst) (status=STOPPING)", false],
    ["name eq acme-eu-burst-.*", true],
    ["name eq acme", false],
    ["name ne acme-eu-.*", false],
  ])("takes %s", (filter, expected) => {
    expect(parseFilter(filter)(machine)).toBe(expected);
  });

  it.each(["labels.fleet-pool", "status=RUNNING OR status=STOPPING", "labels.fleet-pool:*", "=eu-burst"])(
    "refuses %s",
    (filter) => {
      expect(() => parseFilter(filter)).toThrow(/Invalid list filter expression/);
    },
  );
});
