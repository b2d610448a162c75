import { existsSync, readdirSync, readFileSync } from "node:fs";
import { loadFleetFrom } from "../../config/load-fleet";
import { DATA_EXAMPLES } from "../../scripts/reference/data-examples";
import { renderDataPages } from "../../scripts/reference/data-pages";
import { anchorOf } from "../../scripts/reference/markdown";
import { accountFiles } from "../builders/account-files";

const DIRECTORY = "docs/reference/data";
const pages = renderDataPages();

/** Where the example of a page belongs. */
const PLACES: Readonly<Record<keyof typeof DATA_EXAMPLES, string>> = {
  account: "accounts/acme/account.yaml",
  customer: "accounts/acme/customers/abc.yaml",
  "pool-gcp": "accounts/acme/pools/eu-burst.yaml",
  "pool-linode": "accounts/acme/pools/nl-static.yaml",
  defaults: "accounts/defaults.yaml",
};

describe("renderDataPages", () => {
  it("is what docs/reference/data holds; else run npm run docs", () => {
    expect(readdirSync(DIRECTORY).sort()).toEqual([...pages.keys()].sort());
    for (const [file, text] of pages)
      expect({ file, text: readFileSync(`${DIRECTORY}/${file}`, "utf8") }).toEqual({ file, text });
  });

  it("links only to what there is", () => {
    const anchors = new Set(
      [...pages].flatMap(([file, text]) =>
        [...text.matchAll(/^#+ (.*)$/gm)].map(
          ([, heading]) => `${file}#${anchorOf(heading!.replaceAll("`", ""))}`,
        ),
      ),
    );
    const links = [...pages].flatMap(([file, text]) =>
      [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => (to!.startsWith("#") ? `${file}${to}` : to!)),
    );
    expect(links.length).toBeGreaterThan(40);
    const isThere = (to: string) => (to.includes("#") ? anchors.has(to) : existsSync(`${DIRECTORY}/${to}`));
    expect(links.filter((to) => !isThere(to))).toEqual([]);
  });

  it("says what may be written, what holds without it, and what may not come from a layer", () => {
    const rows = [
      ...pages.get("pool-gcp.md")!.matchAll(/^\| `(?:cloud|size|drainDeadlineMinutes|min)` .*$/gm),
    ].map(([row]) => row);
    expect(rows).toEqual([
      "| `cloud` | `gcp` | **needed** | no |",
      "| `size` | [block](#size) | **needed** |  |",
      "| `drainDeadlineMinutes` | whole number, 0 to 1440 | `60` |  |",
      "| `min` | whole number, 1 to 1000 | **needed** |",
    ]);
    expect(pages.get("customer.md")).toContain("| `hostname` | text |  | no |\n");
    expect(pages.get("account.md")).toContain("| `overrides` | [layer](defaults.md) |  |\n");
  });

  it("has no cell that is too long to read", () => {
    const cells = [...pages.values()].flatMap((text) =>
      [...text.matchAll(/^\|.*\|$/gm)].flatMap(([row]) => row.split(/(?<!\\)\|/)),
    );
    expect(cells.filter((cell) => cell.length > 120)).toEqual([]);
  });

  it("tells every field of the schemas once", () => {
    const meanings = [...pages.values()].flatMap((text) => text.match(/^- \*\*.*$/gm) ?? []);
    expect(meanings.length).toBeGreaterThan(120);
    expect(meanings.filter((line) => /: *$/.test(line))).toEqual([]);
  });

  type Files = Readonly<Record<string, string>>;
  const examples = Object.entries(DATA_EXAMPLES).map(([page, text]): [string, Files] => [
    page,
    { [PLACES[page as keyof typeof DATA_EXAMPLES]]: text },
  ]);
  const together: Files = Object.assign({}, ...examples.map(([, files]) => files));

  it.each<[string, Files]>([...examples, ["all of them", together]])(
    "shows an example that loads without a problem: %s",
    (_, files) => {
      const loaded = loadFleetFrom(accountFiles(files));
      expect(loaded.ok ? loaded.warnings : loaded.problems).toEqual([]);
    },
  );

  it.each(Object.entries(DATA_EXAMPLES))("shows the example on the page of its file: %s", (page, text) =>
    expect(pages.get(`${page}.md`)).toContain(`\`\`\`yaml\n${text}\`\`\`\n`),
  );
});
