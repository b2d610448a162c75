import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { newLocallySigned, newRequest, newSelfSigned } from "../../sandbox/tls/certificate";

/** A chain, the host's certificate first, and its key; both in PEM. */
export interface PemPair {
  readonly chain: string;
  readonly key: string;
}

const HOUR = 3_600_000;

const newKey = (): string =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
    type: "pkcs8",
    format: "pem",
  }) as string;

interface Wanted {
  /** @default one, abc.meet.acme.example */
  readonly hostnames?: readonly string[];
  /** Hours since its beginning, and until its end. */
  readonly age?: number;
  readonly left?: number;
  /** false: the authority's intermediate certificate is not in the chain. */
  readonly complete?: boolean;
  readonly key?: string;
}

/** A certification authority that signs with an intermediate certificate, as the public ones do. */
export class TestAuthority {
  private readonly rootKey = newKey();
  private readonly middleKey = newKey();
  /** The root certificate in PEM. */
  readonly root: string;
  private readonly middle: string;

  constructor(name: string) {
    const settings = {
      subject: [{ common_name: name, organization: "Acme" }],
      validity_period_hours: 1000,
      is_ca_certificate: true,
      set_subject_key_id: true,
      allowed_uses: ["cert_signing", "crl_signing"],
    };
    const now = Date.now() - 500 * HOUR;
    this.root = String(newSelfSigned({ ...settings, private_key_pem: this.rootKey }, now)["cert_pem"]);
    const subject = [{ common_name: `${name} R1`, organization: "Acme" }];
    this.middle = this.sign({ ...settings, subject }, this.middleKey, this.rootKey, this.root, now);
  }

  pair({
    hostnames = ["abc.meet.acme.example"],
    age = 1,
    left = 100,
    complete = true,
    key = newKey(),
  }: Wanted = {}): PemPair {
    const settings = {
      subject: [{ common_name: hostnames[0]! }],
      dns_names: [...hostnames],
      validity_period_hours: age + left,
      allowed_uses: ["digital_signature", "server_auth"],
    };
    const own = this.sign(settings, key, this.middleKey, this.middle, Date.now() - age * HOUR);
    return { chain: complete ? own + this.middle : own, key };
  }

  private sign(settings: object, key: string, caKey: string, ca: string, now: number): string {
    const request = newRequest({ ...settings, private_key_pem: key })["cert_request_pem"];
    const signing = { cert_request_pem: String(request), ca_private_key_pem: caKey, ca_cert_pem: ca };
    return String(newLocallySigned({ ...settings, ...signing }, now)["cert_pem"]);
  }
}

export const serialOf = ({ chain }: Pick<PemPair, "chain">): string =>
  new X509Certificate(chain).serialNumber;
