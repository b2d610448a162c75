import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FleetCommand } from "../../builders/fleet-command";
import { hasRealTool } from "../../builders/real-tool";

jest.setTimeout(60_000);

const ROOT = join(__dirname, "..", "..", "..");
const BUILDERS = join(ROOT, "__tests__", "builders");
const PROGRAM = join(ROOT, "cli", "fleet.js");

const isBash4 = ["bash", "-c", "((BASH_VERSINFO[0] >= 4))"] as const;
const describeIn = (isHere: boolean) => (isHere ? describe : describe.skip);
const hasBash = hasRealTool("bash 4", "the completion for bash", isBash4);
const hasShellcheck = hasRealTool("shellcheck", "the mistakes in the completion for bash");
const hasZsh = hasRealTool("zsh", "the completion for zsh");

let fleet: FleetCommand;
let environment: NodeJS.ProcessEnv;
beforeAll(() => {
  fleet = new FleetCommand();
  fleet.write();
  for (const folder of ["bin", "node_modules/.bin"]) {
    mkdirSync(join(fleet.folder, folder), { recursive: true });
    symlinkSync(PROGRAM, join(fleet.folder, folder, "fleet"));
  }
  writeFileSync(join(fleet.folder, "october.csv"), "");
  environment = { PATH: `${join(fleet.folder, "bin")}:${process.env["PATH"]}`, HOME: fleet.folder };
});
afterAll(() => fleet.close());

/** A shell runs its driver in the folder of a project; a line of output for each line. */
function completed(shell: "bash" | "zsh", words: readonly string[], env = environment): string[] {
  const program = shell === "bash" ? ["--norc", "--noprofile"] : ["-f"];
  const { stdout, stderr, status } = spawnSync(
    shell,
    [
      ...program,
      join(BUILDERS, `completed-line.${shell}`),
      join(ROOT, `cli/completion/fleet.${shell}`),
      ...words,
    ],
    // A shell that never says what is waited for must not wait for ever.
    { cwd: fleet.folder, env, encoding: "utf8", timeout: 50_000 },
  );
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout.split("\n").slice(0, -1);
}

describeIn(hasBash)("completion in the real bash", () => {
  /** The words of a line as bash takes them apart, and what is proposed. */
  const LINES: readonly (readonly [words: readonly string[], proposed: string])[] = [
    [["fleet", "ke"], "keeper"],
    [["fleet", "keeper", "drain", ""], "acme/eu-burst acme/nl-static"],
    [["fleet", "keeper", "drain", "acme/eu-burst", "--b"], "--bridge"],
    [["fleet", "simulate", "acme/eu-burst", "--policy", "=", "keeper-"], "keeper-never-moves"],
    [
      ["fleet", "simulate", "acme/eu-burst", "--policy", "="],
      "plain jitsi keeper keeper-never-moves clairvoyant",
    ],
    [["fleet", "simulate", "acme/eu-burst", "--trace", "o"], "office-week october.csv"],
    [["fleet", "usage", "abc", "--grafana", "http", ":", "//127.0.0.1", ":", "3000", "--m"], "--month"],
    [["fleet", "check", "--accounts", "acc"], "accounts"],
    [["fleet", "secrets", "env", "customer-"], "customer-abc"],
    [["npx", "fleet", "usage", ""], "abc"],
    [["npx", "another", "us"], ""],
    [["fleet", "nothing", "like", "this"], ""],
  ];

  it("proposes commands, options, choices, files and names", () => {
    const proposed = completed(
      "bash",
      LINES.map(([words]) => words.join("\t")),
    );
    expect(LINES.map(([words], index) => [words, proposed[index]])).toEqual(LINES);
  });

  (hasShellcheck ? it : it.skip)("is a script that shellcheck finds nothing wrong with", () => {
    const script = join(ROOT, "cli/completion/fleet.bash");
    expect(spawnSync("shellcheck", ["--shell=bash", script], { encoding: "utf8" }).stdout).toBe("");
  });

  it("asks a program that is called by its path", () => {
    const path = join(fleet.folder, "bin", "fleet");
    expect(completed("bash", [`${path}\tus`], { ...environment, PATH: process.env["PATH"]! })).toEqual([
      "usage",
    ]);
  });

  it("asks a function or an alias of that name", () => {
    const define = (how: string) =>
      spawnSync(
        "bash",
        [
          "--norc",
          "-c",
          `shopt -s expand_aliases\n${how}\nsource "$0" "$@"`,
          join(BUILDERS, "completed-line.bash"),
          join(ROOT, "cli/completion/fleet.bash"),
          "fleet\tus",
        ],
        { cwd: fleet.folder, env: { ...environment, PATH: process.env["PATH"]! }, encoding: "utf8" },
      ).stdout;
    expect(define(`fleet() { ${PROGRAM} "$@"; }`)).toBe("usage\n");
    expect(define(`alias fleet=${PROGRAM}`)).toBe("usage\n");
  });

  it("leaves a completion of npx that is there alone", () => {
    const script = `complete -W mine npx; source cli/completion/fleet.bash; complete -p npx`;
    expect(spawnSync("bash", ["--norc", "-c", script], { cwd: ROOT, encoding: "utf8" }).stdout).toBe(
      "complete -W 'mine' npx\n",
    );
  });
});

