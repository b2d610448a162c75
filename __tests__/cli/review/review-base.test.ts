import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderBase } from "../../../cli/review/review-base";

describe("folderBase", () => {
  it("takes a folder with an output of synth, and no other", () => {
    const folder = mkdtempSync(join(tmpdir(), "fleet-folder-base-"));
    try {
      expect(() => folderBase(folder)).toThrow(`${folder} is no base: it has no synthesized/manifest.json.`);
      mkdirSync(join(folder, "synthesized"));
      writeFileSync(join(folder, "synthesized/manifest.json"), "{}");
      expect(folderBase(folder)).toEqual({
        name: folder,
        accounts: join(folder, "accounts"),
        synthesized: join(folder, "synthesized"),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
