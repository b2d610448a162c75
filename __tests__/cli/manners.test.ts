import { kindsOf } from "../../cli/completion/value-kinds";
import { isKnownKind, valueNameOf } from "../../cli/completion/word-tree";
import { buildProgram, main } from "../../cli/main";
import { commandsOf } from "../../scripts/reference/commands-of";
import { helpParts } from "../../scripts/reference/help-parts";
import { callProblems, fleetCalls, optionsOf, parseCall } from "../builders/call-problems";

/** Commands without `--json`, and why. */
const WITHOUT_JSON: Readonly<Record<string, string>> = {
  "fleet completion": "its output is a program for a shell",
  "fleet secrets env": "its output is lines for a shell",
};

const program = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined);
const commands = commandsOf(program).map((each) => ({ ...each, name: each.words.join(" ") }));
const leaves = commands.filter(({ isLeaf }) => isLeaf);
/** The wrong ones' names, so that a failure says all of them. */
const except = (all: typeof commands, isRight: (each: (typeof commands)[number]) => boolean): string[] =>
  all.filter((each) => !isRight(each)).map(({ name }) => name);

describe("every command of fleet", () => {
  it("is among those that are looked at", () => {
    expect(leaves.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["fleet check", "fleet completion", "fleet keeper drain", "fleet usage"]),
    );
  });

  it("says in a sentence what it does", () => {
    expect(except(commands, ({ command }) => /^[A-Z].*\.$/.test(command.description()))).toEqual([]);
  });

  it("has examples, of itself", () => {
    const isShown = ({ command, name }: (typeof commands)[number]) =>
      helpParts(command).examples.some((line) => line.includes(`npx ${name}`));
    expect(except(leaves, isShown)).toEqual([]);
    expect(except(commands, ({ command }) => helpParts(command).examples.length > 0)).toEqual([]);
  });

  it("says how it ends", () => {
    expect(
      except(commands, ({ command }) =>
        /^Ends with 0\b[^]*\bwith 2 when\b[^]*\.$/.test(helpParts(command).exitCodes ?? ""),
      ),
    ).toEqual([]);
  });

  it("prints its result for machines, too", () => {
    const hasJson = ({ command }: (typeof commands)[number]) =>
      command.options.some(({ long, flags }) => long === "--json" && flags === "--json");
    expect(except(leaves, hasJson).sort()).toEqual(Object.keys(WITHOUT_JSON).sort());
  });

  it("says what each option is for, and what its value stands for", () => {
    const wrong = leaves.flatMap(({ command, name }) =>
      command.options
        .filter(
          (option) =>
            !/^[^A-Z].*[^.]$/.test(option.description) ||
            ((option.required || option.optional) && valueNameOf(option) === ""),
        )
        .map(
          ({ flags }) =>
            `${name} ${flags}: ${JSON.stringify("a phrase without full stop, and <what> it takes")}`,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it("names what it takes so that completion knows it: cli/completion/value-kinds.ts", () => {
    const values = leaves.flatMap(({ command, name }) => [
      ...command.registeredArguments
        .filter(({ argChoices }) => !argChoices)
        .map((argument) => [name, argument.name(), argument.variadic] as const),
      ...command.options
        .filter(({ required, optional, argChoices }) => (required || optional) && !argChoices)
        .map((option) => [name, valueNameOf(option), option.variadic] as const),
    ]);
    expect(values.length).toBeGreaterThan(15);
    expect(
      values.flatMap(([name, value, isVariadic]) =>
        kindsOf(value, isVariadic)
          .filter((kind) => !isKnownKind(kind))
          .map((kind) => `${name} <${kind}>`),
      ),
    ).toEqual([]);
  });

  it("takes accounts from elsewhere when it reads them", () => {
    const isRight = ({ command, name }: (typeof commands)[number]) =>
      name === "fleet completion" ||
      command.options.some(
        ({ flags, defaultValue }) => flags === "--accounts <directory>" && defaultValue === "accounts",
      );
    expect(except(leaves, isRight)).toEqual([]);
  });

  it("has examples that a shell takes as they are: a remark stands behind #", () => {
    const isRight = ({ command }: (typeof commands)[number]) =>
      helpParts(command).examples.every((line) => !/\S {2,}[^ #]/.test(line.replace(/#.*/, "#")));
    expect(except(commands, isRight)).toEqual([]);
  });

  const examples = commands.flatMap(({ command }) => helpParts(command).examples);
  const calls = [...new Set(examples.flatMap(fleetCalls))];

  it.each(calls)("is called in examples as it can be: fleet %s", (text) => {
    expect(callProblems(program, text)).toEqual([]);
    const call = parseCall(program, text);
    expect(call.command).not.toBe(program);
    const given = optionsOf(call);
    const missing = call.command.options.filter(({ mandatory, long }) => mandatory && !given.includes(long!));
    expect(missing.map(({ long }) => long)).toEqual([]);
  });

  it.each(commands)("shows its help: $name", async ({ words }) => {
    let [out, err] = ["", ""];
    const code = await main([...words.slice(1), "--help"], {
      out: (text) => (out += text),
      err: (text) => (err += text),
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Usage: fleet [^]*\nExamples:\n[^]*\nEnds with 0\b[^]*\.\n+$/);
    expect(out.split("\n").filter((line) => line.length > 125)).toEqual([]);
  });
});

describe("fleet", () => {
  const run = async (...args: string[]) => {
    let [out, err] = ["", ""];
    const code = await main(args, {
      out: (text) => (out += text),
      err: (text) => (err += text),
      errIsScreen: true,
    });
    return { code, out, err };
  };

  it("prints its version", async () =>
    expect(await run("--version")).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: "",
    }));

  it.each([
    [["keeper", "dran"], /unknown command 'dran'\n\(Did you mean drain\?\)\n/],
    [["secrets", "rotat"], /unknown command 'rotat'\n\(Did you mean rotate\?\)\n/],
    [["completion", "fish"], / 'fish' is invalid for argument 'shell'\. Allowed choices are bash, zsh\.\n/],
    [["keeper"], /^Usage: fleet keeper /],
  ])("names what was meant by %j", async (args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });
});
