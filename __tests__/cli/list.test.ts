import type { FleetLists } from "../../cli/list/fleet-lists";
import { main } from "../../cli/main";
import { loadFleet } from "../../config/load-fleet";
import { planStacks } from "../../stacks/planned-stack";
import { generateAccounts } from "../../bench/generate-accounts";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

describe("fleet list", () => {
  let fleet: FleetCommand;
  beforeEach(() => {
    fleet = new FleetCommand();
    fleet.write();
  });
  afterEach(() => fleet.close());

  const example = async (...args: string[]): Promise<string> => {
    let out = "";
    await main(["list", ...args], { out: (text) => (out += text), err: (text) => (out += text) });
    return out;
  };

  it("has a table of each kind", async () => {
    const { code, out } = await fleet.run(["list"]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "1 account

      account  project         Linode  domain             customers  pools  Google regions
      acme     acme-meet-prod  yes     meet.acme.example  1          2      europe-west4

      1 customer, release stable-11146-2

      customer  account  host name              zone            pools
      abc       acme     abc.meet.acme.example  europe-west4-a  eu-burst, nl-static

      2 pools

      pool            cloud   region        bridges  machine type    serves
      acme/eu-burst   Google  europe-west4  2-8      n2-standard-4   abc
      acme/nl-static  Linode  nl-ams        3        g6-dedicated-4  abc

      4 stacks, in the order of a first deploy

      stack                   kind      file
      account-acme            account   accounts/acme/account.yaml
      customer-abc            customer  accounts/acme/customers/abc.yaml
      bridges-acme-eu-burst   pool      accounts/acme/pools/eu-burst.yaml
      bridges-acme-nl-static  pool      accounts/acme/pools/nl-static.yaml
      "
    `);
  });

  it("names stacks and files as synthesis does, in its order", async () => {
    const loaded = loadFleet("accounts");
    if (!loaded.ok) throw new Error("the example accounts do not load");
    const { stacks } = JSON.parse(await example("stacks", "--json")) as FleetLists;
    expect(stacks).toEqual(
      planStacks(loaded.fleet).map(({ id, kind, source, account }) => ({
        id,
        kind,
        account: account.id,
        file: source,
      })),
    );
  });

  it("limits every kind to an account", async () => {
    const lists = JSON.parse(await example("--account", "globex", "--json")) as Required<FleetLists>;
    expect(lists.accounts.map(({ id }) => id)).toEqual(["globex"]);
    expect(lists.customers.map(({ id }) => id)).toEqual(["xyz", "xyz-europe"]);
    expect(lists.pools.map(({ name }) => name)).toEqual([
      "globex/eu-burst",
      "globex/us-burst",
      "globex/us-static",
    ]);
    expect(lists.stacks).toHaveLength(6);
  });

  it("prints one kind as JSON with the numbers of its pools", async () => {
    const { out } = await fleet.run(["list", "pools", "--json"]);
    expect(JSON.parse(out)).toEqual({
      pools: [
        {
          name: "acme/eu-burst",
          account: "acme",
          cloud: "gcp",
          region: "gcp-europe-west4",
          min: 2,
          max: 8,
          draining: 0,
          machineType: "n2-standard-4",
          serves: ["abc"],
        },
        {
          name: "acme/nl-static",
          account: "acme",
          cloud: "linode",
          region: "linode-nl-ams",
          min: 3,
          max: 3,
          draining: 0,
          machineType: "g6-dedicated-4",
          serves: ["abc"],
        },
      ],
    });
  });

  it("prints names alone for loops, and no stack whose deploy destroys", async () => {
    const account = fleet.read("accounts/acme/account.yaml");
    fleet.write({ "accounts/acme/account.yaml": `${account}retired: [bridges-acme-old]\n` });
    expect((await fleet.run(["list", "stacks", "--ids"])).out).toBe(
      "account-acme\ncustomer-abc\nbridges-acme-eu-burst\nbridges-acme-nl-static\n",
    );
    expect((await fleet.run(["list", "stacks"])).out).toContain("bridges-acme-old        retired");
    expect((await fleet.run(["list", "pools", "--ids"])).out).toBe("acme/eu-burst\nacme/nl-static\n");
  });

  it("shows draining bridges and a bridge on the server", async () => {
    fleet.write({
      "accounts/acme/pools/nl-static.yaml": `${MODELINES.pool}cloud: linode\nregion: nl-ams\nserves: [abc]\nsize: 3\ndraining: 1\n`,
      "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\nbridgeOnServer: true\n`,
    });
    const { out } = await fleet.run(["list"]);
    expect(out).toContain("nl-ams        3, 1 draining  g6-dedicated-4");
    expect(out).toContain("eu-burst, nl-static, (server)");
  });

  it("keeps 100 customers of 100 columns readable", async () => {
    generateAccounts(fleet.accounts, 100);
    const { out } = await fleet.run(["list"]);
    const lines = out.split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines).toContain(
      "c0001     org000   c0001.meet.org000.example    us-east1-b         c0001-base, c0001-burst",
    );
  });

  it.each([
    [
      ["list", "pools", "--account", "acmee"],
      /^No account is called "acmee"; there are acme\. Did you mean acme\?/,
    ],
    [["list", "--ids"], /^--ids needs a kind: accounts, customers, pools, stacks/],
    [["list", "pools", "--ids", "--json"], /choose one/],
    [["list", "bridges"], /Allowed choices are accounts, customers, pools, stacks/],
  ])("refuses %j and does nothing", async (args, says) => {
    const { code, out, err } = await fleet.run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(says);
  });

  it("shows what is wrong with the files instead of a list", async () => {
    fleet.write({ "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: 1\n` });
    const { code, out, err } = await fleet.run(["list"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("accounts/acme/customers/abc.yaml:2");
  });
});
