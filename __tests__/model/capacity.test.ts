import {
  bridgesForBurst,
  headroomPerBridge,
  joinsUntilNewBridge,
  participantsAtFullStress,
  secondsToNewBridge,
} from "../../model/capacity";

const load = { measurement: "cpu" } as const;

describe("capacity", () => {
  it("gives a bridge of four processors 100 participants, of which 30 fit between 0.5 and 0.8", () => {
    expect(headroomPerBridge({ load, vcpus: 4, stress: 0.5 })).toBe(30);
    expect(headroomPerBridge({ load, vcpus: 8, stress: 0.5 })).toBe(60);
    expect(headroomPerBridge({ load, vcpus: 4, stress: 0.75 })).toBe(5);
    expect(headroomPerBridge({ load, vcpus: 4, stress: 0.1 })).toBe(70);
  });

  it("gives a bridge fewer participants with a lower threshold", () => {
    expect(participantsAtFullStress(4, { measurement: "cpu" })).toBe(100);
    expect(participantsAtFullStress(4, { measurement: "cpu", cpuThreshold: 0.45 })).toBe(50);
    expect(participantsAtFullStress(4, { measurement: "packet-rate" })).toBe(100);
    expect(participantsAtFullStress(4, { measurement: "packet-rate", packetsPerSecond: 80_000 })).toBe(200);
    const halved = { measurement: "cpu", cpuThreshold: 0.45 } as const;
    expect(headroomPerBridge({ load: halved, vcpus: 4, stress: 0.5 })).toBe(15);
  });

  it("waits three minutes for the autoscaler, then for the boot", () => {
    expect(secondsToNewBridge(150)).toBe(330);
    expect(joinsUntilNewBridge(20, 150)).toBe(110); // 20 a minute for 5.5 minutes
    expect(joinsUntilNewBridge(1, 15)).toBe(4); // 3.25 people are 4
  });

  it("needs a bridge for each headroom that joins meanwhile", () => {
    const shape = { load, vcpus: 4, stress: 0.5 };
    expect(bridgesForBurst(shape, 20, 150)).toBe(4); // 110 / 30
    expect(bridgesForBurst(shape, 10, 180)).toBe(2); // 60 / 30, and not one more for a rounding error
    expect(bridgesForBurst(shape, 1, 150)).toBe(1);
  });
});
