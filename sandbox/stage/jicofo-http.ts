import type { IncomingMessage, ServerResponse } from "node:http";
import type { Jicofo } from "./jicofo";
import type { Ledger } from "./ledger";

/** A call to Jicofo's REST side. @param who calls */
export function answerAtJicofo(
  jicofo: Jicofo,
  who: string,
  ledger: Ledger,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  ledger.called(who);
  request.resume();
  const url = new URL(request.url!, "http://jicofo");
  const json = (status: number, body: object): void =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  switch (`${request.method} ${url.pathname}`) {
    case "GET /debug":
      return json(200, jicofo.debug());
    case "GET /move-endpoints/move-fraction": {
      const bridge = url.searchParams.get("bridge") ?? "";
      const fraction = Number(url.searchParams.get("fraction") ?? "0.1");
      const moved = jicofo.moveFraction(bridge, fraction, { who, what: "move-fraction" });
      if (!moved) return json(404, { error: `Bridge not found: ${bridge}` });
      const target = bridge.replace(/^.*\//, "").replace(/-\d+$/, "");
      ledger.act({ who, target, what: "move-fraction", people: moved.movedEndpoints });
      return json(200, moved);
    }
    default:
      ledger.unknownCalls.push(`${request.method} ${url.pathname}`);
      return void response.writeHead(404).end();
  }
}
