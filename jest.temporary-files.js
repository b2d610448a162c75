const { chmodSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** One directory for all that tests write, gone at the end: cdktf's Testing.app() leaves what it has synthesized. */
module.exports = async () => {
  const directory = mkdtempSync(join(tmpdir(), "fleet-"));
  chmodSync(directory, 0o711); // programs that give up root reach what is theirs
  process.env.TMPDIR = directory; // workers start later, and inherit it
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
};
