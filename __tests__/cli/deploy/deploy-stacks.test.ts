import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { LIMIT } from "../../../cli/deploy/deploy-flags";
import { type DeployOptions, DeployRun } from "../../../cli/deploy/deploy-stacks";
import { type Rollout, RolloutFile } from "../../../cli/deploy/rollout-file";
import { Session, Stopped } from "../../../cli/deploy/session";
import type { Terminal } from "../../../cli/terminal";
import { fleetStacks } from "../../../rollout/fleet-stacks";
import { planWaves } from "../../../rollout/plan-waves";
import { aCustomer, aFleet, aGcpPool } from "../../builders/fleet";
import { PretendedDeployer } from "../../builders/pretended-deployer";

const CUSTOMERS = ["abc", "acme", "globex", "xyz"];
const TEN_MINUTES = 600;

const root = mkdtempSync(join(tmpdir(), "deploy-stacks-"));
const file = new RolloutFile(join(root, ".fleet/rollout.json"), { accounts: "accounts", rehearse: false });
const open: Session[] = [];
afterEach(async () => {
  jest.useRealTimers();
  for (const session of open.splice(0)) await session.close();
  file.remove();
});
afterAll(() => rmSync(root, { recursive: true }));

interface Wanted {
  readonly customers?: readonly string[];
  readonly canary?: string;
  readonly soakSeconds?: number;
  readonly showPlans?: boolean;
  readonly earlier?: Rollout;
  /** Answers of a person. @default nobody is asked */
  readonly answers?: string;
}

/** A deploy of an account whose customers have a pool each, one customer a wave. */
function started(deployer: PretendedDeployer, wanted: Wanted = {}) {
  const { customers = CUSTOMERS, canary, soakSeconds = 0, showPlans = false, earlier, answers } = wanted;
  const stacks = fleetStacks(
    aFleet({
      customers: customers.map((id) => aCustomer({ id })),
      pools: customers.map((id) => aGcpPool({ id, serves: [id] })),
    }),
  );
  const said: string[] = [];
  const terminal: Terminal = {
    out: (text) => said.push(text),
    err: (text) => said.push(text),
    ...(answers !== undefined && { input: Readable.from(answers) }),
  };
  const session = new Session(terminal, {
    accounts: join(root, "accounts"),
    rehearse: false,
    parallelism: 4,
    json: false,
    verbose: false,
    yes: answers === undefined,
    open: () => Promise.resolve(deployer),
  });
  open.push(session);
  const options: DeployOptions = {
    request: { names: [], accounts: [], all: true, waveSize: 1, soakSeconds, limit: LIMIT },
    ...(earlier && { earlier }),
    waves: planWaves([...stacks.values()], {
      size: 1,
      ...(canary !== undefined && { canary: `customer-${canary}` }),
    }),
    stacks,
    secrets: new Map(),
    showPlans,
    allowDestroys: false,
  };
  const run = new DeployRun(session, options);
  return { run, ended: run.run(), session, text: () => said.join("") };
}

const ofWaves = (...customers: readonly string[]): string[] => [
  "account-acme",
  ...customers.flatMap((id) => [`customer-${id}`, `bridges-acme-${id}`]),
];

describe("a soak between waves", () => {
  const soaking = (deployer: PretendedDeployer) => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    return started(deployer, { soakSeconds: TEN_MINUTES });
  };

  it("begins nothing before its time is over", async () => {
    const deployer = new PretendedDeployer();
    const { ended, text } = soaking(deployer);
    await jest.advanceTimersByTimeAsync(0);
    expect(deployer.deployed).toEqual(["account-acme"]);
    expect(text()).toContain("Waiting 10 min before the next wave; Ctrl-C stops here.\n");
    await jest.advanceTimersByTimeAsync(TEN_MINUTES * 1000 - 1);
    expect(deployer.deployed).toEqual(["account-acme"]);
    await jest.advanceTimersByTimeAsync(1);
    expect(deployer.deployed).toEqual(ofWaves("abc"));
    await jest.advanceTimersByTimeAsync(3 * TEN_MINUTES * 1000);
    expect(await ended).toEqual({ outcome: "deployed" });
    expect(deployer.deployed).toEqual(ofWaves(...CUSTOMERS));
    expect(jest.getTimerCount()).toBe(0);
  });

  it("ends at Ctrl-C, and a resume goes on with the rest", async () => {
    const deployer = new PretendedDeployer();
    const { run, ended, session } = soaking(deployer);
    const stopped = expect(ended).rejects.toThrow(Stopped);
    await jest.advanceTimersByTimeAsync(TEN_MINUTES * 1000);
    process.emit("SIGINT");
    await jest.advanceTimersByTimeAsync(0);
    await stopped;
    expect(deployer.deployed).toEqual(ofWaves("abc"));
    expect(run.result.filter(({ status }) => status === "waiting")).toHaveLength(6);
    expect(jest.getTimerCount()).toBe(0);

    await session.close();
    open.splice(0);
    const rest = new PretendedDeployer();
    const earlier = file.read()!;
    expect(await started(rest, { earlier }).ended).toEqual({ outcome: "deployed" });
    expect(rest.deployed).toEqual(ofWaves("acme", "globex", "xyz").slice(1));
    expect(rest.did.filter((each) => each.startsWith("plan "))).toHaveLength(6);
    expect(file.exists).toBe(false);
  });
});

describe("a no after the canary", () => {
  it("begins nothing else, and a resume goes on with the rest", async () => {
    const deployer = new PretendedDeployer();
    const { ended, text, session } = started(deployer, { canary: "globex", answers: "yes\nno\n" });
    expect(await ended).toEqual({
      outcome: "stopped",
      reason: "Stopped after the canary: 6 stacks of this rollout wait.",
    });
    expect(deployer.deployed).toEqual(ofWaves("globex"));
    expect(text()).toContain("The canary is deployed. Go on with the other 3 waves? (yes/no)");

    await session.close();
    open.splice(0);
    const rest = new PretendedDeployer();
    const resumed = started(rest, { canary: "globex", earlier: file.read()!, answers: "yes\n" });
    expect(await resumed.ended).toEqual({ outcome: "deployed" });
    expect(resumed.text()).toContain("3 stacks of this rollout are done already.\n");
    expect(rest.deployed).toEqual(ofWaves("abc", "acme", "xyz").slice(1));
  });
});

describe("what a deploy shows and counts", () => {
  it("prints the plan of each stack that changes with --plans, and of none without", async () => {
    const deployer = new PretendedDeployer((stack) =>
      stack === "account-acme" ? [] : [{ address: "google_compute_address.address", action: "create" }],
    );
    const { ended, text } = started(deployer, { customers: ["abc"], showPlans: true });
    expect(await ended).toEqual({ outcome: "deployed" });
    expect(text().match(/Terraform will do something to \S+/g)).toEqual([
      "Terraform will do something to customer-abc.",
      "Terraform will do something to bridges-acme-abc.",
    ]);
    await open.splice(0)[0]!.close();
    const quiet = started(deployer, { customers: ["abc"] });
    await quiet.ended;
    expect(quiet.text()).not.toContain("Terraform will do something");
  });

  it("refuses one stack more than the limit before anything is deployed", async () => {
    const deployer = new PretendedDeployer();
    const { ended } = started(deployer, { customers: [...CUSTOMERS, "beta"] });
    await expect(ended).rejects.toThrow(
      "11 stacks would change, and the limit is 10. Nothing was deployed. If all of them are meant to change, say so with --limit 11;",
    );
    expect({ deployed: deployer.deployed, file: file.exists }).toEqual({ deployed: [], file: false });
  });
});
