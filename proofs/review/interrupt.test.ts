import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReviewedRepository } from "./reviewed-repository";

let repository: ReviewedRepository;
beforeEach(() => {
  repository = new ReviewedRepository();
});
afterEach(() => repository.close());

describe("fleet review, interrupted", () => {
  it("ends in good order on Ctrl-C, and leaves nothing behind", async () => {
    repository.append("acme/customers/abc.yaml", "jicofo: { maxParticipantsPerBridge: 40 }");
    repository.synth();
    const temporary = mkdtempSync(join(tmpdir(), "fleet-review-interrupted-"));
    try {
      const accounts = join(repository.folder, "accounts");
      const child = spawn(
        process.execPath,
        ["cli/fleet.js", "review", "--base", "HEAD", "--accounts", accounts],
        {
          env: { ...process.env, TMPDIR: temporary },
          stdio: ["ignore", "ignore", "pipe"],
        },
      );
      let err = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      // While the base is rebuilt: then Terraform runs.
      const isRebuilding = (): boolean =>
        readdirSync(temporary).some((name) => existsSync(join(temporary, name, "rehearsal/state")));
      while (!isRebuilding()) {
        if (child.exitCode !== null) throw new Error(`it ended by itself: ${err}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      child.kill("SIGINT");
      expect(await ended).toBe(130);
      expect(err).toContain("Interrupted.");
      expect(readdirSync(temporary).filter((name) => name.startsWith("fleet-review-"))).toEqual([]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });
});
