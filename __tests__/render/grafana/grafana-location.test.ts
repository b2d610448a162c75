import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { renderServerFiles } from "../../../render/server/server-files";
import { aCustomer } from "../../builders/fleet";
import { freePort } from "../../builders/free-port";
import { aServerInput } from "../../builders/machine-input";
import { describeWithNginx, RealNginx } from "../../builders/real-nginx";

const PATH = "/etc/fleet/web/nginx-custom/grafana.conf";

/** Answers with what it was asked, as nginx passed it on. */
const pretendedGrafana = async (port = 0): Promise<Server> => {
  const server = createServer((request, response) => {
    response.setHeader("Content-Type", "application/javascript");
    response.end(`${request.url} ${JSON.stringify(request.headers)} <!--# echo var="host" -->`);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
};
const stop = (server: Server): Promise<void> => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
};
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A real nginx with the files of a customer; Grafana is on a port of this machine. */
const serve = (port: number): Promise<RealNginx> => {
  const customer = aCustomer({ participantRegion: { networks: { "10.0.0.0/8": "gcp-europe-west4" } } });
  const files = new Map(renderServerFiles(aServerInput({ customer })));
  const location = files.get(PATH)!;
  expect(location).toContain("http://172.30.0.7:3000;"); // the container's address, or the next line does nothing
  return RealNginx.start(files.set(PATH, location.replace("172.30.0.7:3000", `127.0.0.1:${port}`)));
};

describeWithNginx("/grafana/", () => {
  it("reaches Grafana with the path as it is, at any depth, and nothing of the page's rules", async () => {
    const grafana = await pretendedGrafana();
    const nginx = await serve(portOf(grafana));
    try {
      for (const path of [
        "/grafana/",
        "/grafana/d/fleet-customer?from=now-6h",
        "/grafana/http-bind/config.js",
      ]) {
        const { status, text } = await nginx.get(path);
        expect([status, text.split(" ")[0]]).toEqual([200, path]);
        expect(text).toContain('<!--# echo var="host" -->'); // Grafana's own texts are no templates
      }
      expect((await nginx.get("/grafana-review")).text).toContain("<script>");
    } finally {
      await nginx.stop();
      await stop(grafana);
    }
  });

  it("passes a WebSocket on, and says who asks", async () => {
    const grafana = await pretendedGrafana();
    const nginx = await serve(portOf(grafana));
    try {
      const headers = { Connection: "Upgrade", Upgrade: "websocket", Host: "abc.meet.acme.example" };
      const live = await nginx.get("/grafana/api/live/ws", { headers, from: "127.0.0.9" });
      expect(JSON.parse(live.text.split(" ")[1]!)).toMatchObject({
        connection: "upgrade",
        upgrade: "websocket",
        host: "abc.meet.acme.example",
        "x-forwarded-for": "127.0.0.9",
        "x-forwarded-proto": "https",
      });
      expect((await nginx.get("/grafana/")).text).not.toContain("upgrade");
    } finally {
      await nginx.stop();
      await stop(grafana);
    }
  });

  it("is a page's name without the slash: it leads there", async () => {
    const nginx = await serve(await freePort());
    try {
      const { status, headers } = await nginx.get("/grafana");
      expect([status, headers.location]).toEqual([302, "https://abc.meet.acme.example/grafana/"]);
    } finally {
      await nginx.stop();
    }
  });

  it("keeps nobody from a call while Grafana is away, and is there again with it", async () => {
    const port = await freePort();
    const nginx = await serve(port);
    try {
      expect((await nginx.get("/grafana/")).status).toBe(502);
      expect((await nginx.get("/room")).status).toBe(200);
      const grafana = await pretendedGrafana(port);
      expect((await nginx.get("/grafana/")).status).toBe(200);
      await stop(grafana);
    } finally {
      await nginx.stop();
    }
  });
});
