import type { KeeperFile } from "../../model/keeper-file";
import type { Log } from "../log";
import { lineOf, type Point } from "./points";
import { expectSuccess, RequestProblem, send } from "./request";

const TIMEOUT_SECONDS = 2;
/** Points that wait for an InfluxDB that is away; the oldest are dropped. */
const MOST_WAITING = 2000;

/**
 * Writes points (`/write` of InfluxDB 1.x, which 2.x has, too). Nobody waits for it: while a write is under way, points
 * wait for the next one, and when InfluxDB is away, that is logged once.
 */
export class PointWriter {
  private waiting: string[] = [];
  private writing: Promise<void> | undefined;
  private isAway = false;

  constructor(
    private readonly influxdb: KeeperFile["influxdb"],
    private readonly password: string,
    private readonly log: Log,
  ) {}

  write(points: readonly Point[]): void {
    this.waiting.push(...points.map(lineOf));
    this.waiting.splice(0, this.waiting.length - MOST_WAITING);
    this.writing ??= this.send().finally(() => {
      this.writing = undefined;
    });
  }

  /** Ends when nothing is under way any more. */
  async end(): Promise<void> {
    await this.writing;
    if (this.waiting.length > 0 && !this.isAway) await this.send();
  }

  private async send(): Promise<void> {
    const lines = this.waiting;
    this.waiting = [];
    const { url, database, username } = this.influxdb;
    const request = {
      method: "POST" as const,
      url: `${url}/write?${new URLSearchParams({ db: database, precision: "ms" }).toString()}`,
      headers: {
        Authorization: `Basic ${Buffer.from(`${username}:${this.password}`).toString("base64")}`,
        "Content-Type": "text/plain; charset=utf-8",
      },
      body: lines.join("\n"),
      timeoutSeconds: TIMEOUT_SECONDS,
    };
    try {
      expectSuccess(request, await send(request));
      if (this.isAway) this.log("NOTICE", "influxdb-back");
      this.isAway = false;
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      // Refused points would be refused again.
      if (error.status !== 400) this.waiting.unshift(...lines);
      this.waiting.splice(0, this.waiting.length - MOST_WAITING);
      if (!this.isAway) this.log("WARNING", "influxdb-away", { problem: error.message });
      this.isAway = true;
    }
  }
}
