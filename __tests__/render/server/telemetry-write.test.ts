import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { renderServerFiles } from "../../../render/server/server-files";
import { aServerInput } from "../../builders/machine-input";
import { aPoint } from "../../builders/points";
import { RealInfluxDb, describeWithInfluxDb } from "../../builders/real-influxdb";
import { type Asked, describeWithNginx, RealNginx } from "../../builders/real-nginx";

const WRITE = "/telemetry/write?db=jitsi&precision=s";
const basic = (user: string, password = "secret") => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});
const files = renderServerFiles(aServerInput());

/** Answers 204 and remembers what it was asked. */
class PretendedInfluxDb {
  readonly asked: { url: string; method: string; authorization: string | undefined; bytes: number }[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request: IncomingMessage, response) => {
      let bytes = 0;
      request.on("data", (data: Buffer) => (bytes += data.length));
      request.on("end", () => {
        const { url, method, headers } = request;
        this.asked.push({ url: url!, method: method!, authorization: headers.authorization, bytes });
        response.writeHead(204).end();
      });
    });
  }

  start = (): Promise<string> =>
    new Promise((resolve) =>
      this.server.listen(0, "127.0.0.1", () =>
        resolve(`127.0.0.1:${(this.server.address() as AddressInfo).port}`),
      ),
    );

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describeWithNginx("/telemetry/write", () => {
  let [influxdb, nginx]: [PretendedInfluxDb?, RealNginx?] = [];
  beforeEach(async () => {
    influxdb = new PretendedInfluxDb();
    nginx = await RealNginx.start(files, await influxdb.start());
  });
  afterEach(async () => {
    await nginx?.stop();
    await influxdb?.stop();
  });
  const post = async (path: string, asked: Asked = {}) =>
    (await nginx!.get(path, { method: "POST", body: "jvb x=1", headers: basic("acme.eu-burst"), ...asked }))
      .status;

  it("hands a pool's points on, with its login", async () => {
    expect(await post(WRITE)).toBe(204);
    expect(await post(WRITE, { headers: basic("acme.eu-burst.even") })).toBe(204);
    expect(influxdb!.asked).toEqual(
      ["acme.eu-burst", "acme.eu-burst.even"].map((user) => ({
        url: "/write?db=jitsi&precision=s",
        method: "POST",
        authorization: basic(user).Authorization,
        bytes: 7,
      })),
    );
  });

  it("takes a full batch, also in pieces of unknown length, and no more than 4 MB", async () => {
    expect(await post(WRITE, { body: Buffer.alloc(3_900_000) })).toBe(204);
    const headers = { ...basic("acme.eu-burst"), "Transfer-Encoding": "chunked" };
    expect(await post(WRITE, { headers, body: Buffer.alloc(3_900_000) })).toBe(204);
    expect(influxdb!.asked.map(({ bytes }) => bytes)).toEqual([3_900_000, 3_900_000]);
    expect(await post(WRITE, { headers: { ...basic("acme.eu-burst"), "Content-Length": "4200000" } })).toBe(
      413,
    );
  });

  it.each([
    ["nobody", {}],
    ["the reader", basic("grafana")],
    ["the server's own Telegraf, which is on the machine", basic("server")],
    ["a token, such as the operator's", { Authorization: "Token secret" }],
    ["an account in a token's clothes", { Authorization: "Token acme.eu-burst:secret" }],
  ])("turns %s away", async (_, headers) => {
    expect(await post(WRITE, { headers })).toBe(400);
    expect(influxdb!.asked).toEqual([]);
  });

  it("takes no password in the URL, where logs would have it, and no other method than POST", async () => {
    expect(await post(`${WRITE}&u=acme.eu-burst&p=secret`)).toBe(400);
    for (const method of ["GET", "PUT", "DELETE"]) expect(await post(WRITE, { method })).toBe(405);
    expect(influxdb!.asked).toEqual([]);
  });

  it("is all there is of InfluxDB", async () => {
    for (const path of [
      "/telemetry",
      "/telemetry/",
      "/telemetry/query?q=SHOW+DATABASES",
      "/telemetry/write/",
      "/telemetry/write/../query",
      "/telemetry/api/v2/write",
      "/write?db=jitsi",
      "/query",
      "/api/v2/buckets",
      "/health",
    ]) {
      await post(path);
      await post(path, { method: "GET" });
    }
    expect(influxdb!.asked).toEqual([]);
  });

  it("answers 502 while InfluxDB is away, and everything else goes on", async () => {
    await influxdb!.stop();
    expect(await post(WRITE)).toBe(502);
    expect((await nginx!.get("/http-bind")).text).toBe("Prosody");
  });
});

describeWithNginx("/telemetry/write to a real InfluxDB", () => {
  describeWithInfluxDb("with accounts", () => {
    it("lets a pool write with its own password, and read nothing back", async () => {
      const database = await RealInfluxDb.start([{ name: "acme.eu-burst", password: "right", may: "WRITE" }]);
      const nginx = await RealNginx.start(files, new URL(database.url).host);
      try {
        const body = aPoint("jvb", { instance: "a" }, { local_endpoints: 3 }, 1_700_000_000);
        const write = (password: string) =>
          nginx.get(WRITE, { method: "POST", body, headers: basic("acme.eu-burst", password) });
        // In HTML: what InfluxDB says itself, in JSON, would make Telegraf throw its points away.
        const refused = await write("wrong");
        expect({ status: refused.status, type: refused.headers["content-type"] }).toEqual({
          status: 503,
          type: "text/html",
        });
        expect((await write("right")).status).toBe(204);
        const [series] = await database.query('SELECT "local_endpoints" FROM "jvb"');
        expect(series!.values).toEqual([[1_700_000_000, 3]]);
      } finally {
        await nginx.stop();
        await database.stop();
      }
    }, 30_000);
  });
});
