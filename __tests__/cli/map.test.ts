import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FleetMap } from "../../cli/map/fleet-map";
import { generateAccounts } from "../../bench/generate-accounts";
import { FleetCommand } from "../builders/fleet-command";
import { TWO_ACCOUNTS } from "../builders/fleet-of";

describe("fleet map", () => {
  let fleet: FleetCommand;
  beforeEach(() => {
    fleet = new FleetCommand();
    fleet.write(TWO_ACCOUNTS);
  });
  afterEach(() => fleet.close());

  it("draws within 100 columns, or those of the screen", async () => {
    const { code, out } = await fleet.run(["map"]);
    expect(code).toBe(0);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(out).toContain("╭─ acme ");
    const narrow = await fleet.run(["map"], { columns: 60 });
    expect(narrow.out).toMatch(/^── acme /);
  });

  it("writes an SVG, and says so", async () => {
    const file = join(fleet.folder, "map.svg");
    const { code, out } = await fleet.run(["map", "--svg", file]);
    expect({ code, out }).toEqual({ code: 0, out: `${file} is written.\n` });
    expect(readFileSync(file, "utf8")).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  it("prints one JSON object, also beside an SVG", async () => {
    const file = join(fleet.folder, "map.svg");
    const { out } = await fleet.run(["map", "--json", "--account", "acme", "--svg", file]);
    const map = JSON.parse(out) as FleetMap;
    expect(map.customers.map(({ id }) => id)).toEqual(["abc"]);
    expect(map.meshes[0]!.pools).toHaveLength(3);
    expect(existsSync(file)).toBe(true);
  });

  it("sums up many customers by region", async () => {
    generateAccounts(fleet.accounts, 200);
    const { out } = await fleet.run(["map", "--account", "org001"]);
    expect(out).toMatch(/│ 3[34] customers /);
    const all = await fleet.run(["map"]);
    expect(all.out.match(/╭─ org00\d/gm)).toHaveLength(2);
  });

  it("says which accounts there are when one is unknown", async () => {
    const { code, out, err } = await fleet.run(["map", "--account", "globax"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe('No account is called "globax"; there are acme, globex. Did you mean globex?\n');
  });

  it("says why an SVG cannot be written", async () => {
    const { code, err } = await fleet.run(["map", "--svg", join(fleet.accounts, "defaults.yaml", "map.svg")]);
    expect(code).toBe(1);
    expect(err).toMatch(/map\.svg: the file cannot be written \((?:ENOTDIR|EEXIST)\)\.\n$/);
  });
});
