import { rmSync } from "node:fs";
import { join } from "node:path";
import { utils } from "ssh2";
import { sshKey } from "../../../sandbox/machines/ssh-key";
import { temporaryDirectory } from "../../builders/output";

describe("sshKey", () => {
  const path = join(temporaryDirectory(), "key");

  it("draws keys that can be read, every time", () => {
    // One of two hundred could not: of 1000, at least one, but for a chance of less than one in a hundred.
    for (let trial = 0; trial < 1000; trial += 1) {
      rmSync(path, { force: true });
      expect(utils.parseKey(sshKey(path).private)).not.toBeInstanceOf(Error);
    }
  });

  it("keeps a key that is there", () => {
    expect(sshKey(path)).toEqual(sshKey(path));
    expect(sshKey(path).public).toMatch(/^ssh-ed25519 /);
  });
});
