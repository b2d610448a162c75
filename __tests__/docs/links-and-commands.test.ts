import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildProgram } from "../../cli/main";
import { docsProblems } from "../builders/docs-problems";

/** Written from the commands and schemas themselves; another test compares. */
const GENERATED = join("docs", "reference");

const program = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined);
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const named = { program, scripts: Object.keys(scripts) };

const below = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path === GENERATED ? [] : below(path);
    return path.endsWith(".md") ? [path] : [];
  });
/** Of the folders that have one. */
const READMES = ["modules", "policies", "rollout", "sandbox", "stacks"].map((folder) =>
  join(folder, "README.md"),
);
const PAGES = ["README.md", "CONTRIBUTING.md", ...READMES, ...below("docs")];

describe("the docs", () => {
  it.each(PAGES)("name commands, options, scripts, files and headings that are there: %s", (path) => {
    expect(docsProblems(path, readFileSync(path, "utf8"), named)).toEqual([]);
  });
});

describe("docsProblems", () => {
  const problems = (markdown: string) => docsProblems("docs/page.md", markdown, named);

  it.each([
    ["a command", "`npx fleet chek`", ["1: fleet has no command chek"]],
    ["a command without npx", "See `fleet\nchek abc`.", ["1: fleet has no command chek"]],
    [
      "a command below another",
      "`npx fleet keeper stop acme/eu-burst`",
      ["1: fleet keeper has no command stop"],
    ],
    ["an option", "`npx fleet usage abc\n--week 40`", ["1: fleet usage has no option --week"]],
    ["an option with a value", "`npx fleet usage abc --week=40`", ["1: fleet usage has no option --week"]],
    [
      "an option of another command",
      "`npx fleet list --month 2026-10`",
      ["1: fleet list has no option --month"],
    ],
    [
      "commands of a block",
      "1. Do\n\n   ```sh\n   $ npx fleet check && npx fleet lst | sort --x\n   npx fleet deploy abc \\\n     --now   # remark\n   npx fleet x\n   ```\n",
      ["4: fleet has no command lst", "5: fleet deploy has no option --now", "7: fleet has no command x"],
    ],
    [
      "a command in a shell's brackets",
      '`eval "$(npx fleet secrets envs <stack>)"`',
      ["1: fleet secrets has no command envs"],
    ],
    [
      "an option behind a placeholder",
      "`npx fleet destroy <stack>… --now`",
      ["1: fleet destroy has no option --now"],
    ],
    ["a script", "\n`npm run --silent snyth`", ["2: package.json has no script snyth"]],
    ["a file", "[x](adr/0000-nothing.md)", ["1: there is no docs/adr/0000-nothing.md"]],
    ["a picture", "![x](pictures/nothing.svg)", ["1: there is no docs/pictures/nothing.svg"]],
    ["a heading", "# One\n\n[x](#one), [y](#two)", ["3: docs/page.md has no heading for #two"]],
    [
      "a heading elsewhere",
      "[x](operations.md#nothing)",
      ["1: docs/operations.md has no heading for #nothing"],
    ],
    [
      "a heading that is a remark",
      "```sh\n# one\n```\n[x](#one)",
      ["4: docs/page.md has no heading for #one"],
    ],
    ["a heading of a folder", "[x](adr#one)", ["1: docs/adr is a folder and has no headings"]],
  ])("finds %s that is not there", (_, markdown, found) => {
    expect(problems(markdown)).toEqual(found.map((each) => `docs/page.md:${each}`));
  });

  it("has nothing to say of what is there, or of what is no call", () => {
    const text = [
      "# `A` heading, twice",
      "# `A` heading, twice",
      "[one](#a-heading-twice-1) [file](../README.md) [folder](adr/) [away](https://a.example/#b) `[no](link)`",
      "`npx fleet keeper`, `npx fleet deploy --help`, `fleet-push --x`, npx fleet nonsense in a sentence",
      "```sh",
      'npx fleet keeper pause acme/eu-burst --for 2h --reason "what --is that; why"   # or --all',
      "npx fleet usage abc --month 2026-10 --json > abc.json && npm run bench -- --one",
      "```",
    ];
    expect(problems(text.join("\n"))).toEqual([]);
  });
});
