import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installOnce } from "./install-once";

/**
 * `npm run tofu`: builds OpenTofu from its sources for `npm run proof:tofu`, some ten minutes, once. Needs Go 1.26. Its
 * go.mod replaces modules, which `go install` refuses to modules but the main one: so it is built in a copy of its own.
 */
const VERSION = "1.12.6";
const MODULE = "github.com/opentofu/opentofu";
const home = join(resolve(__dirname, ".."), "node_modules/.cache/opentofu", VERSION);

const tofu = installOnce(home, "tofu", (beside) => {
  const work = mkdtempSync(join(tmpdir(), "opentofu-"));
  try {
    const go = (args: readonly string[], cwd: string): string =>
      execFileSync("go", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    const answer = go(["mod", "download", "-json", `${MODULE}@v${VERSION}`], work);
    const { Dir: sources } = JSON.parse(answer) as { readonly Dir: string };
    const copy = join(work, "sources");
    cpSync(sources, copy, { recursive: true });
    execFileSync("chmod", ["-R", "u+w", copy]);
    const program = join(beside, "tofu");
    go(
      ["build", "-ldflags", `-X ${MODULE}/version.dev=no`, "-buildvcs=false", "-o", program, "./cmd/tofu"],
      copy,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
console.log(`OpenTofu ${VERSION} is there: ${tofu}`);
