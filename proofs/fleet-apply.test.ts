import { Interruptions, randomNumbers } from "../__tests__/builders/interruptions";
import type { Found } from "../__tests__/builders/interruptions";
import { describeWithPython, TrialMachine } from "../__tests__/builders/trial-machine";

jest.setTimeout(1_200_000);

const tell = (what: string, found: Found): boolean =>
  process.stdout.write(`${what}: old set ${found.old} times, new set ${found.new} times\n`);

let machine: TrialMachine;
let interruptions: Interruptions;
beforeEach(async () => {
  machine = await TrialMachine.start();
  interruptions = await Interruptions.prepared(machine);
});
afterEach(() => machine.close());

describeWithPython("fleet-apply, killed in the middle of a change,", () => {
  it("leaves the old set or the new one at 300 random moments, and the next start completes the change", async () => {
    const random = randomNumbers(300);
    for (let kill = 0; kill < 300; kill += 1) await interruptions.killAfter(0.2 + 0.8 * random());
    tell("on disk after 300 kills at random moments", interruptions.found);
    // Else the moments were not in the middle.
    expect(interruptions.found.old).toBeGreaterThan(20);
    expect(interruptions.found.new).toBeGreaterThan(20);
  });

  it("does so before every single step that leaves its memory, in both directions", async () => {
    let step = 1;
    while (await interruptions.killAtStep(step)) {
      if (!(await interruptions.killAtStep(step))) break;
      step += 1;
    }
    tell(`on disk after kills before each of ${step - 1} steps, twice`, interruptions.found);
    expect(step).toBeGreaterThan(50);
    expect(interruptions.found.old).toBeGreaterThan(20);
    expect(interruptions.found.new).toBeGreaterThan(20);
  });
});
