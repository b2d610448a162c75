import { join } from "node:path";
import { loadBaseFleet } from "../../../cli/review/base-fleet";
import { FleetCommand } from "../../builders/fleet-command";

const fleet = new FleetCommand();
afterAll(fleet.close);

describe("loadBaseFleet", () => {
  it("has the fleet of a base that can be read", () => {
    fleet.write();
    expect(loadBaseFleet(fleet)).toMatchObject({ fleet: { customers: [{ id: "abc" }] } });
  });

  it("says that there are no accounts", () => {
    expect(loadBaseFleet({ accounts: join(fleet.folder, "nowhere/accounts") })).toEqual({
      unknown: "The base has no accounts/.",
    });
  });

  it("says what the first problem of another data model is, at most 200 characters of it", () => {
    fleet.write({ "accounts/acme/pools/eu-burst.yaml": "cloud: gcp\nregion: europe-west4\nbridges: 3\n" });
    expect(loadBaseFleet(fleet)).toEqual({
      unknown: expect.stringMatching(
        /^The base's accounts cannot be read by what reads them now \(\d problems, the first: accounts\/acme\/pools\/eu-burst\.yaml:\d+ .{10,200}\)\.$/,
      ),
    });
  });
});
