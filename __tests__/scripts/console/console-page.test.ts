import { parseConsolePage } from "../../../scripts/console/console-page";

const PAGE = `# Tutorial

\`\`\`console
$ cat > a <<'EOF'
> one
>
> two
> EOF
$ cat a
one
\`\`\`

\`\`\`sh
$ not run
\`\`\`
`;

describe("parseConsolePage", () => {
  it("finds commands with their lines, what goes on with them, and what they print", () => {
    expect(parseConsolePage(PAGE).steps).toEqual([
      { line: 4, command: "cat > a <<'EOF'\none\n\ntwo\nEOF", expected: [] },
      { line: 9, command: "cat a", expected: ["one"] },
    ]);
  });

  it("puts other outputs in their places", () => {
    const page = parseConsolePage(PAGE);
    expect(page.withOutputs(new Map())).toBe(PAGE);
    expect(page.withOutputs(new Map([[page.steps[1]!, ["one", "two"]]]))).toBe(
      PAGE.replace("$ cat a\none\n", "$ cat a\none\ntwo\n"),
    );
  });

  it("refuses a block that begins with output, and one that does not end", () => {
    expect(() => parseConsolePage("```console\nhello\n```\n")).toThrow(
      'line 2: a console block begins with a command, "$ …"',
    );
    expect(() => parseConsolePage("```console\n$ ls\n")).toThrow("the last console block does not end");
  });
});
