import { join } from "node:path";
import { withoutStackTraces } from "../../stacks/without-stack-traces";
import { aFleet, anAccount } from "../builders/fleet";
import { filesBelow, synthesize, temporaryDirectory } from "../builders/output";

const folder = temporaryDirectory();
const outputOf = (bucket: string) => {
  const outdir = join(folder, bucket);
  const accounts = [anAccount({ rehearsal: true, state: { bucket } })];
  withoutStackTraces(() => synthesize(aFleet({ accounts }), outdir));
  return filesBelow(outdir);
};

describe("a rehearsal account", () => {
  it("has machines that verify nobody, on both clouds", () => {
    const files = [...outputOf("acme-rehearsal")].filter(([path]) => /custom-(jvb|jicofo)\.conf$/.test(path));
    expect(files.map(([path]) => path)).toEqual([
      "stacks/bridges-acme-eu-burst/files/bridge/etc/fleet/jvb/custom-jvb.conf",
      "stacks/bridges-acme-nl-static/files/bridge/etc/fleet/jvb/custom-jvb.conf",
      "stacks/customer-abc/files/server/etc/fleet/jicofo/custom-jicofo.conf",
    ]);
    for (const [, text] of files) expect(text).toMatch(/disable.certificate.verification = true/i);
  });

  it("is not synthesized with the state of real customers, whatever the rules let through", () => {
    expect(() => outputOf("acme-meet-prod-terraform")).toThrow(
      '[customer-abc] files/server/etc/fleet/jicofo/custom-jicofo.conf: DISABLE_CERTIFICATE_VERIFICATION is "true"; ' +
        "whoever is on the path gets the password and poses as the server; set it to false",
    );
  });
});
