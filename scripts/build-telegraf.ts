import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { TELEGRAF_VERSION } from "../model/versions";
import { installOnce } from "./install-once";
import { TELEGRAF_DIRECTORY, TELEGRAF_PLUGINS } from "./telegraf-plugins";

/** Builds the version of Telegraf that the image has, for tests, with the plugins that are used: some minutes, once. */
const telegraf = installOnce(resolve(__dirname, "..", TELEGRAF_DIRECTORY), "telegraf", (beside) =>
  execFileSync(
    "go",
    [
      "install",
      "-tags",
      ["custom", ...TELEGRAF_PLUGINS].join(","),
      `github.com/influxdata/telegraf/cmd/telegraf@v${TELEGRAF_VERSION}`,
    ],
    { stdio: "inherit", env: { ...process.env, GOBIN: beside } },
  ),
);
console.log(`Telegraf ${TELEGRAF_VERSION} is there: ${telegraf}`);
