import { KEEPER_PREFIX } from "../../model/names";
import { textOf } from "../machines/bridge-rest";
import { Bucket } from "./api/bucket";
import { computeMethods } from "./api/compute-methods";
import { ComputeObjects } from "./api/compute-objects";
import { GoogleApi } from "./api/google-api";
import { PlantedErrors } from "./api/planted-errors";
import { storageMethods } from "./api/storage-methods";
import { Autoscaler } from "./autoscaler";
import { Callers } from "./callers";
import { Door, GOOGLE_ADDRESS, INFLUXDB_ADDRESS, JICOFO_ADDRESS, machineAddress } from "./door";
import { InstanceGroup } from "./instance-group";
import { Jicofo } from "./jicofo";
import { answerAtJicofo } from "./jicofo-http";
import { Ledger } from "./ledger";
import { answerAtMachine } from "./machine-http";
import { SeededRandom } from "./seeded-random";
import { StageClock } from "./stage-clock";
import type { KeeperFile } from "../../model/keeper-file";
import type { Demand } from "./demand";
import type { Machine } from "./machine";
import type { PoolObjects } from "./pool-objects";

export interface StageOptions {
  readonly pool: PoolObjects;
  /** Name of the bucket that the keeper's objects are in. */
  readonly bucket: string;
  /** People in calls. */
  readonly demand: Demand;
  /** Seconds on the stage in one real second. */
  readonly speed: number;
  /** @default 1 */
  readonly seed?: number;
  /** From a machine's creation until its bridge answers, give or take a tenth. @default 150 */
  readonly bootSeconds?: number;
  /** What one participant adds to the stress of a bridge. @default 0.01: fifty are stress 0.5 */
  readonly participantStress?: number;
  /** Most elements that Google answers with at once, where answers come in pages. @default 500 */
  readonly pageSize?: number;
}

/** Where one keeper finds everything. */
export type Endpoints = Required<Pick<KeeperFile, "jicofo" | "endpoints" | "bridgePort">> & {
  readonly influxdb: string;
};

/**
 * One pool of bridges with all that a keeper of it calls, in this process and on loopback addresses: Compute Engine and
 * Cloud Storage, bridges, Jicofo, InfluxDB, and people who call. Time goes faster than real time.
 */
export class Stage {
  readonly clock: StageClock;
  readonly ledger: Ledger;
  readonly jicofo: Jicofo;
  readonly group: InstanceGroup;
  readonly autoscaler: Autoscaler;
  readonly callers: Callers;
  readonly bucket: Bucket;
  readonly errors: PlantedErrors;
  readonly google: GoogleApi;
  /** Lines that were written to InfluxDB. */
  readonly points: string[] = [];
  /** False: nobody answers at Jicofo's address. */
  jicofoAnswers = true;
  private readonly doors = new Map<string, Door>();

  constructor(options: StageOptions) {
    const { pool, speed, seed = 1, bootSeconds = 150, participantStress = 0.01, pageSize = 500 } = options;
    const clock = (this.clock = new StageClock(speed));
    const ledger = (this.ledger = new Ledger(clock));
    this.jicofo = new Jicofo(clock, ledger);
    let addresses = 0;
    this.group = new InstanceGroup({
      pool,
      random: new SeededRandom(seed),
      nextAddress: () => machineAddress(addresses++),
      bootSeconds,
      jvb: { region: `gcp-${pool.region}`, participantStress },
      clock,
      ledger,
      onStart: (machine, jvb) => {
        for (const door of this.doors.values()) void this.show(machine, door);
        this.jicofo.welcome(jvb);
      },
      onEnd: (machine, jvb, ending) => {
        for (const door of this.doors.values()) door.refuseAt(machine.options.address);
        this.jicofo.miss(jvb, ending);
      },
    });
    this.autoscaler = new Autoscaler(pool.autoscaler, this.group, clock);
    this.callers = new Callers(this.jicofo, clock, new SeededRandom(seed + 1), options.demand);
    this.bucket = new Bucket(options.bucket);
    this.errors = new PlantedErrors(new SeededRandom(seed + 2));
    const objects = new ComputeObjects(pool, clock);
    this.google = new GoogleApi({
      methods: [
        ...computeMethods({
          pool,
          group: this.group,
          autoscaler: this.autoscaler,
          objects,
          ledger,
          pageSize,
        }),
        ...storageMethods(
          new Map([[this.bucket.name, this.bucket]]),
          `${KEEPER_PREFIX}${pool.group.name}/`,
          ledger,
        ),
      ],
      permissions: new Set(pool.permissions),
      errors: this.errors,
      clock,
      ledger,
    });
  }

  /** The way of one more keeper to everything. @param who its name in the ledger */
  async open(who: string): Promise<Endpoints> {
    const { ledger } = this;
    const door = await Door.open(who, (request, response) => void this.google.answer(who, request, response));
    this.doors.set(who, door);
    await door.answerAt(JICOFO_ADDRESS, (request, response) =>
      this.jicofoAnswers
        ? answerAtJicofo(this.jicofo, who, ledger, request, response)
        : void request.socket.destroy(),
    );
    await door.answerAt(INFLUXDB_ADDRESS, (request, response) => {
      void textOf(request).then((lines) => {
        this.points.push(...lines.split("\n").filter((line) => line !== ""));
        response.writeHead(204).end();
      });
    });
    for (const machine of this.group.machines.values()) if (machine.isHealthy) await this.show(machine, door);
    const google = door.url(GOOGLE_ADDRESS);
    return {
      jicofo: door.url(JICOFO_ADDRESS),
      influxdb: door.url(INFLUXDB_ADDRESS),
      endpoints: { compute: google, storage: google, metadata: google },
      bridgePort: door.port,
    };
  }

  /**
   * Looks again and again at what is deployed, and plays what has changed in it: the template and the autoscaler's policy.
   * What the keeper has changed itself stays until then.
   */
  follow(milliseconds: number, read: () => PoolObjects | undefined): void {
    let known = JSON.stringify(read());
    this.clock.every((milliseconds / 1000) * this.clock.speed, () => {
      const pool = read();
      if (!pool || JSON.stringify(pool) === known) return;
      const before = JSON.parse(known) as PoolObjects;
      known = JSON.stringify(pool);
      if (pool.template.name !== before.template.name) this.group.setTemplate(pool.template);
      if (JSON.stringify(pool.autoscaler) !== JSON.stringify(before.autoscaler))
        this.autoscaler.policy = pool.autoscaler.policy;
    });
  }

  /** Machines that are there, and do not go. */
  get machines(): Machine[] {
    return [...this.group.machines.values()].filter(({ isStopping }) => !isStopping);
  }

  /** Bridges that run, whatever they are told. */
  get bridges(): Machine[] {
    return this.machines.filter(({ isHealthy }) => isHealthy);
  }

  /** Ends everything at once; nobody counts as cut by that. */
  close(): void {
    this.clock.close();
    for (const door of this.doors.values()) door.close();
  }

  private show = (machine: Machine, door: Door): Promise<void> =>
    door.answerAt(
      machine.options.address,
      (request, response) => void answerAtMachine(machine, door.name, this.ledger, request, response),
    );
}
