import { parseConsolePage } from "../../../scripts/console/console-page";
import { runPage } from "../../../scripts/console/run-page";
import { Shell } from "../../../scripts/console/shell";
import { temporaryDirectory } from "../../builders/output";

describe("runPage", () => {
  const folder = temporaryDirectory();
  const shells: Shell[] = [];
  afterEach(async () => {
    for (const shell of shells.splice(0)) await shell.close();
  });
  const differencesOf = async (commands: string): Promise<readonly unknown[]> => {
    const shell = new Shell(folder, { PATH: process.env["PATH"] });
    shells.push(shell);
    const page = parseConsolePage(`\`\`\`console\n${commands}\n\`\`\`\n`);
    return (await runPage(page, shell)).map(({ step, printed, code }) => [step.line, printed, code]);
  };

  it("runs all commands in one shell, with its folder and variables", async () => {
    const page =
      "$ mkdir -p deep\n$ cd deep\n$ NAME=abc\n$ echo $NAME; pwd\nabc\n…/deep\n$ cat <<EOF\n> $NAME\n> EOF\nabc";
    expect(await differencesOf(page)).toEqual([]);
  });

  it("hears both outputs in their order, and none that has no line break at its end is lost", async () => {
    expect(await differencesOf("$ echo one; echo two >&2; printf three\none\ntwo\nthree")).toEqual([]);
  });

  it("tells what printed something else, and goes on", async () => {
    expect(await differencesOf("$ echo one\ntwo\n$ echo two\ntwo")).toEqual([[2, ["one"], 0]]);
  });

  it("takes a failure for a difference unless the page asks for the code", async () => {
    expect(await differencesOf("$ false\n$ true")).toEqual([[2, [], 1]]);
    expect(await differencesOf("$ false\n$ echo $?\n1\n$ true")).toEqual([]);
    expect(await differencesOf("$ false\n$ echo $?\n2")).toEqual([[3, ["1"], 0]]);
  });

  it("leaves no input to a command that asks", async () => {
    expect(await differencesOf("$ read answer || echo nothing\nnothing\n$ echo on\non")).toEqual([]);
  });

  it("says so when a command ends the shell", async () => {
    await expect(differencesOf("$ exit 3")).rejects.toThrow("the shell ended with: exit 3");
  });
});
