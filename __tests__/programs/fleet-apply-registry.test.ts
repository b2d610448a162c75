import { aBundle } from "../builders/bundle";
import { describeWithPython, TrialMachine } from "../builders/trial-machine";

jest.setTimeout(30_000);

const LOGIN = "/run/fleet/secrets/registry.json";

let machine: TrialMachine;
beforeEach(async () => {
  machine = await TrialMachine.start();
});
afterEach(() => machine.close());

/** What the registry was shown at each pull of a run. */
async function pulls(): Promise<string[]> {
  const before = machine.calls().length;
  machine.metadata.google(aBundle());
  expect(await machine.run("google")).toMatchObject({ code: 0, err: "" });
  return machine
    .calls()
    .slice(before)
    .flatMap((call) => {
      const pull = /pull --quiet --policy missing prosody jicofo web jvb(.*)$/.exec(call);
      return pull ? [pull[1]!] : [];
    });
}

describeWithPython("fleet-apply and private registries", () => {
  it("pulls without a login where there is none", async () => {
    expect(await pulls()).toEqual([""]);
    expect(machine.names("/run/fleet")).not.toContain("docker");
  });

  it("pulls with the login that was fetched, the newest each time, and keeps no second copy of it", async () => {
    machine.write(LOGIN, '{"auths":{"a":1}}');
    expect(await pulls()).toEqual([' with {"auths":{"a":1}}']);
    machine.write(LOGIN, '{"auths":{"a":2}}');
    expect(await pulls()).toEqual([' with {"auths":{"a":2}}']);
    machine.write(LOGIN, "");
    expect(machine.read("/run/fleet/docker/config.json")).toBe("");
  });
});
