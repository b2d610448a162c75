import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { TELEGRAF_VERSION } from "../model/versions";
import { TELEGRAF_DIRECTORY, TELEGRAF_PLUGINS } from "./telegraf-plugins";

/** Builds the version of Telegraf that the image has, for tests, with the plugins that are used: some minutes, once. */
const directory = resolve(__dirname, "..", TELEGRAF_DIRECTORY);
if (existsSync(join(directory, "telegraf"))) {
  console.log(`Telegraf ${TELEGRAF_VERSION} is there: ${directory}`);
} else {
  mkdirSync(directory, { recursive: true });
  execFileSync(
    "go",
    [
      "install",
      "-tags",
      ["custom", ...TELEGRAF_PLUGINS].join(","),
      `github.com/influxdata/telegraf/cmd/telegraf@v${TELEGRAF_VERSION}`,
    ],
    { stdio: "inherit", env: { ...process.env, GOBIN: directory } },
  );
}
