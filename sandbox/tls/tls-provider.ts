import { LocalProvider } from "../engine/local-provider";
import { checkRule } from "../engine/check-behaviour";
import { oneOf } from "../engine/value-rules";
import { asTexts } from "../protocol/value";
import { ALLOWED_USES, newLocallySigned, newRequest, newSelfSigned } from "./certificate";
import { newPrivateKey } from "./private-key";
import type { LocalType } from "../engine/local-provider";
import type { Diagnostic } from "../protocol/diagnostic";
import type { ProviderSchema } from "../protocol/provider-schema";
import type { Values } from "../protocol/value";

const privateKey: LocalType = {
  defaults: { ecdsa_curve: "P224", rsa_bits: 2048 },
  results: newPrivateKey,
  validate: (config) => [
    ...checkRule(oneOf("algorithm", ["RSA", "ECDSA", "ED25519"]), config),
    ...checkRule(oneOf("ecdsa_curve", ["P224", "P256", "P384", "P521"]), config),
  ],
};

function checkUses(config: Values): Diagnostic[] {
  return asTexts(config["allowed_uses"])
    .filter((use) => !ALLOWED_USES.includes(use))
    .map((use) => ({
      summary: `allowed_uses: ${JSON.stringify(use)} is not a use; allowed: ${ALLOWED_USES.join(", ")}`,
      path: ["allowed_uses"],
    }));
}

/**
 * hashicorp/tls: real keys and certificates, made once and kept in the state. A certificate that is about to end is
 * not renewed.
 *
 * @param clock milliseconds since 1970
 */
export function tlsProvider(schema: ProviderSchema, clock: () => number): LocalProvider {
  const certificate = { early_renewal_hours: 0, is_ca_certificate: false, set_subject_key_id: false };
  return new LocalProvider({
    address: "registry.terraform.io/hashicorp/tls",
    schema,
    types: {
      tls_private_key: privateKey,
      tls_cert_request: { results: newRequest },
      tls_self_signed_cert: {
        defaults: { ...certificate, set_authority_key_id: false },
        results: (settings) => newSelfSigned(settings, clock()),
        validate: checkUses,
      },
      tls_locally_signed_cert: {
        defaults: certificate,
        results: (settings) => newLocallySigned(settings, clock()),
        validate: checkUses,
      },
    },
    ephemeral: { tls_private_key: privateKey },
  });
}
