import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BRIDGE_PHASES, SERVER_PHASES } from "../../render/cloud-init/boot-time-unit";
import type { BootPhases } from "../../render/cloud-init/boot-time-unit";
import { newSelfSigned } from "../../sandbox/tls/certificate";
import { newPrivateKey } from "../../sandbox/tls/private-key";
import { compactPython } from "../../render/text/compact-python";
import { hasRealTool } from "../builders/real-tool";

const TEXT = readFileSync(join(__dirname, "../../programs/fleet-boot-time.py"), "utf8");

const installed =
  hasRealTool("python3", "fleet-boot-time was not run") &&
  hasRealTool("/proc/uptime", "fleet-boot-time was not run", ["cat", "/proc/uptime"]);

/** Seconds since the kernel's start. */
const uptime = () => Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);

/** Answers by path; no answer: 503. What was asked is listed, and may change the answers. */
class Pretended {
  readonly answers = new Map<string, string>();
  readonly asked: string[] = [];
  whenAsked: (path: string) => void = () => undefined;
  private constructor(readonly server: Server) {}

  static start(make: (listener: RequestListener) => Server): Promise<Pretended> {
    return new Promise((resolve) => {
      const pretended: Pretended = new Pretended(
        make(({ url }, response) => {
          pretended.asked.push(url!);
          pretended.whenAsked(url!);
          const text = pretended.answers.get(url!);
          response.statusCode = text === undefined ? 503 : 200;
          response.end(text);
        }),
      );
      pretended.server.listen(0, "127.0.0.1", () => resolve(pretended));
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop = () =>
    new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
}

(installed ? describe : describe.skip)("fleet-boot-time", () => {
  let folder: string;
  let http: Pretended;
  let https: Pretended;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fleet-boot-time-"));
    http = await Pretended.start(createHttpServer);
    // Signed by itself and for another name, as the page's is for this address.
    const key = newPrivateKey({ algorithm: "ECDSA", ecdsa_curve: "P256" })["private_key_pem"];
    const settings = {
      private_key_pem: key!,
      subject: [{ common_name: "abc.meet.acme.example" }],
      validity_period_hours: 1,
      allowed_uses: ["server_auth"],
    };
    const cert = newSelfSigned(settings, Date.now())["cert_pem"];
    https = await Pretended.start((listener) =>
      createHttpsServer({ key: String(key), cert: String(cert) }, listener),
    );
  });
  afterAll(async () => {
    await http.stop();
    await https.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    for (const name of ["run", "var"]) rmSync(join(folder, name), { recursive: true, force: true });
    for (const pretended of [http, https]) {
      pretended.answers.clear();
      pretended.asked.length = 0;
      pretended.whenAsked = () => undefined;
    }
  });

  const boot = () => JSON.parse(readFileSync(join(folder, "run/fleet/boot.json"), "utf8")) as object;

  /** Runs the program with the phases of a machine, but the ports of this test, to its end. */
  const run = (phases: BootPhases, httpPort = http.port): Promise<{ code: number | null; out: string }> => {
    const words = Object.entries(phases).map(([phase, url]) => {
      const port = url.startsWith("https:") ? https.port : httpPort;
      return `${phase}=${url.replace(/(127\.0\.0\.1)(?::\d+)?/, `$1:${port}`)}`;
    });
    // As it is on a Linode; elsewhere it has its comments.
    const child = spawn("python3", ["-ISc", compactPython(TEXT), "--root", folder, ...words], {
      env: { PATH: process.env["PATH"], http_proxy: "http://127.0.0.1:1", https_proxy: "http://127.0.0.1:1" },
    });
    let out = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (out += data));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, out })));
  };

  const stats = (changes: object) =>
    JSON.stringify({ healthy: true, mucs_configured: 2, mucs_joined: 2, drain: false, ...changes });

  it("waits until a bridge is in every brewery, although it is healthy long before", async () => {
    const said = [undefined, "", "[]", "{}", stats({ mucs_joined: 1 }), stats({ healthy: false }), stats({})];
    http.answers.set("/about/health", "");
    http.whenAsked = (path) => {
      if (path !== "/colibri/stats") return;
      const text = said.shift();
      if (text !== undefined) http.answers.set(path, text);
    };
    const before = uptime();
    const { code, out } = await run(BRIDGE_PHASES);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^fleet-boot-time: \{.+\}\n$/) });
    expect(JSON.parse(out.slice(out.indexOf("{")))).toEqual(boot());
    expect(http.asked).toEqual(["/about/health", ...Array(7).fill("/colibri/stats")]);
    const seconds = expect.any(Number);
    expect(boot()).toEqual({ first_boot: true, seconds, answers_seconds: seconds, joined_seconds: seconds });
    const status = boot() as { seconds: number; answers_seconds: number; joined_seconds: number };
    expect(status.answers_seconds).toBeGreaterThan(before - 0.1);
    expect(status.joined_seconds).toBeGreaterThan(status.answers_seconds + 5.9); // asked once a second
    expect(status.joined_seconds).toBeLessThan(uptime() + 0.1);
    expect(status.seconds).toBe(status.joined_seconds);
  }, 30_000);

  it("waits for a bridge that is configured for no brewery yet", async () => {
    http.answers.set("/about/health", "");
    http.answers.set("/colibri/stats", stats({ mucs_configured: 0, mucs_joined: 0 }));
    http.whenAsked = () => {
      if (http.asked.length > 2) http.answers.set("/colibri/stats", stats({}));
    };
    await run(BRIDGE_PHASES);
    expect(http.asked).toHaveLength(3);
  });

  it("waits while nobody listens", async () => {
    const late = createHttpServer((_, response) => response.end());
    const listen = (port: number) => new Promise<void>((resolve) => late.listen(port, "127.0.0.1", resolve));
    await listen(0);
    const { port } = late.address() as AddressInfo;
    await new Promise((resolve) => late.close(resolve));
    const ended = run({ answers: "http://127.0.0.1:8080/about/health" }, port);
    setTimeout(() => void listen(port), 1500);
    expect((await ended).code).toBe(0);
    expect(boot()).toMatchObject({ answers_seconds: expect.any(Number) });
    late.close();
    late.closeAllConnections();
  });

  it("waits for page, Prosody and Jicofo of a server, whose certificate is for another name", async () => {
    https.answers.set("/", "page").set("/http-bind", "It works");
    http.answers.set("/stats", "{}");
    expect((await run(SERVER_PHASES)).code).toBe(0);
    expect([...https.asked, ...http.asked]).toEqual(["/", "/http-bind", "/stats"]);
    expect(Object.keys(boot())).toEqual([
      "first_boot",
      "seconds",
      "page_seconds",
      "prosody_seconds",
      "jicofo_seconds",
    ]);
  });

  it("says once in a boot how long it took, and which boot was the first", async () => {
    http.answers.set("/about/health", "").set("/colibri/stats", stats({}));
    await run(BRIDGE_PHASES);
    const first = boot();
    expect(await run(BRIDGE_PHASES)).toEqual({ code: 0, out: "" });
    expect(boot()).toEqual(first);
    rmSync(join(folder, "run"), { recursive: true });
    await run(BRIDGE_PHASES);
    expect([first, boot()]).toMatchObject([{ first_boot: true }, { first_boot: false }]);
  });
});
