import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "../../model/fleet";
import type { MachineFiles } from "../../render/machine-files";
import { renderServerFiles } from "../../render/server/server-files";
import { hourlyTaskName } from "../../render/telemetry/hourly-task";
import { influxdbSecrets } from "../../render/telemetry/influxdb-setup";
import { aCustomer, aGcpPool, aLinodePool } from "./fleet";
import {
  inventory,
  OPERATOR_TOKEN,
  runSetup,
  type SetupDatabase,
  type SetupEnded,
} from "./influxdb-setup-trial";
import { aServerInput } from "./machine-input";

/** The files of a server with these pools. */
export const setupFiles = (pools: readonly Pool[]): MachineFiles =>
  renderServerFiles(aServerInput({ pools }));

/** A password for each account of the pools: the variable and the word, so that a wrong one shows. */
export const passwordsOf = (pools: readonly Pool[], word: string): Record<string, string> =>
  Object.fromEntries(
    Object.keys(influxdbSecrets("p-12345", aCustomer(), pools)["influxdb-setup"]!)
      .filter((variable) => variable !== "INFLUX_TOKEN")
      .map((variable) => [variable, `${word}${variable.replaceAll("_", "")}`]),
  );

const EU = aGcpPool();
const NL = aLinodePool();
/** What the accounts of the first pool, and of Grafana and the server, may do. */
const WITH_EU = {
  grafana: ["read:jitsi", "read:jitsi_hourly"],
  server: ["write:jitsi"],
  "acme.eu-burst": ["write:jitsi"],
  "acme.eu-burst.even": ["write:jitsi"],
};
const WITH_NL = { ...WITH_EU, "acme.nl-static": ["write:jitsi"], "acme.nl-static.even": ["write:jitsi"] };
export const AS_IT_SHALL_BE = {
  buckets: { jitsi: "720h0m0s", jitsi_hourly: "9528h0m0s" },
  accounts: WITH_EU,
  tasks: [hourlyTaskName()],
};

