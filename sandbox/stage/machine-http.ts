import { answerBridgeCall } from "../machines/bridge-rest";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Ledger } from "./ledger";
import type { Machine } from "./machine";

/** A call to the HTTP side of a machine's bridge. @param who calls */
export async function answerAtMachine(
  machine: Machine,
  who: string,
  ledger: Ledger,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  ledger.called(who);
  const { jvb, silence, lie } = machine;
  if (silence === "hangs") return;
  if (silence === "refuses" || !jvb || jvb.ended) return void request.socket.destroy();
  const what = `${request.method} ${request.url}`;
  const act = (detail = ""): void =>
    ledger.act({ who, target: machine.name, what: what + detail, people: jvb.people.size });
  const { status, body } = await answerBridgeCall(request, {
    statistics: () => {
      const truth = JSON.stringify(jvb.statistics());
      return lie ? lie(truth) : truth;
    },
    isDrained: () => jvb.drain,
    setDrain: (drain) => {
      act();
      jvb.drain = drain;
    },
    leave: (graceful) => {
      act(graceful ? " graceful" : " forced");
      jvb.leave(graceful, { who, what });
    },
  });
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}
