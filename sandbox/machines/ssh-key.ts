import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { utils } from "ssh2";

export interface SshKey {
  /** In OpenSSH's format. */
  readonly private: string;
  /** One line. */
  readonly public: string;
}

/** The key pair in `path` and `path`.pub, drawn when it is not there. */
export function sshKey(path: string, type: "ecdsa" | "ed25519" = "ed25519"): SshKey {
  if (!existsSync(path)) {
    const pair = draw(type);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, pair.private, { mode: 0o600 });
    writeFileSync(`${path}.pub`, pair.public);
  }
  return { private: readFileSync(path, "utf8"), public: readFileSync(`${path}.pub`, "utf8").trim() };
}

/** Of ssh2's Ed25519 keys, one of some two hundred is malformed, and nobody can read it: not even ssh2. */
function draw(type: "ecdsa" | "ed25519"): SshKey {
  for (;;) {
    const pair =
      type === "ecdsa"
        ? utils.generateKeyPairSync("ecdsa", { bits: 256 })
        : utils.generateKeyPairSync("ed25519");
    if (!(utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
