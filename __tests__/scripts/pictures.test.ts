import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawPictures } from "../../scripts/pictures/pictures";
import { describeWithInfluxDb, RealInfluxDb } from "../builders/real-influxdb";

jest.setTimeout(60_000);

const REPOSITORY = join(__dirname, "../..");

describeWithInfluxDb("npm run pictures", () => {
  let pictures: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const database = await RealInfluxDb.start();
    try {
      pictures = await drawPictures(database);
    } finally {
      await database.stop();
    }
  });

  it("draws what is committed: after a change of a dashboard, run it", () => {
    expect([...pictures.keys()]).toEqual([
      "docs/pictures/fleet-customer.svg",
      "docs/pictures/fleet-octo.svg",
    ]);
    for (const [path, svg] of pictures)
      expect({ path, fresh: readFileSync(join(REPOSITORY, path), "utf8") === svg }).toEqual({
        path,
        fresh: true,
      });
  });

  it("has data in every panel", () => {
    for (const svg of pictures.values()) expect(svg).not.toMatch(/No data|no calls|· Last –/);
  });

  it("says that no Grafana has a part in it", () => {
    for (const svg of pictures.values()) expect(svg).toContain("not a screenshot of Grafana");
  });
});
