import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { keeperProgramObject } from "../../model/names";
import { temporaryDirectory } from "../builders/output";

const STARTER = join(__dirname, "../../programs/keeper-start.mjs");
const BUCKET = "acme-meet-prod-fleet-artifacts";
const TOKEN = "ya29.CANARYtokenCANARY";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const PROGRAM =
  'console.log(JSON.stringify({ runs: process.argv.slice(2), home: process.env["TELEMETRY_PASSWORD"] }));\n';
const SHA256 = sha256(PROGRAM);
const COPY = `keeper-${SHA256}.mjs`;
const RUNS = '{"runs":[],"home":"secret"}';

/** The metadata server and Cloud Storage on a loopback port; the storage refuses what the real one refuses. */
class PretendedGoogle {
  readonly objects = new Map<string, string>();
  /** Whether the machine's account may read. */
  isAllowed = true;
  /** Statuses that are answered before normal service: of the storage. */
  readonly instead: number[] = [];
  hasAccount = true;
  questions = 0;

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      const [status, text] = this.answer(request);
      response.writeHead(status, status === 302 ? { Location: "http://127.0.0.1:1/" } : {}).end(text);
    });
  }

  static start = (): Promise<PretendedGoogle> =>
    new Promise((resolve) => {
      const server = createServer();
      server.listen(0, "127.0.0.1", () => resolve(new PretendedGoogle(server)));
    });

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer({ url, headers }: IncomingMessage): [status: number, text: string] {
    this.questions += 1;
    if (url === "/computeMetadata/v1/instance/service-accounts/default/token") {
      if (headers["metadata-flavor"] !== "Google") return [403, ""];
      return this.hasAccount ? [200, JSON.stringify({ access_token: TOKEN })] : [404, ""];
    }
    const instead = this.instead.shift();
    if (instead !== undefined) return [instead, ""];
    if (headers.authorization !== `Bearer ${TOKEN}`) return [401, ""];
    if (!this.isAllowed) return [403, ""];
    const [, object] =
      /^\/storage\/v1\/b\/acme-meet-prod-fleet-artifacts\/o\/([^/]+)\?alt=media$/.exec(url!) ?? [];
    const text = object === undefined ? undefined : this.objects.get(decodeURIComponent(object));
    return text === undefined ? [404, ""] : [200, text];
  }
}

let google: PretendedGoogle;
const children: ChildProcess[] = [];
const root = temporaryDirectory();
let runs = 0;
let copies: string;

beforeEach(async () => {
  google = await PretendedGoogle.start();
  google.objects.set(keeperProgramObject(SHA256), PROGRAM);
  copies = join(root, String((runs += 1)));
  mkdirSync(copies);
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  await google.stop();
});

interface Started {
  /** Until the line is printed. */
  until(line: RegExp): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly lines: readonly string[] }>;
  readonly child: ChildProcess;
}

