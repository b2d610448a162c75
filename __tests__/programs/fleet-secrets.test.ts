import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import type { MachineFiles } from "../../render/machine-files";
import { renderServerFiles } from "../../render/server/server-files";
import { aCustomer, anAccount } from "../builders/fleet";
import { aGcpBridgeInput, alsoServed, aServerInput } from "../builders/machine-input";
import { hasRealTool } from "../builders/real-tool";

const PROGRAM = join(__dirname, "../../programs/fleet-secrets.py");
const TOKEN = "ya29.CANARYtokenCANARY-_x";

const MOUNTS = "/proc/self/mountinfo";

const hasMounts = hasRealTool(MOUNTS, "fleet-secrets was not asked what is in memory", ["cat", MOUNTS]);
const hasPython = hasRealTool("python3", "fleet-secrets was not run");

interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly location?: string;
}

/** Metadata server and Secret Manager of Google on a loopback port. Each refuses what the real one refuses. */
class PretendedGoogle {
  private readonly server: Server;
  /** Secrets of the project by resource; no versions: the last one is `latest`. */
  readonly versions = new Map<string, readonly (string | Buffer)[]>();
  /** Resources that the machine's service account may read. */
  readonly allowed = new Set<string>();
  /** What is answered instead, by path, one for each question; an empty list is normal service. */
  readonly instead = new Map<string, Answer[]>();
  readonly asked: string[] = [];
  metadata = new Map<string, string>();

  private constructor(server: Server) {
    this.server = server;
    server.on("request", (request, response) => {
      const path = request.url!;
      this.asked.push(path);
      const answer = this.instead.get(path)?.shift() ?? this.answerTo(path, request);
      response.statusCode = answer.status;
      if (answer.location !== undefined) response.setHeader("Location", answer.location);
      response.end(answer.text);
    });
  }

  static start = (): Promise<PretendedGoogle> =>
    new Promise((resolve) => {
      const server = createServer();
      server.listen(0, "127.0.0.1", () => resolve(new PretendedGoogle(server)));
    });

  stop = (): Promise<void> => new Promise((resolve) => this.server.close(() => resolve()));

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answerTo(path: string, request: IncomingMessage): Answer {
    const [, key] = /^\/computeMetadata\/v1\/instance\/(.+)$/.exec(path) ?? [];
    if (key !== undefined) {
      if (request.headers["metadata-flavor"] !== "Google") return { status: 403 };
      const text = this.metadata.get(key);
      return text === undefined ? { status: 404 } : { status: 200, text };
    }
    const [, resource] =
      /^\/v1\/(projects\/[^/]+\/secrets\/[^/]+)\/versions\/latest:access$/.exec(path) ?? [];
    if (resource === undefined || request.method !== "GET") return { status: 404 };
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401 };
    // Whoever may not read is not told whether there is something.
    if (!this.allowed.has(resource)) return { status: 403 };
    const versions = this.versions.get(resource) ?? [];
    const latest = versions.at(-1);
    if (latest === undefined) return { status: 404 };
    if (latest === "disabled") return { status: 400 };
    return { status: 200, text: accessed(resource, versions.length, latest) };
  }

  /** A machine with these files, whose service account may read what they ask for, and one version of each. */
  boots(files: MachineFiles): void {
    this.metadata.set("attributes/fleet-files", JSON.stringify(Object.fromEntries(files)));
    const token = { access_token: TOKEN, expires_in: 3599, token_type: "Bearer" };
    this.metadata.set("service-accounts/default/token", JSON.stringify(token));
    for (const resource of resourcesOf(files)) {
      this.allowed.add(resource);
      this.versions.set(resource, [valueOf(resource, 1)]);
    }
  }
}

const accessed = (resource: string, version: number, value: string | Buffer): string =>
  JSON.stringify({
    name: `${resource.replace(/^projects\/[^/]+/, "projects/123456789")}/versions/${version}`,
    payload: { data: Buffer.from(value).toString("base64"), dataCrc32c: "1" },
  });

