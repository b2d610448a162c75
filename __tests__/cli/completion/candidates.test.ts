import { Command } from "commander";
import { candidatesFor } from "../../../cli/completion/candidates";
import { candidateLines } from "../../../cli/completion/complete";
import { wordTree } from "../../../cli/completion/word-tree";

const program = new Command("fleet");
program
  .command("deploy [stacks...]")
  .description("Deploy.")
  .option("-y, --yes", "ask nothing")
  .option("--only <stack...>", "some of them")
  .option("--from [name]", "any")
  .option("--accounts <directory>", "where", "accounts");
program
  .command("explain <customer|pool>")
  .option("--policy <policy,...>", "some")
  .option("--svg <file>", "picture");
const made = program.command("new").description("Write a file.");
made.command("pool <account> <id>").description("Of a pool.");
program.command("hidden", { hidden: true });

const NAMES = {
  account: ["acme"],
  customer: ["abc", "xyz"],
  pool: ["acme/eu-burst"],
  stack: ["account-acme", "customer-abc"],
};
let asked: string[];
const propose = (...words: string[]): string => {
  asked = [];
  const candidates = candidatesFor(wordTree(program), words, (kind, accounts) => {
    asked.push(accounts);
    return NAMES[kind];
  });
  return candidateLines(candidates).trimEnd().replaceAll("\n", " ");
};

describe("candidatesFor", () => {
  it.each([
    ["commands with their descriptions, hidden ones not", [""], "deploy\tDeploy. explain new\tWrite a file."],
    ["commands below a command", ["new", "p"], "pool\tOf a pool."],
    ["names of the kind that the argument has", ["new", "pool", ""], "acme"],
    ["nothing for a new name", ["new", "pool", "acme", ""], ""],
    ["nothing behind the last argument", ["new", "pool", "acme", "x", ""], ""],
    ["both kinds of an argument that takes two", ["explain", ""], "abc xyz acme/eu-burst"],
    [
      "a repeated argument again, without those that are there",
      ["deploy", "customer-abc", ""],
      "account-acme",
    ],
    [
      "options that are not there yet",
      ["deploy", "--yes", "--"],
      "--only\tsome of them --from\tany --accounts\twhere --help\tdisplay help for command",
    ],
    ["an option by its short name as there", ["deploy", "-y", "--y"], ""],
    ["values of an option", ["deploy", "--only", "c"], "customer-abc"],
    ["names of all kinds", ["deploy", "--from", ""], "acme abc xyz acme/eu-burst"],
    ["an option where a value may be left out", ["deploy", "--from", "--y"], "--yes\task nothing"],
    ["an argument behind such a pair", ["deploy", "--from", "--yes", "c"], "customer-abc"],
    ["a folder", ["deploy", "--accounts", ""], ":directories"],
    ["a file", ["explain", "abc", "--svg", ""], ":files"],
    ["values behind an equals sign", ["deploy", "--only=a"], "account-acme"],
    ["the next item of a list", ["explain", "--policy", "plain,keeper-"], "plain,keeper-never-moves"],
    ["no item of a list twice", ["explain", "--policy", "plain,pl"], ""],
    ["arguments behind --", ["deploy", "--", "-"], ""],
    ["nothing for a value of a switch", ["deploy", "--yes=x"], ""],
    ["nothing for an unknown option's value", ["deploy", "--no-such=x"], ""],
  ])("proposes %s", (_, words, proposed) => expect(propose(...words)).toBe(proposed));

  it("looks for names in the accounts that the line names", () => {
    for (const words of [
      ["deploy", "--accounts", "other", ""],
      ["deploy", "--accounts=other", ""],
    ]) {
      propose(...words);
      expect(asked).toEqual(["other"]);
    }
    propose("deploy", "");
    expect(asked).toEqual(["accounts"]);
  });
});
