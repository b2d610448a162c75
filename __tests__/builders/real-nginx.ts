import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import type { MachineFiles } from "../../render/machine-files";
import { freePort } from "./free-port";

const NGINX = ["nginx", "/usr/sbin/nginx"].find((program) => spawnSync(program, ["-v"]).status === 0);
if (!NGINX) {
  if (process.env["CI"] === "true") throw new Error("nginx is not installed; in CI it has to be (.ci/run)");
  console.warn("nginx is not installed: what it includes was not read by the real program");
}

/** `describe`, or a visible skip where there is no nginx. */
export const describeWithNginx = NGINX ? describe : describe.skip;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  /** @default GET */
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Address that asks, of 127.0.0.0/8. */
  readonly from?: string;
}

/** What nginx says about the files, in a frame as the web image has it; empty when it takes them. */
export function nginxComplaints(files: MachineFiles): string {
  const root = layOut(files, 1, 1);
  try {
    const { status, stderr } = spawnSync(NGINX!, ["-t", ...wordsFor(root)], { encoding: "utf8" });
    return status === 0 ? "" : stderr;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/**
 * A real nginx with a server's files; a pretended Prosody answers as the real one does: to whoever asks. `X-Asked-By` of
 * its answer is the address that its limits would count for.
 */
export class RealNginx {
  private constructor(
    private readonly root: string,
    private readonly port: number,
    private readonly process: ChildProcess,
    private readonly stopProsody: () => Promise<void>,
  ) {}

  /** @param influxdb `<host>:<port>` of whoever plays InfluxDB; without it, nobody does. */
  static async start(files: MachineFiles, influxdb?: string): Promise<RealNginx> {
    const prosody = createServer(({ headers: { origin = "nobody", "x-forwarded-for": asker } }, response) => {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("X-Asked-By", String(asker));
      response.end("Prosody");
    });
    await new Promise<void>((resolve) => prosody.listen(0, "127.0.0.1", resolve));
    const stopProsody = (): Promise<void> => {
      prosody.closeAllConnections();
      return new Promise((resolve) => prosody.close(() => resolve()));
    };
    const port = await freePort();
    const root = layOut(files, port, (prosody.address() as AddressInfo).port, influxdb);
    const child = spawn(NGINX!, wordsFor(root), { stdio: ["ignore", "ignore", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (data) => (complaints += String(data)));
    const nginx = new RealNginx(root, port, child, stopProsody);
    for (let attempt = 0; ; attempt++) {
      if (await nginx.get("/").catch(() => undefined)) return nginx;
      if (attempt === 100 || child.exitCode !== null) {
        await nginx.stop();
        throw new Error(`nginx does not start: ${complaints}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  get(path: string, { method = "GET", body, headers = {}, from = "127.0.0.1" }: Asked = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        { host: "127.0.0.1", port: this.port, method, path, headers, localAddress: from, agent: false },
        (answer) => {
          let text = "";
          answer.on("data", (data) => (text += String(data)));
          answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
        },
      );
      asked.on("error", reject).end(body);
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    if (this.process.exitCode === null && this.process.kill("SIGTERM")) await ended;
    await this.stopProsody();
    rmSync(this.root, { recursive: true });
  }
}

const wordsFor = (root: string): string[] => ["-p", root, "-c", join(root, "nginx.conf"), "-e", "stderr"];

const INFLUXDB = `${COMPOSE_ADDRESSES.influxdb}:8086`;

/** Writes the files and the frame around them to a directory of their own. */
function layOut(files: MachineFiles, port: number, prosody: number, influxdb = "127.0.0.1:1"): string {
  const root = mkdtempSync(join(tmpdir(), "real-nginx-"));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  mkdirSync(join(root, "web/nginx-custom"), { recursive: true });
  for (const [path, text] of files) {
    if (path.startsWith("/etc/fleet/web/"))
      put(path.slice("/etc/fleet/".length), text.replaceAll(INFLUXDB, influxdb));
  }
  // The image's own script, with the customer's appended to it.
  const own = files.get("/etc/fleet/web/custom-config.js") ?? "";
  put(
    "web/config.js",
    `var config = {};\nconfig.bosh = '/<!--# echo var="subdir" default="" -->http-bind';\n${own}`,
  );
  put("pages/index.html", '<script><!--#include virtual="/config.js" --></script>');
  put("nginx.conf", frame(root, port, prosody));
  return root;
}

/** The parts of the web image's nginx that a customer's files meet: what holds in the server block, and its paths. */
const frame = (root: string, port: number, prosody: number): string => `
daemon off;
master_process off;
pid ${root}/nginx.pid;
events {}
http {
  types { text/html html; application/javascript js; image/svg+xml svg; application/json json; }
  default_type application/octet-stream;
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${root}/${name};`).join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    root ${root}/pages;
    index index.html;
    ssi on;
    ssi_types application/javascript;
    add_header X-Content-Type-Options nosniff;
    set $prefix "";
    include ${root}/web/nginx-custom/*.conf;
    location = /config.js { alias ${root}/web/config.js; }
    location ~ ^/([^/]+)/config.js$ { set $subdir "$1/"; alias ${root}/web/config.js; }
    location ~ ^/static/branding/(.*)$ { add_header Access-Control-Allow-Origin *; alias ${root}/web/branding/$1; }
    location = /http-bind { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass http://127.0.0.1:${prosody}/http-bind?prefix=$prefix&$args; }
    location = /xmpp-websocket { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass http://127.0.0.1:${prosody}/xmpp-websocket?prefix=$prefix&$args; }
    location ~ ^/([^/]+)/http-bind { set $prefix "$1"; rewrite ^ /http-bind; }
    location ~ ^/([^/]+)/xmpp-websocket { set $prefix "$1"; rewrite ^ /xmpp-websocket; }
    location ~ ^/([^/]+)$ { try_files $uri @page; }
    location @page { rewrite ^ / break; }
    location ~ ^/([^/]+)/(.*)$ { set $subdir "$1/"; rewrite ^/([^/]+)/(.*)$ /$2; }
  }
}
`;