const secretsOf = (files: MachineFiles) =>
  JSON.parse(files.get("/etc/fleet/secrets.json")!) as Record<string, Record<string, string> | string>;
const resourcesOf = (files: MachineFiles): string[] => [
  ...new Set(
    Object.values(secretsOf(files)).flatMap((wanted) =>
      typeof wanted === "string" ? wanted : Object.values(wanted),
    ),
  ),
];
/** A distinctive value, so that it is found wherever it should not be. */
const valueOf = (resource: string, version: number): string =>
  `CANARY${resource.split("/").at(-1)!.replaceAll(/[-_]/g, "")}V${version}`;
const accessPath = (resource: string): string => `/v1/${resource}/versions/latest:access`;

const server = renderServerFiles(aServerInput({ customer: aCustomer({ bridgeOnServer: true }) }));
const bridge = renderBridgeFiles(aGcpBridgeInput({ served: [...aGcpBridgeInput().served, alsoServed] }));
const HOME = "projects/acme-meet-prod/secrets/abc-jvb-auth-password";
const MAIN = "projects/acme-meet-prod/secrets/abc-main-jvb-auth-password";
const OTHER = "projects/acme-meet-prod/secrets/xyz-europe-jvb-auth-password";
const TELEMETRY = "projects/acme-meet-prod/secrets/abc-telemetry_acme_eu-burst";
const OTHERS_TELEMETRY = "projects/acme-meet-prod/secrets/xyz-europe-telemetry_acme_eu-burst";
const MEASURED = ["keeper.env", "grafana.env", "influxdb-setup.env", "telegraf.env"];

