import { phaseOf } from "../../keeper/phase";

describe("phaseOf", () => {
  it.each([
    ["NONE", "RUNNING", "running"],
    ["REFRESHING", "RUNNING", "running"],
    ["VERIFYING", "RUNNING", "running"],
    ["NONE", "STAGING", "coming"],
    ["NONE", undefined, "coming"],
    ["CREATING", undefined, "coming"],
    ["CREATING_WITHOUT_RETRIES", "RUNNING", "coming"],
    ["STARTING", "TERMINATED", "coming"],
    ["RESUMING", "SUSPENDED", "coming"],
    ["NONE", "STOPPING", "leaving"],
    ["NONE", "PENDING_STOP", "leaving"],
    ["NONE", "TERMINATED", "leaving"],
    ["NONE", "SUSPENDED", "leaving"],
    ["NONE", "REPAIRING", "leaving"],
    ["DELETING", "RUNNING", "leaving"],
    ["ABANDONING", "RUNNING", "leaving"],
    ["RECREATING", "RUNNING", "leaving"],
    ["RESTARTING", "RUNNING", "leaving"],
    ["STOPPING", "RUNNING", "leaving"],
    ["SUSPENDING", "RUNNING", "leaving"],
    ["SOMETHING_NEW", "RUNNING", "leaving"],
  ])("takes %s of a machine that is %s for %s", (currentAction, status, phase) => {
    expect(phaseOf({ currentAction, status })).toBe(phase);
  });
});