/** What holds for the stand-in and for a real database alike. Each trial has a database of its own. */
export function trySetup(start: () => Promise<SetupDatabase>): void {
  let database: SetupDatabase;
  beforeEach(async () => {
    database = await start();
  });
  afterEach(() => database.stop());

  /** Runs it, and finds no secret in what it prints. */
  function set(pools: readonly Pool[], word: string): SetupEnded {
    const passwords = passwordsOf(pools, word);
    const ended = runSetup(database, setupFiles(pools), passwords);
    for (const secret of [OPERATOR_TOKEN, ...Object.values(passwords)])
      expect(ended.out + ended.err).not.toContain(secret);
    return ended;
  }
  const lastLine = ({ out }: SetupEnded) => out.trimEnd().split("\n").at(-1);

  it("sets a new database up, and makes its buckets, accounts and the task", async () => {
    const ended = set([EU], "first");
    expect(ended).toMatchObject({ code: 0, err: "" });
    // The raw bucket has its retention from the beginning.
    expect(ended.out).toMatch(/^influxdb-setup: database set up\ninfluxdb-setup: bucket jitsi_hourly made\n/);
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
    for (const [user, variable] of [
      ["grafana", "GRAFANA"],
      ["server", "SERVER"],
      ["acme.eu-burst", "ACMEEUBURST"],
      ["acme.eu-burst.even", "ACMEEUBURSTEVEN"],
    ] as const) {
      expect([user, await database.accepts(user, `firstPASSWORD${variable}`)]).toEqual([user, true]);
      expect([user, await database.accepts(user, `otherPASSWORD${variable}`)]).toEqual([user, false]);
    }
  });

  /** The files with another text in the script. */
  const withScript = (from: string, to: string): MachineFiles =>
    new Map(
      [...setupFiles([EU])].map(([path, text]) => {
        if (!path.endsWith("/setup.sh")) return [path, text];
        expect(text).toContain(from);
        return [path, text.replace(from, () => to)];
      }),
    );

  it("leaves a database new without the token or the password, or with a password that it refuses", () => {
    const passwords = passwordsOf([EU], "first");
    const { OPERATOR_PASSWORD: _, ...lacking } = passwords;
    expect(runSetup(database, setupFiles([EU]), passwords, "")).toEqual({
      code: 1,
      out: "",
      err: "influxdb-setup: INFLUX_TOKEN is not in the environment; nothing is done without it\n",
    });
    for (const without of [lacking, { ...lacking, OPERATOR_PASSWORD: "" }])
      expect(runSetup(database, setupFiles([EU]), without)).toEqual({
        code: 1,
        out: "",
        err: "influxdb-setup: OPERATOR_PASSWORD is not in the environment; the database stays new\n",
      });
    expect(runSetup(database, setupFiles([EU]), { ...lacking, OPERATOR_PASSWORD: "short" })).toEqual({
      code: 1,
      out: "",
      err:
        "curl: (22) The requested URL returned error: 400\n" +
        "influxdb-setup: not set up: passwords must be between 8 and 72 characters long\n",
    });
    // Characters that mean something in JSON.
    expect(
      runSetup(database, setupFiles([EU]), { ...passwords, OPERATOR_PASSWORD: '\\"quoted"%s' }),
    ).toMatchObject({
      code: 0,
      err: "",
    });
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
  });

  it("goes on where it was killed, before and after the set-up", () => {
    const passwords = passwordsOf([EU], "first");
    for (const line of ["\nset_up\n", "\nbuckets=$(", "\nraw=$bucket_id\n"])
      expect(runSetup(database, withScript(line, `\nkill -9 $$${line}`), passwords).code).toBeNull();
    expect(set([EU], "first")).toMatchObject({ code: 0, err: "" });
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
  });

  it("does no harm when another run sets the database up in between", () => {
    const passwords = passwordsOf([EU], "first");
    const other = '  [ -n "${OTHER:-}" ] || OTHER=1 sh "$0"\n';
    const second = withScript("  # The answer has the token", `${other}  # The answer has the token`);
    const ended = runSetup(database, second, passwords);
    expect(ended).toMatchObject({
      code: 1,
      err: expect.stringContaining("not set up: onboarding has already been completed\n") as string,
    });
    expect(ended.out + ended.err).not.toContain(OPERATOR_TOKEN);
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
    expect(set([EU], "first")).toEqual({ code: 0, out: "influxdb-setup: done: 4 accounts\n", err: "" });
  });

  it("goes on with a database that the image set up, if it has the token", () => {
    database.setUpByImage(OPERATOR_TOKEN);
    const { OPERATOR_PASSWORD: _, ...passwords } = passwordsOf([EU], "first");
    expect(runSetup(database, setupFiles([EU]), passwords)).toMatchObject({ code: 0, err: "" });
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
  });

  it("says what to do about a database with another token", () => {
    database.setUpByImage("TokenThatTheDatabaseInvented");
    expect(set([EU], "first")).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(
        /401 Unauthorized: unauthorized access\n(.*\n)*influxdb-setup: .*another token; see docs\/measurements\.md, Store\n$/,
      ) as string,
    });
  });

  it("changes nothing the second time", () => {
    set([EU], "first");
    const again = set([EU], "first");
    expect(again).toEqual({ code: 0, out: "influxdb-setup: done: 4 accounts\n", err: "" });
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
  });

  it("gives accounts their new passwords after a rotation, and makes none anew", async () => {
    set([EU], "first");
    expect(set([EU], "second").out).toBe("influxdb-setup: done: 4 accounts\n");
    expect(await database.accepts("grafana", "secondPASSWORDGRAFANA")).toBe(true);
    expect(await database.accepts("grafana", "firstPASSWORDGRAFANA")).toBe(false);
  });

  it("adds a pool that came, and removes one that is gone", async () => {
    set([EU], "first");
    expect(set([EU, NL], "first").out).toBe(
      "influxdb-setup: account acme.nl-static made\n" +
        "influxdb-setup: account acme.nl-static.even made\n" +
        "influxdb-setup: done: 6 accounts\n",
    );
    expect(inventory(database).accounts).toEqual(WITH_NL);
    const burst = aGcpPool({ id: "eu" });
    expect(lastLine(set([burst], "first"))).toBe("influxdb-setup: done: 4 accounts");
    expect(Object.keys(inventory(database).accounts).sort()).toEqual([
      "acme.eu",
      "acme.eu.even",
      "grafana",
      "server",
    ]);
    expect(await database.accepts("acme.eu-burst", "firstPASSWORDACMEEUBURST")).toBe(false);
  });

  it("puts right what a person changed", () => {
    set([EU], "first");
    const ask = (...words: string[]) =>
      spawnSync("influx", words, {
        env: {
          ...database.environment,
          INFLUX_HOST: database.url,
          INFLUX_ORG: "fleet",
          INFLUX_TOKEN: OPERATOR_TOKEN,
          INFLUX_CONFIGS_PATH: join(tmpdir(), "no-influx-configs"),
        },
        input: "password-of-a-person\n",
        encoding: "utf8",
      }).stdout;
    const id = (name: string) => ask("bucket", "list", "--name", name, "--hide-headers").split("\t")[0]!;
    ask("bucket", "update", "--id", id("jitsi"), "--retention", "48h");
    ask("v1", "auth", "delete", "--username", "server");
    ask("v1", "auth", "create", "--username", "server", "--read-bucket", id("jitsi_hourly"));
    ask("v1", "auth", "create", "--username", "stranger", "--write-bucket", id("jitsi"));
    expect(set([EU], "first").out).toBe(
      "influxdb-setup: bucket jitsi keeps 720h0m0s now, not 48h0m0s\n" +
        "influxdb-setup: account server had other rights\n" +
        "influxdb-setup: account server made\n" +
        "influxdb-setup: account stranger removed\n" +
        "influxdb-setup: done: 4 accounts\n",
    );
    expect(inventory(database)).toEqual(AS_IT_SHALL_BE);
  });

  it("replaces another revision of the task, and a second copy of this one", () => {
    const current = setupFiles([EU]);
    const older = new Map(
      [...current].map(
        ([path, text]) => [path, text.replaceAll(hourlyTaskName(), "fleet-hourly-00000000")] as const,
      ),
    );
    const passwords = passwordsOf([EU], "first");
    runSetup(database, older, passwords);
    expect(inventory(database).tasks).toEqual(["fleet-hourly-00000000"]);
    expect(runSetup(database, current, passwords).out).toContain(
      `task ${hourlyTaskName()} made\ninfluxdb-setup: task fleet-hourly-00000000 removed\n`,
    );
    expect(inventory(database).tasks).toEqual([hourlyTaskName()]);
  });

  it("says what is wrong with a password, a token or an organisation, and changes nothing then", () => {
    const files = setupFiles([EU]);
    const passwords = passwordsOf([EU], "first");
    const { PASSWORD_SERVER: _, ...lacking } = passwords;
    expect(runSetup(database, files, lacking)).toMatchObject({
      code: 1,
      err: "influxdb-setup: PASSWORD_SERVER, the password of account server, is not in the environment\n",
    });
    expect(runSetup(database, files, { ...passwords, PASSWORD_SERVER: "short" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("is too short: min length is 8") as string,
    });
    expect(inventory(database).accounts).not.toHaveProperty("server");
    expect(runSetup(database, files, passwords, "another token")).toMatchObject({
      code: 1,
      err: expect.stringContaining("401 Unauthorized: unauthorized access") as string,
    });
    const elsewhere = new Map(
      [...files].map(([path, text]) => [path, text.replace("ORG=fleet", "ORG=other")]),
    );
    expect(runSetup(database, elsewhere, passwords)).toMatchObject({
      code: 1,
      err: expect.stringContaining('organization name "other" not found') as string,
    });
  });
}
