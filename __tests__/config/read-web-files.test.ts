import { loadFleetFrom } from "../../config/load-fleet";
import { accountFiles } from "../builders/account-files";

const WEB = "accounts/acme/customers/abc/web";

const load = (files: Readonly<Record<string, string | Uint8Array>>) =>
  loadFleetFrom(
    accountFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${WEB}/${name}`, text]))),
  );

/** The files that the customer has then. */
function webFiles(...args: Parameters<typeof load>): [string, string][] {
  const loaded = load(...args);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return [...loaded.fleet.customers[0]!.webFiles];
}

function problems(...args: Parameters<typeof load>): string[] {
  const loaded = load(...args);
  return loaded.ok
    ? []
    : loaded.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`);
}

describe("the files of a customer's page", () => {
  it("come with the customer, sorted, each ending in a newline", () => {
    expect(
      webFiles({
        "interface_config.js": "interfaceConfig.APP_NAME = 'ACME';\n",
        "branding/style.css": "a { b: c }",
        "branding/logo.svg": "\ufeff<svg/>\r\n",
        "config.js": "\tconfig.a = 1; // `${x}` is not for Terraform",
        "README.md": "for people",
        "branding/README.md": "for people",
      }),
    ).toEqual([
      ["branding/logo.svg", "<svg/>\r\n"],
      ["branding/style.css", "a { b: c }\n"],
      ["config.js", "\tconfig.a = 1; // `${x}` is not for Terraform\n"],
      ["interface_config.js", "interfaceConfig.APP_NAME = 'ACME';\n"],
    ]);
  });

  it("are none without the folder", () => expect(webFiles({})).toEqual([]));

  it("are those of the customer's own account", () => {
    const beta = Object.entries(
      Object.fromEntries([...accountFiles({ [`${WEB}/config.js`]: "config.a = 1;\n" })]),
    )
      .filter(([path]) => path.startsWith("accounts/acme/"))
      .map(([path, bytes]): [string, Uint8Array] => [
        path.replace("accounts/acme/", "accounts/beta/").replace("customers/abc", "customers/def"),
        Buffer.from(
          Buffer.from(bytes)
            .toString()
            .replaceAll("acme-", "beta-")
            .replaceAll("meet.acme.example", "meet.beta.example")
            .replaceAll("10.20.", "10.40.")
            .replaceAll("[abc]", "[def]"),
        ),
      ]);
    const loaded = loadFleetFrom(new Map([...accountFiles(), ...beta]));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.fleet.customers.map(({ id, webFiles: files }) => [id, files.size])).toEqual([
      ["abc", 0],
      ["def", 1],
    ]);
  });

  it("are never run", () => {
    expect(webFiles({ "config.js": "globalThis.ran = true; throw new Error('ran');\n" })).toHaveLength(1);
    expect(globalThis).not.toHaveProperty("ran");
  });

  it.each([
    ["config.js", "config.a = 1;\nconfig.b = [1, ;\n", "2:16", "Unexpected token ';'"],
    ["config.js", "config.a = ;", "1:12", "Unexpected token ';'"],
    ["config.js", "let config = {};", "1:5", "Identifier 'config' has already been declared"],
    ["config.js", "config.f = () => {\n  return a b;\n};\n", "2:12", "Unexpected identifier 'b'"],
    ["interface_config.js", "import x from 'y';\n", "1:1", "Cannot use import statement outside a module"],
  ])("are refused when a browser could not read them: %s %j", (name, text, place, reason) => {
    expect(problems({ [name]: text })).toEqual([
      `${WEB}/${name}:${place}  not a script (${reason}); allowed: JavaScript that browsers read; the page would ` +
        "break for everybody",
    ]);
  });

  it("may name what their script declares inside of something else", () => {
    expect(problems({ "config.js": "config.f = () => {\n  var interfaceConfig = 1;\n};\n" })).toEqual([]);
  });

  it("fit the machine's metadata together", () => {
    const half = "<".repeat(16_000); // six bytes each there
    expect(problems({ "branding/a.svg": half, "branding/b.svg": half })).toEqual([]);
    expect(problems({ "branding/a.svg": half, "branding/b.svg": `${half}${"<".repeat(1000)}` })).toEqual([
      `${WEB}:1:1  its files take 198008 bytes of the server's metadata, where quotes and <, >, & take more than one; ` +
        "allowed: at most 196608; the largest is branding/b.svg with 102004; put it on a web server and name its address",
    ]);
  });
});
