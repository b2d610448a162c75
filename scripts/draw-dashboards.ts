import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { RealInfluxDb } from "../__tests__/builders/real-influxdb";
import { drawPictures } from "./pictures/pictures";

/** `npm run pictures`: draws the dashboards that docs/dashboards.md shows. Needs InfluxDB 1.x (Debian: influxdb). */
async function main(): Promise<void> {
  const database = await RealInfluxDb.start();
  try {
    for (const [path, svg] of await drawPictures(database)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, svg);
    }
  } finally {
    await database.stop();
  }
}

void main();
