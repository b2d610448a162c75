import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { namesOnDisk } from "../../../cli/completion/names-on-disk";
import { loadFleet } from "../../../config/load-fleet";
import { accountStackId, bridgesStackId, customerStackId } from "../../../model/names";
import { FleetCommand } from "../../builders/fleet-command";

describe("namesOnDisk", () => {
  let fleet: FleetCommand;
  beforeEach(() => {
    fleet = new FleetCommand();
    fleet.write();
  });
  afterEach(() => fleet.close());

  it("names what the loader finds", () => {
    const loaded = loadFleet(fleet.accounts);
    if (!loaded.ok) throw new Error("the files are valid");
    const { accounts, customers, pools } = loaded.fleet;
    expect(namesOnDisk(fleet.accounts)).toEqual({
      account: accounts.map(({ id }) => id),
      customer: customers.map(({ id }) => id),
      pool: pools.map(({ account, id }) => `${account}/${id}`),
      stack: [
        ...accounts.map(accountStackId),
        ...customers.map(customerStackId),
        ...pools.map(bridgesStackId),
      ],
    });
  });

  it("names a customer whose file has a mistake, and nothing that is no entity", () => {
    writeFileSync(join(fleet.accounts, "acme/customers/xyz.yaml"), "{");
    writeFileSync(join(fleet.accounts, "acme/customers/README.md"), "");
    expect(namesOnDisk(fleet.accounts).customer).toEqual(["abc", "xyz"]);
  });

  it("names nothing where nothing is", () =>
    expect(namesOnDisk(join(fleet.folder, "nowhere"))).toEqual({
      account: [],
      customer: [],
      pool: [],
      stack: [],
    }));
});