function start(options: Readonly<Record<string, string>> = {}): Started {
  const given = {
    bucket: BUCKET,
    object: keeperProgramObject(SHA256),
    sha256: SHA256,
    copies,
    metadata: google.url,
    storage: google.url,
    "first-pause": "0.01",
    "longest-pause": "0.05",
    ...options,
  };
  const words = Object.entries(given).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(process.execPath, [STARTER, ...words], {
    env: { PATH: process.env["PATH"], TELEMETRY_PASSWORD: "secret", TMPDIR: root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let out = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      for (const listener of listeners) listener();
    });
  return {
    child,
    until: (line) =>
      new Promise((resolve) => {
        const look = () => {
          if (line.test(out)) resolve();
        };
        listeners.add(look);
        look();
      }),
    ended: new Promise((resolve) =>
      child.on("close", (code) => resolve({ code, lines: out.trimEnd().split("\n") })),
    ),
  };
}

describe("keeper-start", () => {
  it("fetches the program that it is told, keeps a copy and runs it", async () => {
    expect(await start().ended).toEqual({
      code: 0,
      lines: [`keeper-start: programs/${COPY} is here, ${PROGRAM.length} bytes`, RUNS],
    });
    expect(readdirSync(copies)).toEqual([COPY]);
    expect(readFileSync(join(copies, COPY), "utf8")).toBe(PROGRAM);
  });

  it("asks nobody when the copy is there", async () => {
    writeFileSync(join(copies, COPY), PROGRAM);
    expect(await start().ended).toEqual({ code: 0, lines: [RUNS] });
    expect(google.questions).toBe(0);
  });

  it("runs no copy that was changed, and fetches it anew", async () => {
    writeFileSync(join(copies, COPY), `${PROGRAM} `);
    const { lines } = await start().ended;
    expect(lines).toEqual([
      `keeper-start: ${join(copies, COPY)} is not what was published: it is fetched anew`,
      `keeper-start: programs/${COPY} is here, ${PROGRAM.length} bytes`,
      RUNS,
    ]);
    expect(readFileSync(join(copies, COPY), "utf8")).toBe(PROGRAM);
  });

  it("removes copies of other programs and what a power loss left, and nothing else", async () => {
    for (const name of ["keeper-0a.mjs", "keeper-0b.mjs.new", `${COPY}.new`, "notes.txt"])
      writeFileSync(join(copies, name), "x");
    await start().ended;
    expect(readdirSync(copies).sort()).toEqual([COPY, "notes.txt"].sort());
  });

  it.each<[string, () => void, () => void, RegExp]>([
    [
      "a permission that is not there yet",
      () => (google.isAllowed = false),
      () => (google.isAllowed = true),
      /may not read programs\/keeper-\w+\.mjs in acme-meet-prod-fleet-artifacts, or it is not there: deploy the account's stack, then the customer's; a new permission takes minutes; tried again in 0\.01 s/,
    ],
    [
      "an object that is not published",
      () => google.objects.clear(),
      () => google.objects.set(keeperProgramObject(SHA256), PROGRAM),
      /there is no programs\/keeper-\w+\.mjs in acme-meet-prod-fleet-artifacts: deploy the account's stack first; tried/,
    ],
    [
      "an object that was overwritten",
      () => google.objects.set(keeperProgramObject(SHA256), `${PROGRAM}//`),
      () => google.objects.set(keeperProgramObject(SHA256), PROGRAM),
      /is not the program of this server's files \(its SHA-256 differs\): somebody has overwritten it; deploy the account's stack again; tried/,
    ],
    [
      "a machine without an account",
      () => (google.hasAccount = false),
      () => (google.hasAccount = true),
      /this machine has no service account: deploy its stack again; tried/,
    ],
    [
      "an overload",
      () => google.instead.push(503),
      () => undefined,
      /Cloud Storage answered with HTTP status 503; tried/,
    ],
    [
      "a redirect, which would hand over the token",
      () => google.instead.push(302),
      () => undefined,
      /Cloud Storage does not answer \(unexpected redirect\); tried/,
    ],
  ])("says what is wrong of %s, and starts when it is mended", async (_, spoil, mend, says) => {
    spoil();
    const started = start();
    await started.until(says);
    mend();
    const { code, lines } = await started.ended;
    expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: RUNS });
    expect(lines.join("\n")).not.toContain(TOKEN);
  });

  it("waits longer each time, up to a limit", async () => {
    google.instead.push(500, 500, 500, 500, 500);
    const { lines } = await start({ "first-pause": "0.01", "longest-pause": "0.04" }).ended;
    expect(lines.map((line) => /again in (\S+) s/.exec(line)?.[1]).filter(Boolean)).toEqual([
      "0.01",
      "0.02",
      "0.04",
      "0.04",
      "0.04",
    ]);
  });

  it("says that nobody answers", async () => {
    const started = start({ metadata: "http://127.0.0.1:1" });
    await started.until(/metadata server does not answer \((ECONNREFUSED|bad port)\); tried again/);
    started.child.kill("SIGTERM");
    // The first process of a container would not end without a wish of its own.
    expect((await started.ended).code).toBe(0);
  });

  it("runs without a copy where the disk takes none", async () => {
    if (process.getuid?.() === 0) rmSync(copies, { recursive: true });
    else chmodSync(copies, 0o500);
    const { lines } = await start().ended;
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/takes no copy \(E(NOENT|ACCES)\): it is fetched again at the next start$/),
      RUNS,
    ]);
  });

  it("leaves signals to the program", async () => {
    const waits =
      'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("up");\n';
    google.objects.set("programs/waits.mjs", waits);
    const started = start({ object: "programs/waits.mjs", sha256: sha256(waits) });
    await started.until(/^up$/m);
    started.child.kill("SIGTERM");
    expect((await started.ended).code).toBe(7);
  });

  it("names what it is not told", async () => {
    const child = spawn(process.execPath, [STARTER, `--bucket=${BUCKET}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, out }).toEqual({
      code: 64,
      out: "keeper-start: no --object, --sha256, --copies: synthesize and deploy the customer's stack again\n",
    });
  });
});
