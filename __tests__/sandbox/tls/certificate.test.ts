import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from "node:crypto";
import { PretendedCloud } from "../../builders/pretended-cloud";
import type { Values } from "../../../sandbox/protocol/value";

let cloud: PretendedCloud;
beforeAll(() => (cloud = new PretendedCloud()));
afterAll(() => cloud.remove());

const newKey = (algorithm: string, own: object = {}): Promise<Values> =>
  cloud.apply("tls_private_key", { algorithm, ...own });

describe("tls_private_key", () => {
  it.each([
    ["RSA", {}, "ssh-rsa"],
    ["ECDSA", { ecdsa_curve: "P384" }, "ecdsa-sha2-nistp384"],
    ["ED25519", {}, "ssh-ed25519"],
  ])("makes a key of kind %s that signs", async (algorithm, own, sshName) => {
    const key = await newKey(algorithm, own);
    const hash = algorithm === "ED25519" ? null : "sha256";
    const signature = sign(hash, Buffer.from("text"), createPrivateKey(String(key["private_key_pem"])));
    expect(verify(hash, Buffer.from("text"), createPublicKey(String(key["public_key_pem"])), signature)).toBe(
      true,
    );
    expect(key["public_key_openssh"]).toMatch(new RegExp(`^${sshName} \\S+\\n$`));
    expect(key["private_key_openssh"]).toMatch(
      /^-----BEGIN OPENSSH PRIVATE KEY-----\n[^-]+\n-----END OPENSSH PRIVATE KEY-----\n$/,
    );
    expect(key["public_key_fingerprint_sha256"]).toMatch(/^SHA256:\S{43}$/);
  });

  it("refuses an unknown algorithm", () => {
    expect(cloud.validate("tls_private_key", { algorithm: "DSA" })).toEqual([
      { summary: 'expected algorithm to be one of ["RSA" "ECDSA" "ED25519"], got DSA', path: ["algorithm"] },
    ]);
  });
});

describe("certificates", () => {
  const authority = async (algorithm: string): Promise<{ key: Values; certificate: Values }> => {
    const key = await newKey(algorithm, { ecdsa_curve: "P256" });
    const certificate = await cloud.apply("tls_self_signed_cert", {
      private_key_pem: key["private_key_pem"],
      subject: [{ common_name: "Acme CA", organization: "Acme" }],
      validity_period_hours: 24 * 365 * 30,
      is_ca_certificate: true,
      allowed_uses: ["cert_signing", "crl_signing"],
    });
    return { key, certificate };
  };

  it.each(["RSA", "ECDSA", "ED25519"])("sign each other, from an authority of kind %s", async (algorithm) => {
    const ca = await authority(algorithm);
    const root = new X509Certificate(String(ca.certificate["cert_pem"]));
    expect([root.ca, root.subject, root.verify(root.publicKey)]).toEqual([true, "O=Acme\nCN=Acme CA", true]);
    expect(ca.certificate["validity_end_time"]).toBe("2055-12-25T00:00:00Z");

    const key = await newKey("ECDSA", { ecdsa_curve: "P521" });
    const request = await cloud.apply("tls_cert_request", {
      private_key_pem: key["private_key_pem"],
      subject: [{ common_name: "abc.acme.example" }],
      dns_names: ["abc.acme.example"],
      ip_addresses: ["192.0.2.1", "2001:db8::1"],
    });
    const signed = await cloud.apply("tls_locally_signed_cert", {
      cert_request_pem: request["cert_request_pem"],
      ca_private_key_pem: ca.key["private_key_pem"],
      ca_cert_pem: ca.certificate["cert_pem"],
      validity_period_hours: 24,
      allowed_uses: ["digital_signature", "server_auth"],
    });
    const leaf = new X509Certificate(String(signed["cert_pem"]));
    expect([leaf.verify(root.publicKey), leaf.checkIssued(root), leaf.ca]).toEqual([true, true, false]);
    expect([
      leaf.checkHost("abc.acme.example"),
      leaf.checkIP("192.0.2.1"),
      leaf.checkIP("2001:db8::1"),
    ]).toEqual(["abc.acme.example", "192.0.2.1", "2001:db8::1"]);
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(leaf.checkPrivateKey(createPrivateKey(String(key["private_key_pem"])))).toBe(true);
    expect([leaf.validFrom, leaf.validTo]).toEqual(["Jan  1 00:00:00 2026 GMT", "Jan  2 00:00:00 2026 GMT"]);
  });

  it("refuse what is no key, request or use", async () => {
    const given = { private_key_pem: "x", validity_period_hours: 1, allowed_uses: [] };
    await expect(cloud.apply("tls_self_signed_cert", given)).rejects.toThrow(
      "private_key_pem is not a private key in PEM",
    );
    const { key, certificate } = await authority("ED25519");
    const pems = { ca_private_key_pem: key["private_key_pem"], ca_cert_pem: certificate["cert_pem"] };
    const request = { ...pems, cert_request_pem: "x", validity_period_hours: 1, allowed_uses: [] };
    await expect(cloud.apply("tls_locally_signed_cert", request)).rejects.toThrow(
      "cert_request_pem is not a certificate request in PEM",
    );
    expect(
      cloud.validate("tls_self_signed_cert", { ...given, allowed_uses: ["talking"] })[0]?.summary,
    ).toContain('"talking" is not a use');
  });
});
