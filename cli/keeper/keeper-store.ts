import { ObjectStore, type SendToStorage, type StoredObject } from "../../keeper/clients/object-store";
import { expectSuccess, RequestProblem, send } from "../../keeper/clients/request";
import { withRetries } from "../../keeper/clients/with-retries";
import { NO_ORDERS, type OrdersFile, parseOrders } from "../../keeper/orders";
import { ORDERS_OBJECT, STATE_OBJECT } from "../../keeper/pool-store";
import { type KeeperState, parseState } from "../../keeper/state";
import type { AccessToken } from "../google/access-token";
import { CredentialsProblem } from "../google/credentials-problem";
import type { KeptPool } from "./find-kept-pool";

const ENDPOINT = "https://storage.googleapis.com";
const REQUEST_SECONDS = 10;
const PATIENCE_SECONDS = 30;
/** Tries to write orders that somebody else, or the same person elsewhere, writes at the same moment. */
const TRIES = 5;

/** What was read of a keeper: its state, and how long ago it was written. */
export interface ReadState {
  /** Undefined when the keeper has never written one, or it is refused. */
  readonly state: KeeperState | undefined;
  /** Cloud Storage refuses to read it; to whoever may not list objects, it says the same of one that is not there. */
  readonly isRefused: boolean;
  readonly ageSeconds: number;
}

/** The store cannot be used, or holds what it should not; the message is one line with the way out. */
export class KeeperStoreProblem extends Error {}

/** Reads what a keeper says, and changes what it is ordered, as whoever runs the command. */
export class KeeperStore {
  private readonly objects: ObjectStore;

  /** @param environment CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE names another endpoint, as it does for gcloud */
  constructor(
    private readonly kept: KeptPool,
    private readonly token: AccessToken,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    const endpoint = environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"] || ENDPOINT;
    this.objects = new ObjectStore(endpoint.replace(/(?:\/storage\/v1)?\/*$/, ""), kept.bucket);
  }

  /** @throws KeeperStoreProblem, CredentialsProblem */
  async readState(): Promise<ReadState> {
    const { text, ageSeconds, isRefused } = await this.read(STATE_OBJECT);
    if (text === undefined) return { state: undefined, isRefused, ageSeconds: 0 };
    const state = parseState(text);
    if (typeof state === "string")
      throw new KeeperStoreProblem(
        `${this.link(STATE_OBJECT)} is damaged: ${state}. The keeper begins a new one within some minutes; it stands ` +
          `still if this stays`,
      );
    return {
      state,
      isRefused,
      ageSeconds: ageSeconds ?? Math.max(0, (Date.now() - Date.parse(state.at)) / 1000),
    };
  }

  /** @throws KeeperStoreProblem, CredentialsProblem */
  async readOrders(): Promise<OrdersFile> {
    return this.ordersIn(await this.read(ORDERS_OBJECT));
  }

  /**
   * Writes what `change` makes of the orders that there are; again, when somebody else wrote meanwhile.
   * @throws KeeperStoreProblem, CredentialsProblem, and whatever `change` throws
   */
  async changeOrders(change: (orders: OrdersFile) => OrdersFile): Promise<OrdersFile> {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await this.read(ORDERS_OBJECT);
      const orders = change(this.ordersIn(before));
      const text = `${JSON.stringify(orders, null, 2)}\n`;
      const name = this.kept.prefix + ORDERS_OBJECT;
      if ((await this.objects.write(name, text, before.generation, this.sender)) !== undefined) return orders;
      if (before.isRefused) throw this.refusal();
    }
    throw new KeeperStoreProblem(
      `somebody else wrote ${this.link(ORDERS_OBJECT)} ${TRIES} times meanwhile; nothing was ordered, try again`,
    );
  }

  private read(name: string): Promise<StoredObject> {
    return this.objects.read(this.kept.prefix + name, this.sender);
  }

  private ordersIn({ text }: StoredObject): OrdersFile {
    if (text === undefined) return NO_ORDERS;
    const orders = parseOrders(text);
    if (typeof orders === "string")
      throw new KeeperStoreProblem(
        `${this.link(ORDERS_OBJECT)} is damaged: ${orders}. The keeper does nothing until it is right; remove it ` +
          `(gcloud storage rm ${this.link(ORDERS_OBJECT)}) and order anew`,
      );
    return orders;
  }

  private readonly sender: SendToStorage = async (call, accepted) => {
    const { token, quotaProject } = this.token;
    const headers = {
      ...call.headers,
      Authorization: `Bearer ${token}`,
      ...(quotaProject !== undefined && { "X-Goog-User-Project": quotaProject }),
    };
    const monotonic = () => performance.now() / 1000;
    const patience = {
      deadline: monotonic() + PATIENCE_SECONDS,
      requestSeconds: REQUEST_SECONDS,
      monotonic,
      stopping: new AbortController().signal,
    };
    try {
      return await withRetries(patience, async (timeoutSeconds) => {
        const request = { ...call, headers, timeoutSeconds };
        const answer = await send(request);
        return accepted.includes(answer.status) ? answer : expectSuccess(request, answer);
      });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      if (error.status === undefined)
        throw new CredentialsProblem(
          `${new URL(call.url).host} does not answer; look at your network, then try again`,
        );
      if (error.status === 401)
        throw new CredentialsProblem(
          "Google refuses the access token: it has expired, or is none; log in again: gcloud auth " +
            "application-default login (or renew GOOGLE_OAUTH_ACCESS_TOKEN)",
        );
      if (error.status === 403) throw this.refusal();
      throw new KeeperStoreProblem(
        `Cloud Storage answered with HTTP status ${error.status}; try again later`,
      );
    }
  };

  private refusal(): KeeperStoreProblem {
    return new KeeperStoreProblem(`you may not read and write below ${this.link("")}; ${whoMay(this.kept)}`);
  }

  private link(name: string): string {
    return `gs://${this.kept.bucket}/${this.kept.prefix}${name}`;
  }
}

/** Who may talk to the keeper, as a part of a sentence. */
export const whoMay = ({ pool }: Pick<KeptPool, "pool">): string =>
  `those whom operators.iap of account ${pool.account} names may, once the account is deployed`;
