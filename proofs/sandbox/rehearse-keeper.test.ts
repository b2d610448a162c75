import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rehearseKeeper } from "../../sandbox/keeper-rehearsal/rehearse-keeper";
import { startRehearsal } from "../../sandbox/rehearsal";

const POOL = "accounts/acme/pools/eu-burst.yaml";

const directory = mkdtempSync(join(tmpdir(), "fleet-keeper-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Synthesizes the example's account, with this edit of its Google pool. */
function synthesize(edit: (yaml: string) => string): string {
  cpSync("accounts", join(directory, "accounts"), { recursive: true });
  const path = join(directory, POOL);
  writeFileSync(path, edit(readFileSync(path, "utf8")));
  const output = join(directory, "output");
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    env: { ...process.env, FLEET_ACCOUNTS: join(directory, "accounts"), CDKTF_OUTDIR: output },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return output;
}

describe("rehearseKeeper", () => {
  it("runs the deployed program against the deployed pool, and plays a deploy that comes meanwhile", async () => {
    const rehearsal = await startRehearsal({
      synthesized: synthesize((yaml) => yaml),
      directory: join(directory, "rehearsal"),
    });
    try {
      for (const stack of ["account-acme", "customer-abc", "bridges-acme-eu-burst"])
        await rehearsal.apply(stack);
      const lines: string[] = [];
      const running = rehearseKeeper({
        directory: join(directory, "rehearsal"),
        pool: "acme-eu-burst",
        speed: 240,
        peak: 20,
        from: 3,
        hours: 3,
        seed: 1,
        print: (line) => lines.push(line),
        show: () => undefined,
        stopping: new AbortController().signal,
      });
      // Other machines: the template changes, and the keeper renews what runs.
      await rehearsal.copy(synthesize((yaml) => yaml.replace("n2-standard-4", "n2-standard-8")));
      await rehearsal.apply("bridges-acme-eu-burst");
      const result = await running;
      const said = lines.join("\n");
      expect(said).toMatch(/keeper: set-min +\d+: room for the renewal/);
      expect(said).toMatch(/keeper: drain +acme-eu-burst-\w{4} +it was made from an old template/);
      expect(said).toMatch(/keeper: delete +acme-eu-burst-\w{4}/);
      expect(result).toContainEqual("calls cut by the keeper: 0, by others: 0");
    } finally {
      await rehearsal.close();
    }
  });
});
