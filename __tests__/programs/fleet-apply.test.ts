import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import { aGcpBridgeInput } from "../builders/machine-input";

const PROGRAM = join(__dirname, "../../programs/fleet-apply.py");
const COMPOSE = "/etc/fleet/compose.yaml";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.warn("python3 is not installed: fleet-apply was not run");

/** A metadata server of either cloud, on a loopback port. Answers by path; a missing one is 404. */
class Metadata {
  readonly answers = new Map<string, string>();
  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      const path = request.url!;
      const allowed = path.startsWith("/computeMetadata/v1/instance/")
        ? request.headers["metadata-flavor"] === "Google"
        : path === "/v1/token"
          ? request.method === "PUT" && request.headers["metadata-token-expiry-seconds"]
          : request.headers["metadata-token"] === "token" && request.headers["accept"] === "application/json";
      const text = this.answers.get(path);
      response.statusCode = !allowed ? 403 : text === undefined ? 404 : 200;
      response.end(text);
    });
  }

  static start = (): Promise<Metadata> =>
    new Promise((resolve) => {
      const server = createServer();
      server.listen(0, "127.0.0.1", () => resolve(new Metadata(server)));
    });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  google(files: unknown, address = "198.51.100.7"): void {
    const instance = "/computeMetadata/v1/instance";
    const text = typeof files === "string" ? files : JSON.stringify(files);
    this.answers.set(`${instance}/attributes/fleet-files`, text);
    this.answers.set(`${instance}/name`, "acme-eu-burst-x7k2");
    this.answers.set(`${instance}/network-interfaces/0/access-configs/0/external-ip`, address);
  }

  linode(instance: unknown, network: unknown): void {
    this.answers.set("/v1/token", "token");
    this.answers.set("/v1/instance", JSON.stringify(instance));
    this.answers.set("/v1/network", JSON.stringify(network));
  }

  stop = (): Promise<void> => new Promise((resolve) => this.server.close(() => resolve()));
}

