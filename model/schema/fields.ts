import { z } from "zod";

/**
 * Strings that several schemas share. Each refusal says what is allowed, because the text lands unchanged in
 * `path:line:column  field: …`.
 */

/** Longest account, customer or pool id: cloud names are made of two ids and have 30 to 63 characters. */
export const MAX_ID_LENGTH = 24;

/** Starts with a letter, ends with a letter or digit, no double hyphen: valid in every cloud name and DNS label. */
export const ID_PATTERN = /^[a-z](?:-?[a-z0-9])*$/;

export const idSchema = z
  .string()
  .max(MAX_ID_LENGTH, `allowed: at most ${MAX_ID_LENGTH} characters`)
  .regex(ID_PATTERN, "allowed: lower-case letters, digits and single hyphens, starting with a letter");

/** Name of a region or machine type as the clouds write it; whether it exists is for the catalogue to say. */
export const cloudNameSchema = z
  .string()
  .max(63, "allowed: at most 63 characters")
  .regex(
    /^[a-z][a-z0-9-]*$/,
    "allowed: a name as the cloud writes it: lower-case letters, digits and hyphens",
  );

/** A DNS name without a trailing dot, at most 253 characters, at least two labels. */
export const dnsNameSchema = z
  .string()
  .max(253, "allowed: at most 253 characters")
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "allowed: a DNS name in lower case without a dot at the end, such as meet.acme.example",
  );

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

/** An IPv4 network in CIDR notation. */
export const ipv4CidrSchema = z
  .string()
  .regex(
    new RegExp(`^${OCTET}(?:\\.${OCTET}){3}/(?:3[0-2]|[12]?[0-9])$`),
    "allowed: an IPv4 network such as 10.20.0.0/20",
  );

/** An IPv4 or IPv6 network in CIDR notation. */
export const cidrSchema = z.union([ipv4CidrSchema, z.cidrv6()], {
  error: "allowed: a network such as 203.0.113.0/24 or 2001:db8::/48; a single address needs /32 or /128",
});

export const emailSchema = z.email("allowed: a mail address such as ops@acme.example");

/** Google labels: lower case, at most 63 characters each; Linode tags are made of the same pairs. */
export const labelsSchema = z
  .record(
    z
      .string()
      .max(63, "allowed: at most 63 characters")
      .regex(/^[a-z][a-z0-9_-]*$/, "allowed: lower-case letters, digits, _ and -, starting with a letter")
      .refine((key) => !key.startsWith("fleet-"), "allowed: any name that does not start with fleet-"),
    z
      .string()
      .max(63, "allowed: at most 63 characters")
      .regex(/^[a-z0-9_-]*$/, "allowed: lower-case letters, digits, _ and -"),
  )
  .describe(
    "Labels (Google Cloud) and tags (Linode) put on everything that takes them, beside the fleet-* ones of this " +
      "project. Lower case; changing one changes resources in place, except that bridge templates are renewed.",
  );

export const allowDestroysSchema = z
  .boolean()
  .describe(
    "true lifts the protection from what holds state (addresses, disks, secrets, DNS zone) and from the server. " +
      "Set it and deploy it in a change of its own, before the change that removes something (default false).",
  );

/** A public SSH key as OpenSSH writes it, with or without a comment. */
export const sshPublicKeySchema = z
  .string()
  .regex(
    /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{60,}={0,3}(?: \S.*)?$/,
    "allowed: a public key in OpenSSH format, such as ssh-ed25519 AAAA… ops",
  );
