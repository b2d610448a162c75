import {
  bridgesForBurst,
  headroomPerBridge,
  joinsUntilNewBridge,
  secondsToNewBridge,
} from "../../model/capacity";

describe("capacity", () => {
  it("gives a bridge of four processors 100 participants, of which 30 fit between 0.5 and 0.8", () => {
    expect(headroomPerBridge({ vcpus: 4, targetStress: 0.5 })).toBe(30);
    expect(headroomPerBridge({ vcpus: 8, targetStress: 0.5 })).toBe(60);
    expect(headroomPerBridge({ vcpus: 4, targetStress: 0.75 })).toBe(5);
    expect(headroomPerBridge({ vcpus: 4, targetStress: 0.1 })).toBe(70);
  });

  it("waits three minutes for the autoscaler, then for the boot", () => {
    expect(secondsToNewBridge(150)).toBe(330);
    expect(joinsUntilNewBridge(20, 150)).toBe(110); // 20 a minute for 5.5 minutes
    expect(joinsUntilNewBridge(1, 15)).toBe(4); // 3.25 people are 4
  });

  it("needs a bridge for each headroom that joins meanwhile", () => {
    const shape = { vcpus: 4, targetStress: 0.5 };
    expect(bridgesForBurst(shape, 20, 150)).toBe(4); // 110 / 30
    expect(bridgesForBurst(shape, 10, 180)).toBe(2); // 60 / 30, and not one more for a rounding error
    expect(bridgesForBurst(shape, 1, 150)).toBe(1);
  });
});
