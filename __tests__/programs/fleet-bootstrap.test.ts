import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { withGooglePrograms } from "../../render/programs";
import { readPrograms } from "../../stacks/read-programs";
import { MetadataServer } from "../builders/metadata-server";
import { describeWithPython } from "../builders/trial-machine";

const PROGRAM = join(__dirname, "../../programs/fleet-bootstrap.py");

let root: string;
let metadata: MetadataServer;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "fleet-bootstrap-"));
  mkdirSync(join(root, "usr/local/sbin"), { recursive: true });
  metadata = await MetadataServer.start();
});
afterEach(async () => {
  await metadata.stop();
  rmSync(root, { recursive: true });
});

const words = (): string[] => ["-IS", PROGRAM, "--root", root, "--metadata", metadata.url, "--pause", "0.1"];
const installed = (): string[] => readdirSync(join(root, "usr/local/sbin")).sort();

describeWithPython("fleet-bootstrap", () => {
  const programs = readPrograms();
  const files = Object.fromEntries(withGooglePrograms(new Map(), programs));

  it("installs the programs of a Google machine, executable", async () => {
    metadata.google(files);
    await promisify(execFile)("python3", words());
    expect(installed()).toEqual(["fleet-apply", "fleet-boot-time", "fleet-secrets"]);
    for (const name of ["fleet-apply", "fleet-boot-time", "fleet-secrets"] as const) {
      const path = join(root, "usr/local/sbin", name);
      expect(readFileSync(path, "utf8")).toBe(programs[name]);
      expect(statSync(path).mode & 0o777).toBe(0o755);
    }
  });

  it("asks until the metadata has them, and says why it waits", async () => {
    metadata.google("{");
    const child = spawn("python3", words());
    let said = "";
    child.stderr.on("data", (data) => (said += data));
    const waits = async (reason: RegExp): Promise<void> => {
      for (let tries = 0; !reason.test(said); tries += 1) {
        if (tries > 500) throw new Error(`it does not say ${reason}: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await waits(/fleet-bootstrap: Expecting property name.*; asking again in 0\.1 seconds/);
    metadata.google({ "/etc/fleet/compose.yaml": "services: {}\n" });
    await waits(/fleet-files has no \/etc\/fleet\/programs\/fleet-apply/);
    metadata.outage = 503;
    await waits(/HTTP Error 503/);
    expect(installed()).toEqual([]);
    metadata.outage = undefined;
    metadata.google(files);
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(installed()).toEqual(["fleet-apply", "fleet-boot-time", "fleet-secrets"]);
  });

  it("leaves a machine alone that has its programs", async () => {
    writeFileSync(join(root, "usr/local/sbin/fleet-apply"), "newer\n");
    metadata.google(files);
    await promisify(execFile)("python3", words());
    expect(readFileSync(join(root, "usr/local/sbin/fleet-apply"), "utf8")).toBe("newer\n");
    expect(metadata.requests).toEqual([]);
  });
});
