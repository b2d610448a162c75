import { Interruptions, randomNumbers } from "../builders/interruptions";
import { describeWithPython, TrialMachine } from "../builders/trial-machine";

jest.setTimeout(120_000);

let machine: TrialMachine;
let interruptions: Interruptions;
beforeAll(async () => {
  machine = await TrialMachine.start();
  interruptions = await Interruptions.prepared(machine);
});
afterAll(() => machine.close());

// All steps and 300 moments: proofs/fleet-apply.test.ts.
describeWithPython("fleet-apply, killed in the middle of a change,", () => {
  it("leaves the old set or the new one at 8 random moments, and the next start completes the change", async () => {
    const random = randomNumbers(8);
    for (let kill = 0; kill < 8; kill += 1) await interruptions.killAfter(0.2 + 0.8 * random());
    expect(interruptions.found.old + interruptions.found.new).toBe(8);
  });

  it("has every file and name on the disk before the link changes, and then the link", async () => {
    const events = await interruptions.trace();
    const at = (event: string): number => {
      expect(events).toContain(event);
      return events.lastIndexOf(event);
    };
    const switched = at("rename /etc/fleet.new /etc/fleet");
    const named = events.findIndex((event) => event.startsWith("rename /etc/fleet.d/new /etc/fleet.d/"));
    const written = events
      .filter((event) => event.startsWith("write /etc/fleet.d/new/"))
      .map((event) => event.slice(6));
    expect(written).toHaveLength(Object.keys(machine.files()).length);
    for (const path of written) {
      expect(at(`sync ${path}`)).toBeGreaterThan(at(`write ${path}`));
      for (let folder = path; folder !== "/etc/fleet.d";) {
        folder = folder.slice(0, folder.lastIndexOf("/"));
        if (folder === "/etc/fleet.d") break;
        expect(at(`sync ${folder}`)).toBeGreaterThan(at(`write ${path}`));
        expect(at(`sync ${folder}`)).toBeLessThan(named);
      }
    }
    expect(events.slice(named, switched)).toContain("sync /etc/fleet.d");
    expect(events.slice(switched)).toContain("sync /etc");
    expect(events.filter((event) => /^(write|rename \S+) \/etc\/fleet(\/|$)/.test(event))).toEqual([
      events[switched],
    ]);
  });
});
