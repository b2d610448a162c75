import { Annotations, App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthApp } from "../../stacks/synth-app";

describe("synthApp", () => {
  const outdir = mkdtempSync(join(tmpdir(), "fleet-synth-app-"));
  afterAll(() => rmSync(outdir, { recursive: true }));
  const appWith = (add: (stack: TerraformStack) => void): App => {
    const app = new App({ outdir, stackTraces: false });
    add(new TerraformStack(app, "customer-abc"));
    return app;
  };

  it("has nothing to say when all is written", () =>
    expect(synthApp(appWith((stack) => Annotations.of(stack).addInfo("waived")))).toBeUndefined());

  it("says what the policies find, and what to do, without a trace and without cdktf's way to ignore it", () => {
    const app = appWith((stack) => {
      Annotations.of(stack).addError("x.web: port 8443 is open [open-ports]");
      Annotations.of(stack).addError("x.disk: no schedule [snapshots]");
    });
    expect(synthApp(app)).toBe(
      "A policy is broken:\n\n" +
        "[customer-abc] x.web: port 8443 is open [open-ports]\n[customer-abc] x.disk: no schedule [snapshots]\n\n" +
        "Mend it, or name a waiver in account.yaml (docs/operations.md, Before you merge). " +
        "The stack was not written, and none after it.\n",
    );
  });

  it("hides no other error", () =>
    expect(() =>
      synthApp({
        synth: () => {
          throw new TypeError("a mistake of our own");
        },
      }),
    ).toThrow("a mistake of our own"));
});
