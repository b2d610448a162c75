import { readInventory } from "../../../cli/import/read-inventory";
import { readYamlVariables } from "../../../cli/import/read-yaml-variables";
import { resolveHcl } from "../../../cli/import/read-terragrunt-file";
import { resolveJinja } from "../../../cli/import/resolve-jinja";
import { scanHcl } from "../../../cli/import/scan-hcl";
import { accountFolderOf, kindOfFile } from "../../../cli/import/terragrunt-files";
import type { Plain, Variable } from "../../../cli/import/variable";
import { ProblemList } from "../../../config/problem-list";
import { SourceFile } from "../../../config/source-file";

const sourceOf = (text: string): SourceFile => new SourceFile("vars", "defaults", text);
const variableOf = (name: string, value: Plain): Variable => ({ name, value, file: "vars", line: 1 });

describe("readYamlVariables", () => {
  const read = (text: string): Variable[] => readYamlVariables(sourceOf(text), new ProblemList());

  it("gives each variable its line", () => {
    expect(
      read("---\n# a comment\na: 1\n\nb: [x]\n").map(({ name, line, value }) => [name, line, value]),
    ).toEqual([
      ["a", 3, 1],
      ["b", 5, ["x"]],
    ]);
  });

  it("knows what Ansible Vault has encrypted, also within lists, however long it is", () => {
    const long = `\n  ${"61".repeat(40)}`.repeat(80);
    const text = `a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256${long}\nb:\n  - !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    61\nc: 1\n`;
    expect(read(text).map(({ name, secret, value }) => [name, secret, value])).toEqual([
      ["a", true, null],
      ["b", true, null],
      ["c", undefined, 1],
    ]);
    expect(read("$ANSIBLE_VAULT;1.1;AES256\n6161\n")).toMatchObject([{ name: "(whole file)", secret: true }]);
  });

  it("leaves out the value of what is written in an odd way, and only that", () => {
    expect(
      read("a: &x 1\nb: *x\nc: 2\n").map(({ name, unread, value }) => [name, unread !== undefined, value]),
    ).toEqual([
      ["a", true, null],
      ["b", true, null],
      ["c", false, 2],
    ]);
  });

  it("reads a file of comments as one without variables", () => {
    expect(read("---\n# nothing\n")).toEqual([]);
  });
});

describe("resolveJinja", () => {
  const resolved = (values: Readonly<Record<string, Plain>>): unknown[] =>
    resolveJinja(Object.entries(values).map(([name, value]) => variableOf(name, value))).map(
      ({ value, unread }) => unread ?? value,
    );

  it("replaces simple references, as values of their own kind and within texts", () => {
    expect(resolved({ a: "{{ b }}", b: 4, c: "x-{{ a }}.{{b}}", d: ["{{ b }}"] })).toEqual([
      4,
      4,
      "x-4.4",
      [4],
    ]);
  });

  it("says what it cannot know", () => {
    expect(
      resolved({
        a: "{{ b | default(1) }}",
        b: "{{ none }}",
        c: "{{ d }}",
        d: "{{ c }}",
        e: "x{{ f }}",
        f: ["y"],
      }),
    ).toEqual([
      "a Jinja expression, which only Ansible can work out",
      "a Jinja reference to none, which has no value in these files",
      "a Jinja reference that leads back to itself",
      "a Jinja reference that leads back to itself",
      "a Jinja expression, which only Ansible can work out",
      ["y"],
    ]);
  });

  it("makes a secret of what refers to one", () => {
    const secret = { ...variableOf("token", null), unread: "encrypted", secret: true };
    expect(resolveJinja([variableOf("a", "x{{ token }}"), secret])[0]).toMatchObject({
      secret: true,
      value: null,
    });
  });
});

describe("readInventory", () => {
  it("counts hosts, with ranges, and reads variables of groups", () => {
    const text =
      "# hosts\n[jvb_servers]\n203.0.113.1 ansible_user=root ; one\njvb[1:3].acme.example\n\n[jvb_servers:vars]\nregion=nl-ams\nsize = 4\n[all:children]\njvb_servers\n";
    expect(readInventory(sourceOf(text)).map(({ name, line, value }) => [name, line, value])).toEqual([
      ["region", 7, "nl-ams"],
      ["size", 8, 4],
      ["[jvb_servers]", 2, 4],
    ]);
  });
});

describe("scanHcl", () => {
  it("finds the lines of attributes and blocks, whatever stands in comments and texts", () => {
    const text = `# a = 1
/* b = 2
*/ region = "x # \${"}" /* c = 3 */}"
locals {
  d = <<-EOT
    e = 4
    EOT
  f = { "g-h" = 5, i = [
    { j = 6 }
  ] }
}
include "root" {
  path = find(
    "k = 7"
  )
}
// l = 8
m == 9
`;
    const lines = [...scanHcl(text).places].map(([path, { line }]) => `${path}:${line}`);
    expect(lines).toEqual([
      ...[
        "region:3",
        "locals:4",
        "locals.d:5",
        "locals.f:8",
        "locals.f.g-h:8",
        "locals.f.i:8",
        "locals.f.i.j:9",
      ],
      ...["include:12", "include.path:13"],
    ]);
  });

  it("gives up on nesting that parsers fall over", () => {
    expect(scanHcl(`a = ${"[".repeat(1000)}`).isShallow).toBe(false);
    expect(scanHcl(`a = ${'"${'.repeat(100_000)}`).isShallow).toBe(false);
    expect(scanHcl(`a = ${"[".repeat(20)}${"]".repeat(20)}`).isShallow).toBe(true);
  });
});

describe("resolveHcl", () => {
  const names = {
    locals: new Map<string, Plain>([
      ["region", "europe-west4"],
      ["zone", "${local.region}-a"],
      ["account", '${read_terragrunt_config(find_in_parent_folders("account.hcl"))}'],
      ["circle", "${local.circle}"],
      ["env", '${get_env("X")}'],
    ]),
    above: (file: string) =>
      file === "account.hcl" ? new Map<string, Plain>([["project_id", "acme-meet-1"]]) : undefined,
  };

  it.each<[Plain, unknown]>([
    ["${local.region}", "europe-west4"],
    ["${local.zone}", "europe-west4-a"],
    ["x-${local.region}", "x-europe-west4"],
    ["${local.account.locals.project_id}", "acme-meet-1"],
    [
      ["${local.region}", 1],
      ["europe-west4", 1],
    ],
    ["$${literal}", "${literal}"],
    ["${local.circle}", undefined],
    ["${local.none}", undefined],
    ["${local.env}", undefined],
    ["${local.account.locals.none}", undefined],
    ["a %{ if true }b%{ endif }", undefined],
  ])("reads %j as %j", (value, expected) => {
    const { value: found, unread } = resolveHcl(variableOf("a", value), names);
    expect(unread === undefined ? found : undefined).toEqual(expected);
  });
});

describe("the files of a Terragrunt layout", () => {
  it.each([
    ["live/acme/europe-west4/jvb/terraform.tfvars", "variables", "live/acme"],
    ["acme/prod.auto.tfvars.json", "json", "acme"],
    ["acme/account.hcl", "locals", "acme"],
    ["terragrunt.hcl", "terragrunt", ""],
    ["acme/main.tf", undefined, "acme"],
  ])("knows %s", (file, kind, account) => {
    expect(kindOfFile(file)).toBe(kind);
    expect(accountFolderOf(file)).toBe(account);
  });
});
