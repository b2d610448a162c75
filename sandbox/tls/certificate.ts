import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { Refusal } from "../protocol/diagnostic";
import { asBlocks, asNumber, asText, asTexts } from "../protocol/value";
import { bitString, boolean, element, explicit, fromPem, implicit, integer, octetString } from "./der";
import { oid, pem, readElements, sequence, set, time, utf8String } from "./der";
import { algorithmOf } from "./private-key";
import type { KeyObject } from "node:crypto";
import type { Values } from "../protocol/value";

const HOUR = 3_600_000;

const NAME_PARTS: readonly (readonly [attribute: string, oid: string])[] = [
  ["country", "2.5.4.6"],
  ["organization", "2.5.4.10"],
  ["organizational_unit", "2.5.4.11"],
  ["locality", "2.5.4.7"],
  ["province", "2.5.4.8"],
  ["street_address", "2.5.4.9"],
  ["postal_code", "2.5.4.17"],
  ["common_name", "2.5.4.3"],
  ["serial_number", "2.5.4.5"],
  ["email_address", "1.2.840.113549.1.9.1"],
];

/** Bits of the key usage extension, from the first one on. */
const KEY_USAGES = [
  "digital_signature",
  "content_commitment",
  "key_encipherment",
  "data_encipherment",
  "key_agreement",
  "cert_signing",
  "crl_signing",
  "encipher_only",
  "decipher_only",
];
const EXTENDED_USAGES: Readonly<Record<string, string>> = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
};
/** The uses that a certificate may be given. */
export const ALLOWED_USES = [...KEY_USAGES, ...Object.keys(EXTENDED_USAGES)];

const OIDS = {
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyId: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  extensionRequest: "1.2.840.113549.1.9.14",
} as const;

/** The results of tls_cert_request. */
export function newRequest(settings: Values): Values {
  const key = readKey(settings, "private_key_pem");
  const names = alternativeNames(settings);
  const requested = names ? sequence(oid(OIDS.extensionRequest), set(sequence(names))) : Buffer.alloc(0);
  const body = sequence(integer(Buffer.from([0])), subject(settings), spki(key), explicit(0, requested));
  const request = pem("CERTIFICATE REQUEST", signed(body, key));
  return {
    id: createHash("sha1").update(request).digest("hex"),
    key_algorithm: algorithmOf(key),
    cert_request_pem: request,
  };
}

/** The results of tls_self_signed_cert. @param now milliseconds since 1970 */
export function newSelfSigned(settings: Values, now: number): Values {
  const key = readKey(settings, "private_key_pem");
  const name = subject(settings);
  const own = keyId(spki(key));
  const authority = settings["set_authority_key_id"] === true ? own : undefined;
  const body = { issuer: name, name, spki: spki(key), alternatives: alternativeNames(settings), authority };
  return { ...certificate(settings, body, key, now), key_algorithm: algorithmOf(key) };
}

/** The results of tls_locally_signed_cert. @param now milliseconds since 1970 */
export function newLocallySigned(settings: Values, now: number): Values {
  const key = readKey(settings, "ca_private_key_pem");
  const request = readRequest(settings);
  const issuer = readIssuer(settings);
  return {
    ...certificate(settings, { ...request, ...issuer }, key, now),
    ca_key_algorithm: algorithmOf(key),
  };
}

interface Body {
  readonly issuer: Buffer;
  readonly name: Buffer;
  readonly spki: Buffer;
  readonly alternatives: Buffer | undefined;
  readonly authority: Buffer | undefined;
}

function certificate(settings: Values, body: Body, key: KeyObject, now: number): Values {
  const serial = randomBytes(16);
  serial[0]! &= 0x7f;
  const start = Math.floor(now / 1000) * 1000;
  const end = start + (asNumber(settings["validity_period_hours"]) ?? 0) * HOUR;
  const extensions = [
    ...usageExtensions(asTexts(settings["allowed_uses"])),
    extension(
      OIDS.basicConstraints,
      true,
      sequence(...(settings["is_ca_certificate"] === true ? [boolean(true)] : [])),
    ),
    ...(settings["set_subject_key_id"] === true || settings["is_ca_certificate"] === true
      ? [extension(OIDS.subjectKeyId, false, octetString(keyId(body.spki)))]
      : []),
    ...(body.authority ? [extension(OIDS.authorityKeyId, false, sequence(implicit(0, body.authority)))] : []),
    ...(body.alternatives ? [body.alternatives] : []),
  ];
  const contents = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    signatureAlgorithm(key).identifier,
    body.issuer,
    sequence(time(start), time(end)),
    body.name,
    body.spki,
    explicit(3, sequence(...extensions)),
  );
  return {
    id: BigInt(`0x${serial.toString("hex")}`).toString(),
    cert_pem: pem("CERTIFICATE", signed(contents, key)),
    ready_for_renewal: false,
    validity_start_time: isoTime(start),
    validity_end_time: isoTime(end),
  };
}

const isoTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");

function signed(body: Buffer, key: KeyObject): Buffer {
  const { identifier, hash } = signatureAlgorithm(key);
  return sequence(body, identifier, bitString(sign(hash, body, key)));
}