(hasPython ? describe : describe.skip)("fleet-apply", () => {
  let metadata: Metadata;
  let folder: string;
  let root: string;
  beforeEach(async () => {
    metadata = await Metadata.start();
    folder = mkdtempSync(join(tmpdir(), "fleet-apply-"));
    root = join(folder, "root");
    mkdirSync(root);
    fakeDocker("exit 0");
  });
  afterEach(async () => {
    await metadata.stop();
    rmSync(folder, { recursive: true });
  });

  /** A docker that notes its arguments, then does what the test says. */
  function fakeDocker(script: string): void {
    mkdirSync(join(folder, "bin"), { recursive: true });
    writeFileSync(join(folder, "bin/docker"), `#!/bin/sh\necho "$@" >> ${folder}/docker.log\n${script}\n`);
    chmodSync(join(folder, "bin/docker"), 0o755);
  }

  const dockerCalls = (): string[] =>
    existsSync(join(folder, "docker.log"))
      ? readFileSync(join(folder, "docker.log"), "utf8").trimEnd().split("\n")
      : [];

  const run = (source: string): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve) => {
      const child = spawn("python3", [PROGRAM, source, "--root", root, "--metadata", metadata.url], {
        env: {
          ...process.env,
          PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
          http_proxy: "http://127.0.0.1:1",
        },
      });
      let [out, err] = ["", ""];
      child.stdout.on("data", (data) => (out += data));
      child.stderr.on("data", (data) => (err += data));
      child.on("close", (code) => resolve({ code, out, err }));
    });

  const readRoot = (path: string): string => readFileSync(join(root, path), "utf8");
  const filesBelow = (path = ""): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );

  it("puts the files of a Google machine in place and starts its services", async () => {
    const files = renderBridgeFiles(aGcpBridgeInput());
    metadata.google(Object.fromEntries(files));
    expect(await run("google")).toEqual({
      code: 0,
      out: "fleet-apply: acme-eu-burst-x7k2 at 198.51.100.7 runs /etc/fleet/compose.yaml\n",
      err: "",
    });
    expect(filesBelow().sort()).toEqual([...files.keys(), "/run/fleet/host.env"]);
    for (const [path, text] of files) {
      expect(readRoot(path)).toBe(text);
      expect(statSync(join(root, path)).mode & 0o777).toBe(0o644);
    }
    expect(readRoot("/run/fleet/host.env")).toBe(
      "FLEET_INSTANCE=acme-eu-burst-x7k2\nJVB_ADVERTISE_IPS=198.51.100.7\n",
    );
    expect(dockerCalls()).toEqual([`compose -f ${root}${COMPOSE} up -d --remove-orphans`]);
  });

  it("writes text as it is, and replaces what was there", async () => {
    const text = "naïve $HOME %{x} \\n\r\n\t'\"\n";
    metadata.google({ [COMPOSE]: "services: {}\n" });
    await run("google");
    metadata.google({ [COMPOSE]: text }, "198.51.100.8");
    expect((await run("google")).code).toBe(0);
    expect(readRoot(COMPOSE)).toBe(text);
    expect(readRoot("/run/fleet/host.env")).toContain("198.51.100.8");
    expect(filesBelow().sort()).toEqual([COMPOSE, "/run/fleet/host.env"]);
  });

  it("starts the services of a Linode from the files that are there", async () => {
    metadata.linode(
      { label: "acme-nl-static-1", region: "nl-ams" },
      { ipv4: { public: ["203.0.113.9/32"], private: [] }, ipv6: {} },
    );
    expect((await run("linode")).code).toBe(0);
    expect(readRoot("/run/fleet/host.env")).toBe(
      "FLEET_INSTANCE=acme-nl-static-1\nJVB_ADVERTISE_IPS=203.0.113.9\n",
    );
    expect(dockerCalls()).toHaveLength(1);
  });

  describe("refuses files, writes nothing and starts nothing", () => {
    const compose = { [COMPOSE]: "services: {}\n" };
    it.each([
      ["that are not JSON", "{", "Expecting property name enclosed in double quotes"],
      ["that are a list", [], "not an object of path -> text"],
      ["that are null", "null", "not an object of path -> text"],
      ["without a compose file", { "/etc/fleet/jvb.env": "" }, "/etc/fleet/compose.yaml is missing"],
      ["with a number for a text", { ...compose, "/etc/fleet/a": 1 }, "/etc/fleet/a has no text"],
      ["with half of a character", `{"${COMPOSE}": "\\ud800"}`, "surrogates not allowed"],
      ["nested without end", "[".repeat(100_000), "recursion"],
      [
        "below a file",
        { ...compose, "/etc/fleet/a": "", "/etc/fleet/a/b": "" },
        "/etc/fleet/a is a file and a directory",
      ],
      ...[
        "/etc/passwd",
        "/etc/fleet",
        "/etc/fleet/",
        "/etc/fleet/../passwd",
        "/etc/fleet/a/../../passwd",
        "/etc/fleet/./a",
        "/etc/fleet//a",
        "/etc/fleet/.hidden",
        "/etc/fleet/a\n",
        "/etc/fleet/a\0",
        "/etc/fleetx/a",
        "etc/fleet/a",
        "",
      ].map((path): [string, unknown, string] => [
        `at ${JSON.stringify(path)}`,
        { ...compose, [path]: "" },
        "is not below /etc/fleet",
      ]),
    ])("%s", async (_, files, message) => {
      metadata.google(files);
      const { code, out, err } = await run("google");
      expect({ code, out }).toEqual({ code: 65, out: "" });
      expect(err).toMatch(/^fleet-apply: fleet-files refused: .+\n$/);
      expect(err).toContain(message);
      expect(filesBelow()).toEqual([]);
      expect(dockerCalls()).toEqual([]);
    });
  });

  describe("asks to be tried again", () => {
    it.each([
      [
        "when the metadata has no files yet",
        () => metadata.google({}),
        () => metadata.answers.clear(),
        "404",
      ],
      [
        "on a machine without a public address",
        () => metadata.google({ [COMPOSE]: "" }, ""),
        () => undefined,
        "the machine has no public IPv4 address: ''",
      ],
      [
        "when the name is no name",
        () => metadata.google({ [COMPOSE]: "" }),
        () => metadata.answers.set("/computeMetadata/v1/instance/name", "a\nB=1"),
        "the machine has no name: 'a\\nB=1'",
      ],
    ])("%s", async (_, before, then, message) => {
      before();
      then();
      const { code, err } = await run("google");
      expect(code).toBe(69);
      expect(err).toMatch(/^fleet-apply: .+\n$/);
      expect(err).toContain(message);
      expect(filesBelow()).toEqual([]);
      expect(dockerCalls()).toEqual([]);
    });

    it.each([
      ["without a label", { label: null }, { ipv4: { public: ["203.0.113.9/32"] } }],
      ["without an address", { label: "a" }, { ipv4: { public: [] } }],
      ["in another form", { label: "a" }, []],
    ])("on a Linode %s", async (_, instance, network) => {
      metadata.linode(instance, network);
      const { code, err } = await run("linode");
      expect(code).toBe(69);
      expect(err).toMatch(/^fleet-apply: metadata of an unknown form: .+\n$/);
      expect(filesBelow()).toEqual([]);
    });

    it("when docker compose fails, and keeps the files", async () => {
      fakeDocker("echo no such image >&2; exit 17");
      metadata.google({ [COMPOSE]: "services: {}\n" });
      expect(await run("google")).toEqual({
        code: 69,
        out: "",
        err: "no such image\nfleet-apply: docker compose up ended with 17\n",
      });
      expect(readRoot(COMPOSE)).toBe("services: {}\n");
    });

    it("when a file cannot be written", async () => {
      writeFileSync(join(root, "etc"), "");
      metadata.google({ [COMPOSE]: "services: {}\n" });
      const { code, err } = await run("google");
      expect(code).toBe(69);
      expect(err).toMatch(/^fleet-apply: \[Errno 20\] Not a directory: .+\n$/);
      expect(dockerCalls()).toEqual([]);
    });

    it("when nobody answers at the metadata server's address", async () => {
      const { url } = metadata;
      await metadata.stop();
      metadata = await Metadata.start();
      const { status, stderr } = spawnSync(
        "python3",
        [PROGRAM, "google", "--root", root, "--metadata", url],
        {
          encoding: "utf8",
        },
      );
      expect(status).toBe(69);
      expect(stderr).toMatch(/^fleet-apply: http:\S+: .*Connection refused.*\n$/);
    });
  });
});