(hasPython ? describe : describe.skip)("fleet-secrets", () => {
  let google: PretendedGoogle;
  let root: string;
  beforeEach(async () => {
    google = await PretendedGoogle.start();
    root = mkdtempSync(join(tmpdir(), "fleet-secrets-"));
  });
  afterEach(async () => {
    await google.stop();
    rmSync(root, { recursive: true });
  });

  const directory = () => join(root, "run/fleet/secrets");
  const envFiles = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(directory()).map((name) => [name, readFileSync(join(directory(), name), "utf8")]),
    );

  interface Run {
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
  }
  /** Runs the program; whatever it prints, it prints no value and no token. */
  const run = async (patience = 0, before = "true"): Promise<Run> => {
    const result = await new Promise<Run>((resolve) => {
      const child = spawn(
        "bash",
        [
          ...["--norc", "-c", `${before} && exec python3 "$@"`, "bash", PROGRAM],
          ...["--root", root, "--metadata", google.url, "--secret-manager", google.url],
          ...["--patience", String(patience)],
        ],
        { env: { ...process.env, http_proxy: "http://127.0.0.1:1", https_proxy: "http://127.0.0.1:1" } },
      );
      let [out, err] = ["", ""];
      child.stdout.on("data", (data) => (out += data));
      child.stderr.on("data", (data) => (err += data));
      child.on("close", (code) => resolve({ code, out, err }));
    });
    const base64 = Buffer.from("CANARY").toString("base64");
    expect(result.out + result.err).not.toMatch(new RegExp(`CANARY|${base64}`));
    return result;
  };

  it("writes an env file for each service that has passwords, for root only", async () => {
    google.boots(server);
    const versions = resourcesOf(server)
      .sort()
      .map((resource) => `${resource.split("/")[3]} version 1`);
    expect(await run()).toEqual({
      code: 0,
      out:
        "fleet-secrets: grafana.env influxdb-setup.env jicofo.env jvb.env keeper.env prosody-brewery.env " +
        `prosody.env telegraf.env from ${versions.join(", ")}\n`,
      err: "",
    });
    expect(envFiles()).toEqual({
      "grafana.env":
        "GF_SECURITY_ADMIN_PASSWORD=CANARYabcgrafanaadminpasswordV1\n" +
        "TELEMETRY_READ_PASSWORD=CANARYabctelemetryreadpasswordV1\n",
      "influxdb-setup.env":
        "INFLUX_TOKEN=CANARYabcinfluxdboperatortokenV1\nOPERATOR_PASSWORD=CANARYabcinfluxdboperatorpasswordV1\n" +
        "PASSWORD_ACME__EU_BURST=CANARYabctelemetryacmeeuburstV1\n" +
        "PASSWORD_ACME__EU_BURST__EVEN=CANARYabctelemetryacmeeuburstevenV1\n" +
        "PASSWORD_ACME__NL_STATIC=CANARYabctelemetryacmenlstaticV1\n" +
        "PASSWORD_ACME__NL_STATIC__EVEN=CANARYabctelemetryacmenlstaticevenV1\n" +
        "PASSWORD_GRAFANA=CANARYabctelemetryreadpasswordV1\nPASSWORD_SERVER=CANARYabctelemetryserverpasswordV1\n",
      "jicofo.env": "JICOFO_AUTH_PASSWORD=CANARYabcjicofoauthpasswordV1\n",
      "jvb.env": "JVB_AUTH_PASSWORD=CANARYabcjvbauthpasswordV1\n",
      "keeper.env": "TELEMETRY_PASSWORD=CANARYabctelemetryserverpasswordV1\n",
      "prosody-brewery.env":
        "JICOFO_AUTH_PASSWORD=CANARYabcjicofoauthpasswordV1\nJIGASI_XMPP_PASSWORD=CANARYabcjvbauthpasswordevenV1\n" +
        "JVB_AUTH_PASSWORD=CANARYabcjvbauthpasswordV1\n",
      "prosody.env":
        "JICOFO_AUTH_PASSWORD=CANARYabcjicofoauthpasswordV1\nJVB_AUTH_PASSWORD=CANARYabcmainjvbauthpasswordV1\n",
      "telegraf.env": "TELEMETRY_PASSWORD=CANARYabctelemetryserverpasswordV1\n",
    });
    expect(statSync(directory()).mode & 0o777).toBe(0o700);
    for (const name of Object.keys(envFiles())) {
      expect(statSync(join(directory(), name)).mode & 0o777).toBe(0o600);
    }
    // Each secret is asked for once, so that no two services get different versions.
    expect(google.asked.filter((path) => path.startsWith("/v1/"))).toEqual(
      resourcesOf(server).sort().map(accessPath),
    );
  });

  describe("keeps a file as it is,", () => {
    const OWN = "projects/acme-meet-prod/secrets/abc-certificate";
    const files = renderServerFiles(
      aServerInput({ customer: aCustomer({ certificate: { secret: "abc-certificate" } }) }),
    );

    it("with line breaks and whatever bytes it has, for root only", async () => {
      google.boots(files);
      const content = Buffer.from([...Buffer.from("CANARY\r\n= $x '\n"), 0xff, 0x00]);
      google.versions.set(OWN, [content]);
      expect(await run()).toMatchObject({
        code: 0,
        out: expect.stringContaining("abc-certificate version 1"),
      });
      const path = join(directory(), "certificate.pem");
      expect(readFileSync(path)).toEqual(content);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(Object.keys(envFiles())).toContain("jicofo.env");
    });

    it("in a folder, for whoever a container with that folder runs as", async () => {
      const account = anAccount();
      const operators = { ...account.operators, alerts: { webhook: { secret: "pager-url" } } };
      const url = "projects/acme-meet-prod/secrets/pager-url";
      const path = join(directory(), "grafana/webhook-url.txt");
      google.boots(renderServerFiles(aServerInput({ account: { ...account, operators } })));
      google.versions.set(url, ["disabled"]);
      expect((await run()).code).toBe(0);
      // The container that has it mounted starts all the same.
      expect(readdirSync(dirname(path))).toEqual([]);

      google.versions.set(url, ["https://pager.example/CANARY?a=b&c=$d"]);
      const folder = statSync(dirname(path)).ino;
      expect(await run()).toMatchObject({ code: 0, out: expect.stringContaining("pager-url version 1") });
      expect(readFileSync(path, "utf8")).toBe("https://pager.example/CANARY?a=b&c=$d");
      expect(statSync(path).mode & 0o777).toBe(0o644);
      expect(statSync(dirname(path)).mode & 0o777).toBe(0o755);
      expect(statSync(dirname(path)).ino).toBe(folder);
      // On the machine nobody but root gets that far.
      expect(statSync(directory()).mode & 0o777).toBe(0o700);

      google.boots(renderServerFiles(aServerInput()));
      expect((await run()).code).toBe(0);
      expect(readdirSync(dirname(path))).toEqual([]);
    });

    it("up to the size that Secret Manager takes", async () => {
      google.boots(files);
      google.versions.set(OWN, ["x".repeat(65_536)]);
      expect((await run()).code).toBe(0);
    });

    it.each<[string, string, string]>([
      ["is empty", "", "version 1 is empty or larger than 65536 bytes: store another one"],
      [
        "is too large",
        "x".repeat(65_537),
        "version 1 is empty or larger than 65536 bytes: store another one",
      ],
      [
        "is disabled",
        "disabled",
        "its latest version is disabled or destroyed: enable it, or add one (HTTP status 400)",
      ],
    ])("and goes on without it, or with the one of before, when it %s", async (_, value, message) => {
      google.boots(files);
      google.versions.set(OWN, [value]);
      const list = (): unknown => JSON.parse(readFileSync(join(root, "run/fleet/secrets.json"), "utf8"));
      const refused = { code: 0, err: `fleet-secrets: ${OWN}: ${message}\n` };
      expect(await run()).toMatchObject(refused);
      expect(Object.keys(envFiles()).sort()).toEqual(
        ["jicofo.env", "prosody-brewery.env", "prosody.env", ...MEASURED].sort(),
      );
      expect(list()).not.toHaveProperty(["certificate.pem"]);
      expect(list()).toHaveProperty(["jicofo.env"]);

      google.versions.set(OWN, ["CANARY1"]);
      expect(await run()).toMatchObject({ code: 0, err: "" });
      expect(list()).toHaveProperty(["certificate.pem"]);
      google.versions.set(OWN, [value]);
      expect(await run()).toMatchObject(refused);
      expect(readFileSync(join(directory(), "certificate.pem"), "utf8")).toBe("CANARY1");
      expect(list()).not.toHaveProperty(["certificate.pem"]);
    });

    it("and says who makes it when there is none", async () => {
      google.boots(files);
      google.versions.delete(OWN);
      expect((await run()).err).toBe(
        `fleet-secrets: ${OWN}: there is no such secret, or no version of it yet: add one (HTTP status 404)\n`,
      );
    });
  });

  it("leaves values in the env files and nowhere else", async () => {
    google.boots(bridge);
    expect((await run()).code).toBe(0);
    const below = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(below.map((entry) => join(entry.parentPath, entry.name))).toEqual([
      join(root, "run/fleet/secrets.json"),
      join(directory(), "jvb.env"),
      join(directory(), "telegraf.env"),
    ]);
    expect(readFileSync(join(root, "run/fleet/secrets.json"), "utf8")).toBe(
      bridge.get("/etc/fleet/secrets.json"),
    );
  });

  it("fetches what was rotated, and removes what nobody asks for any more", async () => {
    google.boots(server);
    await run();
    mkdirSync(directory(), { recursive: true });
    writeFileSync(join(directory(), "jicofo.env.new"), "left by a run that was killed");
    google.boots(renderServerFiles(aServerInput()));
    google.versions.set(HOME, [valueOf(HOME, 1), valueOf(HOME, 2)]);
    expect((await run()).out).toContain("abc-jvb-auth-password version 2");
    expect(Object.keys(envFiles()).sort()).toEqual(
      ["jicofo.env", "prosody-brewery.env", "prosody.env", ...MEASURED].sort(),
    );
    expect(envFiles()["prosody-brewery.env"]).toContain("JVB_AUTH_PASSWORD=CANARYabcjvbauthpasswordV2\n");
  });

  describe("replaces nothing, and says what to do,", () => {
    const METADATA = "/computeMetadata/v1/instance";
    const EITHER = "service-accounts/default/token";
    it.each<[string, (pretended: PretendedGoogle) => void, string]>([
      [
        "when the machine may not read one",
        ({ allowed }) => allowed.delete(OTHER),
        `${OTHER}: the machine's service account may not read it: deploy the machine's stack; a new permission takes ` +
          "minutes (HTTP status 403)",
      ],
      [
        "when one has no version yet",
        ({ versions }) => versions.delete(OTHER),
        `${OTHER}: there is no such secret, or no version of it yet: deploy the stack of its customer first (HTTP ` +
          "status 404)",
      ],
      [
        "when the latest version is disabled",
        ({ versions }) => versions.set(OTHER, ["CANARY1", "disabled"]),
        `${OTHER}: its latest version is disabled or destroyed: enable it, or add one by raising secretsVersion (HTTP ` +
          "status 400)",
      ],
      [
        "when the token is refused",
        ({ metadata }) => metadata.set(EITHER, JSON.stringify({ access_token: "CANARYexpired" })),
        // Those that hold nothing up first, as they come.
        [TELEMETRY, OTHERS_TELEMETRY, HOME, OTHER]
          .map((resource) => `${resource}: the token of the machine was refused (HTTP status 401)`)
          .join("\n"),
      ],
      [
        "when both cannot be had, in one go",
        ({ allowed, versions }) => [allowed.delete(HOME), versions.set(OTHER, [])],
        `${HOME}: the machine's service account may not read it: deploy the machine's stack; a new permission takes ` +
          `minutes (HTTP status 403)\n${OTHER}: there is no such secret, or no version of it yet: deploy the stack of ` +
          "its customer first (HTTP status 404)",
      ],
      [
        "when Secret Manager is overloaded for longer than it waits",
        ({ instead }) => instead.set(accessPath(HOME), [{ status: 503, text: "CANARY" }]),
        `${HOME}: Secret Manager does not answer: HTTP status 503`,
      ],
      [
        "when it is sent elsewhere with its token",
        ({ instead, url }) => instead.set(accessPath(HOME), [{ status: 302, location: `${url}/elsewhere` }]),
        `${HOME}: an answer that nobody expected (HTTP status 302)`,
      ],
      [
        "when the machine has no service account",
        ({ metadata }) => metadata.delete(EITHER),
        `metadata ${EITHER}: the machine has no service account`,
      ],
      [
        "when there is no token in the answer",
        ({ metadata }) => metadata.set(EITHER, '{"access_token":"CANARY\\r\\nX: y"}'),
        `metadata ${EITHER}: no access token in the answer`,
      ],
      [
        "when the metadata server does not answer",
        ({ instead }) => instead.set(`${METADATA}/attributes/fleet-files`, [{ status: 503 }]),
        "metadata server: HTTP status 503",
      ],
      [
        "when the machine has no files",
        ({ metadata }) => metadata.delete("attributes/fleet-files"),
        "metadata attributes/fleet-files: the machine has none: deploy its stack again",
      ],
      [
        "when the files do not name its secrets",
        ({ metadata }) => metadata.set("attributes/fleet-files", '{"/etc/fleet/compose.yaml":""}'),
        "fleet-files has no /etc/fleet/secrets.json: synthesize and deploy the machine's stack again",
      ],
    ])("%s", async (_, breaks, message) => {
      google.boots(bridge);
      await run();
      const before = envFiles();
      google.versions.set(HOME, ["CANARYnew"]);
      breaks(google);
      const lines = message.split("\n").map((line) => `fleet-secrets: ${line}\n`);
      expect(await run()).toEqual({ code: 1, out: "", err: lines.join("") });
      expect(envFiles()).toEqual(before);
    });

    it.each<[string, string]>([
      ["no JSON", "CANARY{"],
      ["no object", '["CANARY"]'],
      ["no payload", JSON.stringify({ name: `${HOME}/versions/1` })],
      ["no base64", JSON.stringify({ name: `${HOME}/versions/1`, payload: { data: "CANARY!" } })],
      ["no version", JSON.stringify({ name: "CANARY", payload: { data: "Q0FOQVJZ" } })],
      ["nested without end", "[".repeat(100_000)],
    ])("when the answer is garbage: %s", async (_, text) => {
      google.boots(bridge);
      google.instead.set(accessPath(HOME), [{ status: 200, text }]);
      expect(await run()).toEqual({
        code: 1,
        out: "",
        err: `fleet-secrets: ${HOME}: Secret Manager gave an answer of an unknown form\n`,
      });
      expect(envFiles()).toEqual({});
    });

    it.each(["", "CANARY\xff", "CANARY\n", "CANARY'x", "CANARY$HOME", "CAN ARY", "CANARY\nJVB_PORT=1"])(
      "when the value is %j, which not every file can hold",
      async (value) => {
        google.boots(bridge);
        google.versions.set(HOME, ["x", value]);
        expect(await run()).toEqual({
          code: 1,
          out: "",
          err:
            `fleet-secrets: ${HOME}: version 2 is empty or has other characters than letters and digits (a line ` +
            "break counts): store one without them\n",
        });
        expect(envFiles()).toEqual({});
      },
    );

    it.each([
      ["a list", []],
      ["a path", { "../host.env": { A: HOME } }],
      ["another file", { "jvb.env.new": { A: HOME } }],
      ["no variable", { "jvb.env": { "A=1\nB": HOME } }],
      ["another API", { "jvb.env": { A: `${HOME}/versions/1:destroy?x=` } }],
      ["a value", { "jvb.env": { A: "CANARY" } }],
      ["no variables", { "jvb.env": "CANARY" }],
      ["a resource for variables", { "jvb.env": HOME }],
      ["variables in another file", { "certificate.pem": { A: HOME } }],
      ["a file elsewhere", { "../certificate.pem": HOME }],
      ["a file without an ending", { certificate: HOME }],
      ["a file's content", { "certificate.pem": "CANARY" }],
    ])("when secrets.json has %s", async (_, secrets) => {
      google.boots(bridge);
      google.metadata.set(
        "attributes/fleet-files",
        JSON.stringify({ "/etc/fleet/secrets.json": JSON.stringify(secrets) }),
      );
      expect(await run()).toEqual({
        code: 1,
        out: "",
        err:
          "fleet-secrets: /etc/fleet/secrets.json is not of the form env file -> variable -> " +
          "projects/<project>/secrets/<name>, other file -> projects/<project>/secrets/<name>\n",
      });
      expect(google.asked.filter((path) => path.startsWith("/v1/"))).toEqual([]);
    });

    it("when there is no room for all of the files", async () => {
      google.boots(server);
      await run();
      const before = envFiles();
      google.versions.set(HOME, ["CANARYnew"]);
      // One file may have 1024 bytes.
      google.versions.set(MAIN, ["CANARY".repeat(200)]);
      expect(await run(0, "ulimit -f 1")).toEqual({
        code: 1,
        out: "",
        err: "fleet-secrets: [Errno 27] File too large\n",
      });
      expect(envFiles()).toEqual(before);
    });
  });

  describe("without a password that no call needs", () => {
    const list = (): Record<string, unknown> =>
      JSON.parse(readFileSync(join(root, "run/fleet/secrets.json"), "utf8")) as Record<string, unknown>;
    const JVB = `JVB_AUTH_PASSWORD=${valueOf(HOME, 1)}\nJVB_AUTH_PASSWORD_XYZ_EUROPE=${valueOf(OTHER, 1)}\n`;
    const ABC = `TELEMETRY_PASSWORD_ABC=${valueOf(TELEMETRY, 1)}\n`;
    const XYZ = `TELEMETRY_PASSWORD_XYZ_EUROPE=${valueOf(OTHERS_TELEMETRY, 1)}\n`;
    const wanted = secretsOf(bridge);
    const { TELEMETRY_PASSWORD_ABC: _, ...ofOthers } = wanted["telegraf.env"] as Record<string, string>;

    it.each<[string, (pretended: PretendedGoogle) => unknown, string]>([
      [
        "which its customer's stack has not made yet",
        ({ versions }) => versions.delete(TELEMETRY),
        "there is no such secret, or no version of it yet: deploy the stack of its customer first (HTTP status 404)",
      ],
      [
        "which the machine may not read",
        ({ allowed }) => allowed.delete(TELEMETRY),
        "the machine's service account may not read it: deploy the machine's stack; a new permission takes minutes " +
          "(HTTP status 403)",
      ],
      [
        "whose latest version is disabled",
        ({ versions }) => versions.set(TELEMETRY, ["CANARY1", "disabled"]),
        "its latest version is disabled or destroyed: enable it, or add one by raising secretsVersion (HTTP status 400)",
      ],
      [
        "whose value no env file can hold",
        ({ versions }) => versions.set(TELEMETRY, ["CANARY\n"]),
        "version 1 is empty or has other characters than letters and digits (a line break counts): store one without " +
          "them",
      ],
      [
        "whose answer is garbage",
        ({ instead }) => instead.set(accessPath(TELEMETRY), [{ status: 200, text: "CANARY{" }]),
        "Secret Manager gave an answer of an unknown form",
      ],
    ])(
      "%s, writes everything else, and says what to do; the next run brings it",
      async (_, breaks, message) => {
        google.boots(bridge);
        breaks(google);
        expect(await run()).toEqual({
          code: 0,
          out:
            "fleet-secrets: jvb.env telegraf.env from abc-jvb-auth-password version 1, " +
            "xyz-europe-jvb-auth-password version 1, xyz-europe-telemetry_acme_eu-burst version 1\n",
          err: `fleet-secrets: ${TELEMETRY}: ${message}\n`,
        });
        expect(envFiles()).toEqual({ "jvb.env": JVB, "telegraf.env": XYZ });
        expect(list()).toEqual({ ...wanted, "telegraf.env": ofOthers });

        google.boots(bridge);
        expect(await run()).toMatchObject({ code: 0, err: "" });
        expect(envFiles()).toEqual({ "jvb.env": JVB, "telegraf.env": ABC + XYZ });
        expect(list()).toEqual(wanted);
      },
    );

    it("and without another one, writes an empty env file for the container that reads it", async () => {
      google.boots(bridge);
      for (const resource of [TELEMETRY, OTHERS_TELEMETRY]) google.versions.delete(resource);
      expect((await run()).code).toBe(0);
      expect(envFiles()).toEqual({ "jvb.env": JVB, "telegraf.env": "" });
      expect(list()).toEqual({ ...wanted, "telegraf.env": {} });
    });

    it("and without one that calls need, replaces nothing and names both", async () => {
      google.boots(bridge);
      for (const resource of [TELEMETRY, HOME]) google.versions.delete(resource);
      const { code, err } = await run();
      expect(code).toBe(1);
      for (const resource of [TELEMETRY, HOME])
        expect(err).toContain(`fleet-secrets: ${resource}: there is no`);
      expect(envFiles()).toEqual({});
    });

    it("replaces nothing when Secret Manager does not answer: it may have it", async () => {
      google.boots(bridge);
      google.instead.set(accessPath(TELEMETRY), [{ status: 503 }]);
      expect(await run()).toEqual({
        code: 1,
        out: "",
        err: `fleet-secrets: ${TELEMETRY}: Secret Manager does not answer: HTTP status 503\n`,
      });
      expect(envFiles()).toEqual({});
    });

    it("counts it as needed where a service that calls need reads the same one", async () => {
      const both = { "jvb.env": { A: HOME }, "telegraf.env": { B: HOME } };
      google.boots(new Map([["/etc/fleet/secrets.json", JSON.stringify(both)]]));
      google.allowed.delete(HOME);
      expect((await run()).code).toBe(1);
      expect(envFiles()).toEqual({});
    });

    it("knows the same services that calls need as fleet-apply", () => {
      const constant = (program: string, name: string): string[] => {
        const path = join(__dirname, `../../programs/${program}.py`);
        const print = `import json, runpy, sys; print(json.dumps(sorted(runpy.run_path(sys.argv[1])["${name}"])))`;
        return JSON.parse(spawnSync("python3", ["-c", print, path], { encoding: "utf8" }).stdout) as string[];
      };
      expect(constant("fleet-secrets", "FOR_CALLS")).toEqual(
        constant("fleet-apply", "ORDER")
          .map((service) => `${service}.env`)
          .sort(),
      );
    });
  });

  it.each<[string, readonly Answer[]]>([
    ["too many questions", [{ status: 429 }]],
    ["an overload, twice", [{ status: 503 }, { status: 500 }]],
  ])("asks again after %s", async (_, answers) => {
    google.boots(bridge);
    google.instead.set(accessPath(OTHER), [...answers]);
    expect(await run(30)).toMatchObject({ code: 0, err: "" });
    expect(google.asked.filter((path) => path === accessPath(OTHER))).toHaveLength(answers.length + 1);
  });

  it("asks for nothing else once Secret Manager is away", async () => {
    google.boots(bridge);
    google.instead.set(accessPath(HOME), Array<Answer>(20).fill({ status: 503 }));
    const { code, err } = await run(1);
    expect(code).toBe(1);
    expect(err).toBe(`fleet-secrets: ${HOME}: Secret Manager does not answer: HTTP status 503\n`);
    expect(google.asked).toContain(accessPath(HOME));
    expect(google.asked).not.toContain(accessPath(OTHER));
  });

  it("says so when nobody answers at the metadata server's address", async () => {
    const { url } = google;
    await google.stop();
    google = await PretendedGoogle.start();
    const { status, stderr } = spawnSync(
      "python3",
      [PROGRAM, "--root", root, "--metadata", url, "--patience", "0"],
      { encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^fleet-secrets: metadata server: .*Connection refused.*\n$/);
  });

  (hasMounts ? it : it.skip)("takes a directory in memory and no other", () => {
    const check = (path: string) =>
      spawnSync(
        "python3",
        [
          "-c",
          `import runpy, sys; p = runpy.run_path(sys.argv[1], run_name="p")\ntry: p["check_in_memory"](sys.argv[2])\nexcept p["Failure"] as e: print(e)`,
          PROGRAM,
          path,
        ],
        { encoding: "utf8" },
      );
    expect(check("/proc")).toMatchObject({
      status: 0,
      stdout: "/proc is on a file system of type proc; secrets go to a tmpfs only\n",
      stderr: "",
    });
    const mounts = readFileSync(MOUNTS, "utf8");
    const [, tmpfs] = /^(?:\S+ ){4}(\S+) .* - tmpfs /m.exec(mounts) ?? [];
    expect(check(tmpfs!)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });
});
