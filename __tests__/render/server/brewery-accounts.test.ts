import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { bridgeLogins } from "../../../model/turns";
import { renderBreweryEnv } from "../../../render/server/prosody-env";
import { serverSecrets } from "../../../render/server/server-secrets";
import { aCustomer } from "../../builders/fleet";
import { aServerInput } from "../../builders/machine-input";
import { hasRealTool } from "../../builders/real-tool";
import { readEnvFile } from "../readers/read-env-file";

jest.setTimeout(60_000);

const hasPrograms = ["prosodyctl", "openssl"].every((name) =>
  hasRealTool(name, "nobody logged in to a real brewery", ["which", name]),
);

const HOST = "abc.meet.acme.example";

/** Secret Manager in small: secret -> newest value. */
type Stored = Readonly<Record<string, string>>;

/** A real Prosody with the accounts that the image makes of its environment, at each start anew. */
class Brewery {
  private constructor(
    private readonly process: ChildProcess,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(secretsVersion: number, stored: Stored): Promise<Brewery> {
    const folder = mkdtempSync(join(tmpdir(), "brewery-"));
    for (const name of ["data", "certs"]) mkdirSync(join(folder, name));
    const [key, certificate] = [join(folder, "certs/key.pem"), join(folder, "certs/cert.pem")];
    const subject = ["-subj", `/CN=${HOST}`, "-days", "1", "-keyout", key, "-out", certificate];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", ...subject],
      {
        stdio: "ignore",
      },
    );
    const port = await freePort();
    const config = join(folder, "prosody.cfg.lua");
    writeFileSync(
      config,
      `pidfile = "${folder}/prosody.pid"; data_path = "${folder}/data"; certificates = "${folder}/certs"
run_as_root = true; log = { error = "${folder}/log" }
modules_enabled = { "roster", "saslauth", "tls", "disco" }; modules_disabled = { "s2s", "offline", "register" }
c2s_ports = { ${port} }; c2s_interfaces = { "127.0.0.1" }; c2s_require_encryption = true
VirtualHost "${HOST}"
  authentication = "internal_hashed"
  ssl = { key = "${key}"; certificate = "${certificate}" }
`,
    );

    const customer = aCustomer({ secretsVersion });
    const environment = readEnvFile(renderBreweryEnv(customer));
    const secrets = serverSecrets(aServerInput({ customer, pools: [] })).services["prosody-brewery"]!;
    // What the image's start script does with these variables.
    for (const [user, password] of [
      ["focus", "JICOFO_AUTH_PASSWORD"],
      [environment.get("JVB_AUTH_USER")!, "JVB_AUTH_PASSWORD"],
      [environment.get("JIGASI_XMPP_USER")!, "JIGASI_XMPP_PASSWORD"],
    ] as const) {
      const value = stored[secrets[password]!.split("/").at(-1)!]!;
      execFileSync("prosodyctl", ["--root", "--config", config, "register", user, HOST, value], {
        stdio: "ignore",
      });
    }
    const child = spawn("prosody", ["--root", "--config", config, "-F"], { stdio: "ignore" });
    return new Brewery(child, port, folder);
  }

  /** Logs in as a bridge does: STARTTLS, then a password. */
  async admits(user: string, password: string): Promise<boolean> {
    const plain = await this.dial();
    const open = `<stream:stream to='${HOST}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
    await ask(plain, open, "</stream:features>");
    await ask(plain, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "<proceed");
    const secure = connectTls({ socket: plain, servername: HOST, rejectUnauthorized: false });
    await once(secure, "secureConnect");
    await ask(secure, open, "</stream:features>");
    const credentials = Buffer.from(`\0${user}\0${password}`).toString("base64");
    const sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
    const answer = await ask(secure, `<auth ${sasl} mechanism='PLAIN'>${credentials}</auth>`, sasl);
    secure.destroy();
    return answer.startsWith("<success");
  }

  async stop(): Promise<void> {
    this.process.kill();
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
    rmSync(this.folder, { recursive: true });
  }

  private async dial(): Promise<Socket> {
    for (let tries = 0; ; tries++) {
      const socket = connect(this.port, "127.0.0.1");
      try {
        await once(socket, "connect");
        return socket;
      } catch (error) {
        if (tries > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

/** Sends a text and resolves to what comes back, up to a text that it holds. */
const ask = (socket: Socket, text: string, until: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = "";
    const hear = (data: Buffer): void => {
      heard += data.toString();
      if (!heard.includes(until)) return;
      socket.off("data", hear);
      resolve(heard);
    };
    socket.on("data", hear);
    socket.once("error", reject);
    socket.write(text);
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** What Secret Manager has after a first deploy and so many rotations; each draw is named after its version. */
const storedAt = (version: number): Stored => {
  const stored: Record<string, string> = { "abc-jvb-auth-password-even": "evenV1" };
  for (let each = 1; each <= version; each++) {
    stored["abc-jicofo-auth-password"] = `jicofoV${each}`;
    stored[`abc-${bridgeLogins({ secretsVersion: each })[0].secret}`] = `bridgeV${each}`;
  }
  return stored;
};

(hasPrograms ? describe : describe.skip)("the accounts of a real brewery", () => {
  it("let bridges of this version and of the one before log in side by side, and no older ones", async () => {
    const bridges = [1, 2, 3].map((version) => ({
      user: bridgeLogins({ secretsVersion: version })[0].user,
      password: `bridgeV${version}`,
    }));
    const admitted: Record<number, boolean[]> = {};
    for (const version of [1, 2, 3]) {
      const brewery = await Brewery.start(version, storedAt(version));
      try {
        expect(await brewery.admits("focus", `jicofoV${version}`)).toBe(true);
        admitted[version] = [];
        for (const { user, password } of bridges)
          admitted[version].push(await brewery.admits(user, password));
      } finally {
        await brewery.stop();
      }
    }
    expect(admitted).toEqual({
      1: [true, false, false],
      2: [true, true, false],
      3: [false, true, true],
    });
  });
});
