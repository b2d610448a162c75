import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import { renderServerFiles } from "../../render/server/server-files";
import { anAccount } from "../builders/fleet";
import { aGcpBridgeInput, alsoServed, aServerInput } from "../builders/machine-input";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("certificate-verification");

const JVB = "files/bridge/etc/fleet/jvb/custom-jvb.conf";
const JICOFO = "files/server/etc/fleet/jicofo/custom-jicofo.conf";
const WHY = "whoever is on the path gets the password and poses as the server";

const findings = (path: string, text: string, bucket = "acme-meet-prod-terraform") =>
  policyFindings(() => undefined, { files: new Map([[path, text]]), bucket });

const account = anAccount({ rehearsal: true });
const served = [...aGcpBridgeInput().served, alsoServed] as const;
const rehearsed = new Map([
  ...renderServerFiles(aServerInput({ account })),
  ...renderBridgeFiles(aGcpBridgeInput({ account, served })),
]);

describe("checkCertificateVerification", () => {
  it("accepts bridges and Jicofo that verify", () => {
    const files = new Map([
      ...renderServerFiles(aServerInput()),
      ...renderBridgeFiles(aGcpBridgeInput({ served })),
    ]);
    expect(
      files.get("/etc/fleet/jvb/custom-jvb.conf")!.match(/DISABLE_CERTIFICATE_VERIFICATION = false/g),
    ).toHaveLength(2);
    expect(files.get("/etc/fleet/jicofo/custom-jicofo.conf")).toContain("certificate-verification = false");
    expect(policyFindings(() => undefined, { files })).toEqual([]);
  });

  it("refuses what a rehearsal renders, in an account of real customers", () => {
    expect(policyFindings(() => undefined, { files: rehearsed, bucket: "rehearsal-terraform" })).toEqual([
      `stack: /etc/fleet/jicofo/custom-jicofo.conf: DISABLE_CERTIFICATE_VERIFICATION is "true"; ${WHY}; set it to false`,
      ...Array<string>(2).fill(
        `stack: /etc/fleet/telegraf/telegraf.conf: INSECURE_SKIP_VERIFY is "true"; ${WHY}; set it to false`,
      ),
      `stack: /etc/fleet/jvb/custom-jvb.conf: DISABLE_CERTIFICATE_VERIFICATION is "true"; ${WHY}; set it to false`,
      `stack: /etc/fleet/jvb/custom-jvb.conf: DISABLE_CERTIFICATE_VERIFICATION is "true"; ${WHY}; set it to false`,
    ]);
  });

  it("accepts it where the state bucket says that it is a rehearsal", () => {
    expect(policyFindings(() => undefined, { files: rehearsed, bucket: "acme-rehearsal" })).toEqual([]);
  });

  it.each([
    [JVB, "a { DISABLE_CERTIFICATE_VERIFICATION = true }\n", "DISABLE_CERTIFICATE_VERIFICATION", "true"],
    [JVB, 'a."disable-certificate-verification" : "yes"\n', "DISABLE_CERTIFICATE_VERIFICATION", "yes"],
    [JICOFO, "a.disable-certificate-verification=${X}\n", "DISABLE_CERTIFICATE_VERIFICATION", ""],
    ["files/server/etc/fleet/jibri.env", "XMPP_TRUST_ALL_CERTS=true\n", "XMPP_TRUST_ALL_CERTS", "true"],
  ])("refuses it in %s, however it is written: %p", (path, text, setting, value) => {
    expect(findings(path, text)).toEqual([
      `stack: ${path}: ${setting} is "${value}"; ${WHY}; set it to false`,
    ]);
  });

  it("refuses logins without TLS, also in a rehearsal", () => {
    const text = "DISABLE_CERTIFICATE_VERIFICATION = false\nSECURITY_MODE = ifpossible\n";
    for (const bucket of ["acme-meet-prod-terraform", "acme-rehearsal"]) {
      expect(findings(JVB, text, bucket)).toEqual([
        `stack: ${JVB}: SECURITY_MODE is "ifpossible"; ${WHY}; set it to required`,
      ]);
    }
  });

  it.each([JVB, JICOFO])("refuses silence in %s, because the image's template verifies nothing", (path) => {
    expect(findings(path, "# DISABLE_CERTIFICATE_VERIFICATION = false\n")).toEqual([
      `stack: ${path}: DISABLE_CERTIFICATE_VERIFICATION is not set, and the image turns it on; ${WHY}; set it to false`,
    ]);
  });
});
