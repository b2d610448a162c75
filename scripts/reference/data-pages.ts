import { accountSchema } from "../../model/schema/account";
import { customerSchema } from "../../model/schema/customer";
import { accountFileSchema, defaultsFileSchema } from "../../model/schema/defaults";
import { gcpPoolSchema, linodePoolSchema } from "../../model/schema/pool";
import { DATA_EXAMPLES, type DataPage } from "./data-examples";
import { type Block, blocksOf, type FieldSchema, fieldTree, hasField, innerBlock } from "./field-tree";
import { anchorOf, code, plain, table } from "./markdown";
import { defaultText, valueText } from "./value-text";

const WRITTEN = "<!-- npm run docs writes this page from the schemas in model/schema/. -->";
const layers = fieldTree(defaultsFileSchema);
const accountFile = fieldTree(accountFileSchema);

interface Page {
  readonly title: string;
  readonly place: string;
  readonly intro: string;
  readonly schema: FieldSchema;
  /** The layer that may hold the fields, too; undefined where the page says so in words. */
  readonly layer: FieldSchema | undefined;
  /** Fields that are told on a page of their own: text by field. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

const INHERITED =
  "A field that is not written here comes from the layers: `overrides` in account.yaml wins over this file, this file over " +
  "`defaults` in account.yaml, and that over `accounts/defaults.yaml` ([layers](defaults.md)). What the column *layers* " +
  "calls *no* may stand in this file only; **needed** is what one of them must say.";

/** Sections of a layer, and the pages with their fields. */
const LAYERED: Readonly<Record<string, string>> = {
  customers: "[fields of a customer](customer.md)",
  gcpPools: "[fields of a pool on Google Cloud](pool-gcp.md)",
  linodePools: "[fields of a pool on Linode](pool-linode.md)",
};

const PAGES: Readonly<Record<DataPage, Page>> = {
  account: {
    title: "An account",
    place: "accounts/<account>/account.yaml",
    intro:
      "One Google Cloud project, one Linode account, or both; the folder's name is the account's id. Of these fields only " +
      "`labels` may come from `accounts/defaults.yaml`, too.",
    schema: {
      ...fieldTree(accountSchema),
      properties: {
        ...fieldTree(accountSchema).properties,
        defaults: accountFile.properties!["defaults"]!,
        overrides: accountFile.properties!["overrides"]!,
      },
    },
    layer: undefined,
    elsewhere: { defaults: "[layer](defaults.md)", overrides: "[layer](defaults.md)" },
  },
  customer: {
    title: "A customer",
    place: "accounts/<account>/customers/<id>.yaml",
    intro: `One tenant with its server. The file's name is the customer's id, which no other account may have. ${INHERITED}`,
    schema: fieldTree(customerSchema),
    layer: layers.properties!["customers"],
  },
  "pool-gcp": {
    title: "A pool on Google Cloud",
    place: "accounts/<account>/pools/<id>.yaml",
    intro: `With \`cloud: gcp\`: bridges in one region whose number follows the load. The file's name is the pool's id. ${INHERITED}`,
    schema: fieldTree(gcpPoolSchema),
    layer: layers.properties!["gcpPools"],
  },
  "pool-linode": {
    title: "A pool on Linode",
    place: "accounts/<account>/pools/<id>.yaml",
    intro: `With \`cloud: linode\`: a fixed number of bridges in one region. The file's name is the pool's id. ${INHERITED}`,
    schema: fieldTree(linodePoolSchema),
    layer: layers.properties!["linodePools"],
  },
  defaults: {
    title: "Defaults of all accounts, and layers",
    place: "accounts/defaults.yaml",
    intro:
      "The lowest layer of every account. `defaults` and `overrides` in account.yaml hold the same fields but `catalog`, for " +
      "one account. From the lowest to what wins: this file, `defaults` of the account, the file of the customer or pool " +
      "itself, `overrides` of the account. Maps are merged key by key; a list or a single value takes the place of the one " +
      "below.",
    schema: layers,
    layer: undefined,
    elsewhere: LAYERED,
  },
};

/** Pages below docs/reference/data/, by file name. */
export const renderDataPages = (): ReadonlyMap<string, string> =>
  new Map([
    ["README.md", indexPage()],
    ...Object.entries(PAGES).map(
      ([name, page]) => [`${name}.md`, dataPage(page, DATA_EXAMPLES[name as DataPage])] as const,
    ),
  ]);

const joined = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;

function indexPage(): string {
  const rows = Object.entries(PAGES).map(([name, { title, place }]) => [
    `[${title}](${name}.md)`,
    code(place),
  ]);
  return joined([
    "# The data",
    WRITTEN,
    "Every field of the files below `accounts/`: what may be written, what holds without it, what it means and what a " +
      "change does. Editors show the same ([schemas](../../../schemas)), and `npx fleet check` holds files against it.",
    table(["what", "file"], rows).join("\n"),
  ]);
}

function dataPage(page: Page, example: string): string {
  const blocks = blocksOf(withoutElsewhere(page));
  const headings = new Map(
    blocks.flatMap(({ paths }) => paths.map((path) => [path, headingOf(paths)] as const)),
  );
  return joined([
    `# ${page.title}`,
    WRITTEN,
    code(page.place),
    page.intro,
    `\`\`\`yaml\n${example}\`\`\``,
    ...blocks.flatMap((block) => blockSection(block, page, headings)),
    "[All files](README.md)",
  ]);
}

/** What has a page of its own is a field here, without its fields. */
function withoutElsewhere({ schema, elsewhere = {} }: Page): FieldSchema {
  const fields = Object.entries(schema.properties ?? {}).map(([key, { properties: _, ...field }]) => [
    key,
    Object.hasOwn(elsewhere, key) ? field : schema.properties![key]!,
  ]);
  return { ...schema, properties: Object.fromEntries(fields) as Record<string, FieldSchema> };
}

const headingOf = (paths: readonly string[]): string =>
  paths[0] === "" ? "Fields" : paths.map(code).join(", ");

function blockSection(
  { paths, schema }: Block,
  page: Page,
  headings: ReadonlyMap<string, string>,
): readonly string[] {
  const [path] = paths as [string];
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  const fields = Object.entries(schema.properties ?? {});
  const isNeeded = (key: string) => schema.required?.includes(key) ?? false;
  const rows = fields.map(([key, field]) => {
    const heading = headings.get(innerBlock(field, at(key))[0]);
    const value = page.elsewhere?.[at(key)] ?? valueText(field);
    return [
      code(key),
      heading === undefined ? value : `[${value}](#${anchorOf(heading.replaceAll("`", ""))})`,
      defaultText(field, isNeeded(key)),
      page.layer && !hasField(page.layer, at(key)) ? "no" : "",
    ];
  });
  const told = path === "" || paths.length > 1 ? "" : plain(schema.description ?? "");
  const level = path.split(".").length > 1 ? "###" : "##";
  // What has a section of its own is told there.
  const meanings = fields
    .filter(([key]) => headings.get(at(key)) !== headingOf([at(key)]))
    .map(([key, { description = "" }]) => `- **${key}**: ${plain(description)}`);
  return [
    `${level} ${headingOf(paths)}`,
    ...(told === "" ? [] : [told]),
    table(["field", "value", "default", "layers"], rows).join("\n"),
    ...(meanings.length === 0 ? [] : [meanings.join("\n")]),
  ];
}
