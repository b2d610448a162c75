import { aGcpPool } from "../__tests__/builders/fleet";
import {
  describeWithStandIn,
  inventory,
  runSetup,
  StandIn,
} from "../__tests__/builders/influxdb-setup-trial";
import { AS_IT_SHALL_BE, passwordsOf, setupFiles } from "../__tests__/builders/influxdb-setup-trials";

const pools = [aGcpPool()];
const files = setupFiles(pools);
const passwords = passwordsOf(pools, "first");

describeWithStandIn("influxdb-setup", () => {
  let database: StandIn;
  beforeEach(() => (database = new StandIn()));
  afterEach(() => database.stop());

  it("goes on where it was cut off, wherever that was", () => {
    expect(runSetup(database, files, passwords).code).toBe(0);
    const calls = database.calls().length;
    expect(calls).toBeGreaterThan(8);
    for (let call = 1; call <= calls; call++) {
      const cut = new StandIn();
      try {
        cut.cutAt(call);
        // The first call is the one that waits for the database: without an answer there is nothing to cut off.
        if (call > 1) expect([call, runSetup(cut, files, passwords).code]).not.toEqual([call, 0]);
        cut.cutAt(undefined);
        expect([call, runSetup(cut, files, passwords).code]).toEqual([call, 0]);
        expect(inventory(cut)).toEqual(AS_IT_SHALL_BE);
      } finally {
        void cut.stop();
      }
    }
  });
});
