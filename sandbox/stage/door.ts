import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Addresses on the stage, all of them this computer's. Linux answers on every one; other systems must be told to. */
export const GOOGLE_ADDRESS = "127.20.0.1";
export const JICOFO_ADDRESS = "127.20.0.2";
export const INFLUXDB_ADDRESS = "127.20.0.3";

/** Addresses of machines, one after the other. */
export const machineAddress = (index: number): string =>
  `127.21.${Math.floor(index / 254) % 256}.${(index % 254) + 1}`;

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The way of one keeper to everything on the stage: a port, the same at every address. Whoever calls there is this
 * keeper, whatever it says of itself.
 */
export class Door {
  private readonly servers = new Map<string, Server>();
  private isClosed = false;

  private constructor(
    readonly name: string,
    readonly port: number,
  ) {}

  /** @param google answers in the place of Google's APIs */
  static async open(name: string, google: Handler): Promise<Door> {
    const server = await listen(GOOGLE_ADDRESS, 0, google);
    // Every stage holds this address on its port, so no two have the same port.
    const door = new Door(name, (server.address() as AddressInfo).port);
    door.servers.set(GOOGLE_ADDRESS, server);
    return door;
  }

  url = (address: string): string => `http://${address}:${this.port}`;

  async answerAt(address: string, handler: Handler): Promise<void> {
    this.servers.set(address, await listen(address, this.port, handler));
    if (this.isClosed) this.refuseAt(address);
  }

  /** Connections to this address are refused from now on. */
  refuseAt(address: string): void {
    const server = this.servers.get(address);
    this.servers.delete(address);
    server?.close();
    server?.closeAllConnections();
  }

  close(): void {
    this.isClosed = true;
    for (const address of [...this.servers.keys()]) this.refuseAt(address);
  }
}

function listen(address: string, port: number, handler: Handler): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => resolve(server));
  });
}
