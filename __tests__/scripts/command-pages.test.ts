import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { buildProgram } from "../../cli/main";
import { renderCommandPages } from "../../scripts/reference/command-pages";

const DIRECTORY = "docs/reference/commands";

describe("renderCommandPages", () => {
  const program = buildProgram({ out: () => undefined, err: () => undefined }, () => undefined);
  const pages = renderCommandPages(program);

  it("is what docs/reference/commands holds; else run npm run docs", () => {
    expect(readdirSync(DIRECTORY).sort()).toEqual([...pages.keys()].sort());
    for (const [file, text] of pages)
      expect({ file, text: readFileSync(`${DIRECTORY}/${file}`, "utf8") }).toEqual({ file, text });
  });

  it("links only to pages that there are", () => {
    const links = [...pages.values()].flatMap((text) =>
      [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, to]) => to!),
    );
    expect(links.length).toBeGreaterThan(pages.size);
    expect([...new Set(links)].filter((to) => !existsSync(`${DIRECTORY}/${to}`))).toEqual([]);
  });

  it("shows everything that a command declares", () => {
    const small = new Command("fleet")
      .description("Run it.")
      .addHelpText("after", "\nExamples:\n  npx fleet go x\n\nEnds with 0.\n");
    small
      .command("go <customer|pool> [more...]")
      .description("Go <there>.")
      .requiredOption("--to <a|b>", "where")
      .option("--fast <number>", "how fast", "3")
      .addHelpText(
        "after",
        "\nExamples:\n  npx fleet go abc --to a | cat\n\nNotes with *stars* and `<code>`.\n\n  a   one\n  bc  two\n\nEnds with 0.\n",
      );
    expect(renderCommandPages(small).get("go.md")).toMatchInlineSnapshot(`
      "# \`fleet go\`

      <!-- npm run docs writes this page from the command's own help. -->

      Go \\<there>.

      \`\`\`
      fleet go [options] <customer|pool> [more...]
      \`\`\`

      ## Arguments

      | argument | what it is |
      | --- | --- |
      | \`customer\\|pool\` | a customer, such as \`abc\`, or a pool, such as \`acme/eu-burst\` |
      | \`more...\` | more; one or more; may be left out |

      ## Options

      | option | what it does | default |
      | --- | --- | --- |
      | \`--to <a\\|b>\` | where; must be given |  |
      | \`--fast <number>\` | how fast | \`3\` |
      | \`-h, --help\` | display help for command |  |

      ## Examples

      \`\`\`sh
      npx fleet go abc --to a | cat
      \`\`\`

      Notes with \\*stars\\* and \`<code>\`.

      \`\`\`
        a   one
        bc  two
      \`\`\`

      ## Exit code

      Ends with 0.

      [All commands](README.md)
      "
    `);
  });
});
