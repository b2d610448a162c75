import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { installOnce } from "./install-once";

/** What GitHub takes for a workflow changes: a newer one may find more. */
const ACTIONLINT_VERSION = "1.7.12";

/**
 * `npm run workflows [-- <file>…]`: actionlint over the workflows, with shellcheck over their scripts where it is
 * installed. The first run builds it with Go, from the module proxy.
 */
const root = resolve(__dirname, "..");
const home = join(root, "node_modules/.cache/actionlint", ACTIONLINT_VERSION);
const actionlint = installOnce(home, "actionlint", (beside) =>
  execFileSync("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@v${ACTIONLINT_VERSION}`], {
    stdio: "inherit",
    env: { ...process.env, GOBIN: beside },
  }),
);
const workflows = join(root, ".github/workflows");
const given = process.argv.slice(2);
const files = given.length > 0 ? given : readdirSync(workflows).map((file) => join(workflows, file));
const { status, error } = spawnSync(actionlint, ["-no-color", ...files], { stdio: "inherit", cwd: root });
if (error) throw error;
if (status === 0) console.log(`actionlint ${ACTIONLINT_VERSION}: ${files.length} workflows are right`);
process.exitCode = status ?? 1;
