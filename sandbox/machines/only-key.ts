import { utils } from "ssh2";
import type { AuthContext } from "ssh2";

/** Lets the owner of one key log in as root, and nobody else. */
export function onlyKey(publicKey: string): (context: AuthContext) => void {
  const parsed = utils.parseKey(publicKey);
  if (parsed instanceof Error) throw parsed;
  const known = Array.isArray(parsed) ? parsed[0]! : parsed;
  return (context) => {
    if (context.method !== "publickey" || context.username !== "root") return context.reject(["publickey"]);
    if (!context.key.data.equals(known.getPublicSSH())) return context.reject(["publickey"]);
    const { blob, signature } = context;
    // Without a signature, the client only asks whether the key would do.
    if (blob && signature && known.verify(blob, signature, context.hashAlgo) !== true)
      return context.reject();
    context.accept();
  };
}
