import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { INFLUXDB_DIRECTORY } from "./influxdb-directory";
import { installOnce } from "./install-once";

/** Builds InfluxDB 2.7 for `npm run proof:influxdb`: some minutes, once. */
const influxd = installOnce(resolve(__dirname, "..", INFLUXDB_DIRECTORY), "influxd", (beside) =>
  execFileSync("bash", [join(__dirname, "build-influxdb.sh"), beside], { stdio: "inherit" }),
);
console.log(`InfluxDB 2.7.12 is there: ${influxd}`);
