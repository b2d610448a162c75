import type { Action } from "./decide/action";
import type { Compute } from "./clients/compute";
import { endpointsOn, entriesOf, type Jicofo } from "./clients/jicofo";
import { RequestProblem } from "./clients/request";
import type { Patience } from "./clients/with-retries";
import type { Machine } from "./observe";

export interface Hands {
  readonly compute: Pick<Compute, "deleteInstance" | "setMinimum">;
  readonly jicofo: Pick<Jicofo, "bridges" | "moveAll">;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly patience: Patience;
  /** Whether what a bridge counted then is new enough to count. */
  readonly isFresh: (countedAt: number) => boolean;
  /** Throws a TurnProblem when nothing more may be done. */
  readonly assertTurn: () => void;
}

/** Why an action was not done, where that says something of its bridge alone; the message is one line. */
export class ActProblem extends Error {}

/** Why nothing more may be done in this round; the message is one line. */
export class TurnProblem extends Error {}

/**
 * Does one action. When it throws, nobody knows whether it was done, and the next round looks again.
 *
 * @throws ActProblem when its bridge refused, or Jicofo for that bridge: other bridges may still be seen to
 * @throws TurnProblem, RequestProblem when it was the turn that is over, or Google that refused: nothing more is done
 */
export async function act(action: Action, hands: Hands): Promise<void> {
  const { compute, jicofo, patience, assertTurn } = hands;
  assertTurn();
  switch (action.kind) {
    case "drain":
      return ofBridge(machine(hands, action.bridge).bridge.drain());
    case "undrain":
      return ofBridge(machine(hands, action.bridge).bridge.undrain());
    case "shutdown":
      return ofBridge(machine(hands, action.bridge).bridge.shutdown(action.forced));
    case "move": {
      const entries = entriesOf(await ofBridge(jicofo.bridges()), action.bridge);
      if (entries.length === 0) throw new ActProblem("Jicofo does not know it");
      for (const { jid } of entries) {
        assertTurn();
        await ofBridge(jicofo.moveAll(jid));
      }
      return;
    }
    case "delete": {
      const { link } = machine(hands, action.bridge);
      await assertNobodyIsOn(action.bridge, hands);
      assertTurn();
      return compute.deleteInstance(link, patience);
    }
    case "set-min":
      return compute.setMinimum(action.min, patience);
  }
}

/** The last look before a machine goes: whatever was seen before, it must be true now. */
async function assertNobodyIsOn(id: string, hands: Hands): Promise<void> {
  const [answer, known] = await Promise.all([
    machine(hands, id).bridge.ask(),
    ofBridge(hands.jicofo.bridges()),
  ]);
  const people = endpointsOn(known, id);
  if (people !== 0)
    throw new ActProblem(`Jicofo ${people === undefined ? "does not say who is" : `counts ${people}`} on it`);
  if (answer.kind === "nonsense") throw new ActProblem(`it answers, but not as it should: ${answer.why}`);
  if (answer.kind === "silent") {
    if (answer.isNobody) return;
    throw new ActProblem(`it does not answer, and may be there all the same: ${answer.why}`);
  }
  const { countedAt, localEndpoints, shuttingDown } = answer.word;
  if (!hands.isFresh(countedAt)) throw new ActProblem("its statistics are old");
  if (localEndpoints > 0) throw new ActProblem(`it counts ${localEndpoints} on it`);
  if (!shuttingDown) throw new ActProblem("it is not leaving: its program began anew");
}

function machine({ machines }: Hands, id: string): Machine {
  const found = machines.get(id);
  if (!found) throw new ActProblem(`${id} has no address`);
  return found;
}

/** What fails between the keeper, a bridge and Jicofo says nothing of the other bridges. */
const ofBridge = <T>(promise: Promise<T>): Promise<T> =>
  promise.catch((error: unknown) => {
    throw error instanceof RequestProblem ? new ActProblem(error.message) : error;
  });

export const isExpected = (error: unknown): error is ActProblem | TurnProblem | RequestProblem =>
  error instanceof ActProblem || error instanceof TurnProblem || error instanceof RequestProblem;