describeIn(hasZsh)("completion in the real zsh", () => {
  const LINES: readonly (readonly [typed: string, then: string])[] = [
    ["fleet ke", "fleet keeper "],
    ["fleet keeper drain acme/n", "fleet keeper drain acme/nl-static "],
    ["fleet keeper drain acme/eu-burst --b", "fleet keeper drain acme/eu-burst --bridge "],
    ["fleet simulate x --policy=cl", "fleet simulate x --policy=clairvoyant "],
    ["fleet simulate x --trace oc", "fleet simulate x --trace october.csv "],
    ["fleet simulate x --trace of", "fleet simulate x --trace office-week "],
    ["fleet check --accounts=acc", "fleet check --accounts=accounts/"],
    ['fleet secrets env "customer-', 'fleet secrets env "customer-abc" '],
    ["npx fleet secrets ro", "npx fleet secrets rotate "],
    ["fleet nothing like thi", "fleet nothing like thi"],
  ];

  it("completes commands, options, choices, files and names", () => {
    const lines = completed("zsh", [":", ...LINES.map(([typed]) => typed)]);
    expect(LINES.map(([typed], index) => [typed, lines[index]])).toEqual(LINES);
  });

  it.each([`fleet() { ${PROGRAM} "$@" }`, "alias fleet='npx fleet'"])("knows %s", (how) =>
    expect(completed("zsh", [how, "fleet us"], { ...environment, PATH: process.env["PATH"]! })).toEqual([
      "fleet usage ",
    ]),
  );
});

describe("fleet complete", () => {
  const complete = (...words: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, "complete", "--", ...words], {
      cwd: fleet.folder,
      encoding: "utf8",
    });
    return { stdout, stderr, status };
  };

  it("takes a tilde for the home, as the shell will", () => {
    const { stdout } = spawnSync(
      process.execPath,
      [PROGRAM, "complete", "--", "usage", "--accounts", "~/accounts", ""],
      {
        cwd: ROOT,
        env: { ...process.env, HOME: fleet.folder },
        encoding: "utf8",
      },
    );
    expect(stdout).toBe("abc\n");
  });

  it("prints a word and its description a line", () =>
    expect(complete("co")).toEqual({
      stdout: expect.stringMatching(/^completion\tPrint .*\ncost\tPrint .*\n$/),
      stderr: "",
      status: 0,
    }));

  it.each([
    ["no word at all", []],
    ["an option alone", ["--accounts"]],
    ["accounts without a name", ["check", "--accounts", "", ""]],
    ["accounts that are not there", ["usage", "--accounts=/nowhere/at/all", ""]],
  ])("prints no error for %s", (_, words) => {
    const { stderr, status } = complete(...words);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });
});
