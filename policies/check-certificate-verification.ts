import type { Finding, Policy } from "./policy";
import { isRehearsal } from "./rehearsal";

/** Machine files, and among them those that the images read last: without a setting there, their templates verify nothing. */
const MACHINE_FILE = /(?:^|\/)etc\/fleet\//;
const LAST_WORD = /\/custom-(?:jvb|jicofo)\.conf$/;

/** Settings that decide whom a machine trusts, and the value that each must have. */
const SAFE: Readonly<Record<string, string>> = {
  DISABLE_CERTIFICATE_VERIFICATION: "false",
  GF_SMTP_SKIP_VERIFY: "false",
  INSECURE_SKIP_VERIFY: "false",
  SECURITY_MODE: "required",
  TLS_SKIP_VERIFY: "false",
  TLSSKIPVERIFY: "false",
  XMPP_TRUST_ALL_CERTS: "false",
};
const SETTING =
  /\b(disable[-_]certificate[-_]verification|security[-_]mode|xmpp[-_]trust[-_]all[-_]certs|insecure[-_]skip[-_]verify|gf_smtp_skip_verify|tls_?skip_?verify)["']?\s*[=:]\s*["']?([\w-]*)/gi;
const COMMENT = /^\s*(?:#|\/\/).*$/gm;

export const checkCertificateVerification: Policy = {
  id: "certificate-verification",
  rule: "Machines verify the certificate of whoever they hand a password to; in a rehearsal, those of nobody.",
  reason: "Whoever is on the path would get the password and pose as the server.",
  fix: "Leave every setting that skips verification false, and SECURITY_MODE required.",
  check: (stack) => {
    const rehearsal = isRehearsal(stack);
    return [...stack.files].flatMap(([path, text]): Finding[] => {
      if (!MACHINE_FILE.test(path)) return [];
      const settings = [...text.replace(COMMENT, "").matchAll(SETTING)].map(
        ([, name, value]) => [name!.toUpperCase().replaceAll("-", "_"), value!.toLowerCase()] as const,
      );
      const unsaid =
        LAST_WORD.test(path) && settings.every(([name]) => name !== "DISABLE_CERTIFICATE_VERIFICATION");
      return [
        ...settings
          .filter(([name, value]) => SAFE[name] !== value && !(rehearsal && name !== "SECURITY_MODE"))
          .map(([name, value]) => ({
            file: path,
            message: `${name} is "${value}"; ${WHY}set it to ${SAFE[name]!}`,
          })),
        ...(unsaid
          ? [
              {
                file: path,
                message: `DISABLE_CERTIFICATE_VERIFICATION is not set, and the image turns it on; ${WHY}set it to false`,
              },
            ]
          : []),
      ];
    });
  },
};

const WHY = "whoever is on the path gets the password and poses as the server; ";
