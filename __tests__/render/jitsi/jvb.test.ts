import { participantStress } from "../../../render/jitsi/jvb";

describe("participantStress", () => {
  it.each([
    [2, 0.02],
    [4, 0.01],
    [8, 0.005],
    [6, 0.0067],
  ])("with %p processors is %p", (vcpus, stress) =>
    expect(participantStress(vcpus, { measurement: "cpu" })).toBe(stress),
  );

  it("grows when the threshold is lower", () => {
    expect(participantStress(4, { measurement: "cpu", cpuThreshold: 0.45 })).toBe(0.02);
    expect(participantStress(4, { measurement: "packet-rate", packetsPerSecond: 20_000 })).toBe(0.02);
  });
});