function signatureAlgorithm(key: KeyObject): { readonly identifier: Buffer; readonly hash: string | null } {
  if (key.asymmetricKeyType === "ed25519") return { identifier: sequence(oid("1.3.101.112")), hash: null };
  const none = element(0x05, Buffer.alloc(0));
  if (key.asymmetricKeyType === "rsa") {
    return { identifier: sequence(oid("1.2.840.113549.1.1.11"), none), hash: "sha256" };
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve === "secp521r1") return { identifier: sequence(oid("1.2.840.10045.4.3.4")), hash: "sha512" };
  if (curve === "secp384r1") return { identifier: sequence(oid("1.2.840.10045.4.3.3")), hash: "sha384" };
  return { identifier: sequence(oid("1.2.840.10045.4.3.2")), hash: "sha256" };
}

function subject(settings: Values): Buffer {
  const [given] = asBlocks(settings["subject"]);
  const parts = NAME_PARTS.flatMap(([attribute, type]) => {
    const value = given?.[attribute];
    const texts = Array.isArray(value)
      ? asTexts(value)
      : [asText(value)].filter((text) => text !== undefined);
    return texts.map((text) => set(sequence(oid(type), utf8String(text))));
  });
  return sequence(...parts);
}

/** The extension with names and addresses; undefined when there are none. */
function alternativeNames(settings: Values): Buffer | undefined {
  const names = [
    ...asTexts(settings["dns_names"]).map((name) => implicit(2, Buffer.from(name))),
    ...asTexts(settings["uris"]).map((uri) => implicit(6, Buffer.from(uri))),
    ...asTexts(settings["ip_addresses"]).map((address) => implicit(7, addressBytes(address))),
  ];
  return names.length === 0 ? undefined : extension(OIDS.alternativeNames, false, sequence(...names));
}

function addressBytes(address: string): Buffer {
  const octets = address.split(".").map(Number);
  if (octets.length === 4 && octets.every((octet) => octet >= 0 && octet <= 255)) return Buffer.from(octets);
  const [head = "", tail] = address.split("::") as [string, string | undefined];
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail ?? "")];
  const isAddress = all.length === 8 && all.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
  if (!isAddress) throw new Refusal(`${address} is not an IP address`, ["ip_addresses"]);
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function usageExtensions(uses: readonly string[]): Buffer[] {
  const bits = KEY_USAGES.map((usage) => uses.includes(usage));
  const last = bits.lastIndexOf(true);
  const bytes = Buffer.alloc(last === -1 ? 0 : Math.floor(last / 8) + 1);
  bits.forEach((isSet, bit) => isSet && (bytes[Math.floor(bit / 8)]! |= 0x80 >> (bit % 8)));
  const extended = uses.flatMap((usage) =>
    EXTENDED_USAGES[usage] === undefined ? [] : [oid(EXTENDED_USAGES[usage])],
  );
  return [
    ...(last === -1 ? [] : [extension(OIDS.keyUsage, true, bitString(bytes, 7 - (last % 8)))]),
    ...(extended.length === 0 ? [] : [extension(OIDS.extendedKeyUsage, false, sequence(...extended))]),
  ];
}

const extension = (type: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(oid(type), ...(isCritical ? [boolean(true)] : []), octetString(value));

const spki = (key: KeyObject): Buffer => createPublicKey(key).export({ type: "spki", format: "der" });

/** The hash of the key itself, without its algorithm (RFC 5280, section 4.2.1.2). */
function keyId(publicKey: Buffer): Buffer {
  const [, bits] = readElements(readElements(publicKey)[0]!.content);
  return createHash("sha1").update(bits!.content.subarray(1)).digest();
}

function readKey(settings: Values, attribute: string): KeyObject {
  try {
    return createPrivateKey(asText(settings[attribute]) ?? "");
  } catch (error) {
    throw new Refusal(`${attribute} is not a private key in PEM: ${(error as Error).message}`, [attribute]);
  }
}

/** Subject, key and names out of a certificate request. */
function readRequest(settings: Values): Pick<Body, "name" | "spki" | "alternatives"> {
  try {
    const [outer] = readElements(fromPem(asText(settings["cert_request_pem"]) ?? ""));
    const [body] = readElements(outer!.content);
    const [, name, key, attributes] = readElements(body!.content);
    const [request] = readElements(attributes?.content ?? Buffer.alloc(0));
    const values = request && readElements(request.content)[1];
    const extensions = values && readElements(readElements(values.content)[0]!.content);
    return { name: name!.whole, spki: key!.whole, alternatives: extensions?.[0]?.whole };
  } catch (error) {
    throw new Refusal(`cert_request_pem is not a certificate request in PEM: ${(error as Error).message}`, [
      "cert_request_pem",
    ]);
  }
}

/** Subject and key id of the signing certificate. */
function readIssuer(settings: Values): Pick<Body, "issuer" | "authority"> {
  try {
    const { raw, publicKey } = new X509Certificate(asText(settings["ca_cert_pem"]) ?? "");
    const [outer] = readElements(raw);
    const [body] = readElements(outer!.content);
    // Version, serial number, algorithm, issuer and validity come before it.
    const name = readElements(body!.content)[5]!;
    return { issuer: name.whole, authority: keyId(publicKey.export({ type: "spki", format: "der" })) };
  } catch (error) {
    throw new Refusal(`ca_cert_pem is not a certificate in PEM: ${(error as Error).message}`, [
      "ca_cert_pem",
    ]);
  }
}
