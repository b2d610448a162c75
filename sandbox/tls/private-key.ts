import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { Refusal } from "../protocol/diagnostic";
import { asNumber, asText } from "../protocol/value";
import type { KeyObject } from "node:crypto";
import type { Values } from "../protocol/value";

const CURVES: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

/** Names of curves in SSH; P224 has none. */
const SSH_CURVES: Readonly<Record<string, string>> = { P256: "nistp256", P384: "nistp384", P521: "nistp521" };

/** A new key as tls_private_key has it. @throws Refusal for an unknown algorithm or curve */
export function newPrivateKey(settings: Values): Values {
  const algorithm = asText(settings["algorithm"]) ?? "";
  const curve = asText(settings["ecdsa_curve"]) ?? "P224";
  const { privateKey } = generate(algorithm, curve, asNumber(settings["rsa_bits"]) ?? 2048);
  const publicKey = createPublicKey(privateKey);
  const publicPem = String(publicKey.export({ type: "spki", format: "pem" }));
  const pkcs8 = String(privateKey.export({ type: "pkcs8", format: "pem" }));
  const blob = sshBlob(algorithm, curve, publicKey);
  return {
    id: createHash("sha1")
      .update(publicKey.export({ type: "spki", format: "der" }))
      .digest("hex"),
    private_key_pem: traditionalPem(algorithm, privateKey, pkcs8),
    private_key_pem_pkcs8: pkcs8,
    private_key_openssh: blob ? opensshPem(algorithm, curve, privateKey, blob) : "",
    public_key_pem: publicPem,
    public_key_openssh: blob ? `${sshName(algorithm, curve)} ${blob.toString("base64")}\n` : "",
    public_key_fingerprint_md5: blob
      ? createHash("md5")
          .update(blob)
          .digest("hex")
          .replace(/(..)(?=.)/g, "$1:")
      : "",
    public_key_fingerprint_sha256: blob
      ? `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`
      : "",
  };
}

/** `RSA`, `ECDSA` or `ED25519`, of a key in PEM. */
export function algorithmOf(key: KeyObject): string {
  const names: Readonly<Record<string, string>> = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" };
  return names[key.asymmetricKeyType ?? ""] ?? "";
}

function generate(algorithm: string, curve: string, bits: number): { readonly privateKey: KeyObject } {
  if (algorithm === "RSA") return generateKeyPairSync("rsa", { modulusLength: bits });
  if (algorithm === "ED25519") return generateKeyPairSync("ed25519");
  const namedCurve = CURVES[curve];
  if (algorithm === "ECDSA" && namedCurve) return generateKeyPairSync("ec", { namedCurve });
  throw new Refusal(
    `invalid algorithm or curve: ${algorithm} ${curve}; allowed: RSA, ED25519, ECDSA with ${Object.keys(CURVES).join(", ")}`,
  );
}

function traditionalPem(algorithm: string, key: KeyObject, pkcs8: string): string {
  if (algorithm === "RSA") return String(key.export({ type: "pkcs1", format: "pem" }));
  return algorithm === "ECDSA" ? String(key.export({ type: "sec1", format: "pem" })) : pkcs8;
}

const sshName = (algorithm: string, curve: string): string =>
  ({ RSA: "ssh-rsa", ED25519: "ssh-ed25519" })[algorithm] ?? `ecdsa-sha2-${SSH_CURVES[curve]}`;

/** The public key in SSH's binary form; undefined for a curve that SSH does not have. */
function sshBlob(algorithm: string, curve: string, key: KeyObject): Buffer | undefined {
  const jwk = key.export({ format: "jwk" });
  const name = Buffer.from(sshName(algorithm, curve));
  if (algorithm === "RSA") return concat(name, positive(jwk.e), positive(jwk.n));
  if (algorithm === "ED25519") return concat(name, bytes(jwk.x));
  const sshCurve = SSH_CURVES[curve];
  if (sshCurve === undefined) return undefined;
  return concat(name, Buffer.from(sshCurve), point(jwk.x, jwk.y));
}

/** OpenSSH's own format of a private key, without a passphrase. */
function opensshPem(algorithm: string, curve: string, key: KeyObject, publicBlob: Buffer): string {
  const jwk = key.export({ format: "jwk" });
  const name = Buffer.from(sshName(algorithm, curve));
  const secret = {
    RSA: () =>
      concat(
        name,
        positive(jwk.n),
        positive(jwk.e),
        positive(jwk.d),
        positive(jwk.qi),
        positive(jwk.p),
        positive(jwk.q),
      ),
    ED25519: () => concat(name, bytes(jwk.x), Buffer.concat([bytes(jwk.d), bytes(jwk.x)])),
    ECDSA: () => concat(name, Buffer.from(SSH_CURVES[curve]!), point(jwk.x, jwk.y), positive(jwk.d)),
  }[algorithm]!();
  // Two equal numbers let a reader see that decryption worked; here nothing is encrypted.
  const check = Buffer.alloc(8);
  const comment = concat(Buffer.alloc(0));
  const open = Buffer.concat([check, secret, comment]);
  const padding = Buffer.from(Array.from({ length: (8 - (open.length % 8)) % 8 }, (_, index) => index + 1));
  const none = Buffer.from("none");
  const body = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    concat(none, none, Buffer.alloc(0)),
    Buffer.from([0, 0, 0, 1]),
    concat(publicBlob, Buffer.concat([open, padding])),
  ]);
  const lines = body
    .toString("base64")
    .replace(/(.{70})/g, "$1\n")
    .trimEnd();
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

const bytes = (base64url: string | undefined): Buffer => Buffer.from(base64url ?? "", "base64url");

/** A number without leading zeros, and with one where it would look negative. */
function positive(base64url: string | undefined): Buffer {
  const all = bytes(base64url);
  const first = all.findIndex((byte) => byte !== 0);
  const number = all.subarray(first === -1 ? all.length : first);
  return number[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), number]) : number;
}

const point = (x: string | undefined, y: string | undefined): Buffer =>
  Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);

/** Each part with its length before it. */
const concat = (...parts: readonly Buffer[]): Buffer =>
  Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
