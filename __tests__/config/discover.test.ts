import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AccountTree } from "../../config/account-tree";
import { discover } from "../../config/discover";
import { loadFleet, loadFleetFrom } from "../../config/load-fleet";
import { ProblemList } from "../../config/problem-list";
import { accountFiles, MODELINES } from "../builders/account-files";

/** What git, Windows or an editor would spoil is made here instead of lying among the fixtures. */
describe("discover", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fleet-discover-"));
    for (const [path, content] of accountFiles()) write(path, content);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }

  /** `path: message` of every problem. */
  function problems(root = "accounts"): string[] {
    const loaded = loadFleet(join(folder, root));
    return loaded.ok ? [] : loaded.problems.map(({ file, message }) => `${file}: ${message}`);
  }

  it("accepts the tree that the other cases break", () => expect(problems()).toEqual([]));

  it("refuses symbolic links, to files and to folders, and does not follow them", () => {
    symlinkSync("abc.yaml", join(folder, "accounts/acme/customers/xyz.yaml"));
    symlinkSync("acme", join(folder, "accounts/globex"));
    const message =
      "a symbolic link; allowed: real files and folders, so that a review shows what is read; copy the file";
    expect(problems()).toEqual([
      `accounts/acme/customers/xyz.yaml: ${message}`,
      `accounts/globex: ${message}`,
    ]);
  });

  it("refuses symbolic links among the files of a page, whatever they lead to", () => {
    mkdirSync(join(folder, "accounts/acme/customers/abc/web"), { recursive: true });
    symlinkSync("/etc/passwd", join(folder, "accounts/acme/customers/abc/web/config.js"));
    symlinkSync("/etc", join(folder, "accounts/acme/customers/abc/web/branding"));
    const message =
      "a symbolic link; allowed: real files and folders, so that a review shows what is read; copy the file";
    expect(problems()).toEqual(
      ["branding", "config.js"].map((name) => `accounts/acme/customers/abc/web/${name}: ${message}`),
    );
  });

  it("names what editors and file managers leave behind", () => {
    const leftovers = ["abc.yaml~", ".abc.yaml.swp", "abc.yaml.orig", "#abc.yaml#"];
    for (const name of leftovers) write(`accounts/acme/customers/${name}`, "x");
    write("accounts/.DS_Store", "x");
    expect(problems()).toEqual([
      "accounts/.DS_Store: left behind by a file manager; allowed: defaults.yaml, README.md and one folder per " +
        "account; remove it, and ignore it in your own git settings",
      ...leftovers
        .sort()
        .map(
          (name) =>
            `accounts/acme/customers/${name}: left behind by an editor or a merge; allowed: one <id>.yaml per ` +
            "customer, a folder <id> with files of its page, and README.md; remove it",
        ),
    ]);
  });

  it("does not read a huge file", () => {
    write("accounts/acme/customers/abc.yaml", `${MODELINES.customer}#${"x".repeat(300 * 1024)}\n`);
    expect(problems()).toEqual([
      "accounts/acme/customers/abc.yaml: the file has 301 KiB; allowed: at most 256 KiB; look at what was put in it",
    ]);
  });

  it("refuses an account folder that holds only what keeps it in git", () => {
    write("accounts/globex/.gitkeep", "");
    expect(problems()).toEqual([
      "accounts/globex/account.yaml: missing; every account folder has one; copy another account's and edit it, " +
        "or remove the folder",
    ]);
  });

  it("refuses an empty directory, which would destroy everything", () => {
    mkdirSync(join(folder, "empty"));
    expect(problems("empty")).toEqual([
      "empty: holds no account; allowed: one folder per account; look for what removed them",
    ]);
  });

  it.each(["nowhere", "accounts/defaults.yaml"])("refuses %s as the accounts directory", (root) =>
    expect(problems(root)).toEqual([
      `${root.split("/").pop()!}: no such directory; allowed: the directory of the accounts; name it with --accounts, or begin with npx fleet new account`,
    ]),
  );

  it("refuses a folder where a file belongs", () => {
    mkdirSync(join(folder, "accounts/acme/customers/xyz.yaml"));
    expect(problems()).toEqual([
      "accounts/acme/customers/xyz.yaml: has no place here; allowed: one <id>.yaml per customer, a folder <id> with " +
        "files of its page, and README.md; move it elsewhere or remove it",
    ]);
  });

  it("says that two names differ only in case, which some file systems cannot hold", () => {
    const files = accountFiles({ "accounts/acme/pools/EU-burst.yaml": "" });
    const loaded = loadFleetFrom(files);
    expect(loaded.ok ? [] : loaded.problems.map(({ message }) => message)).toContain(
      '"EU-burst" is not valid as the id of a pool; allowed: lower-case letters, digits and single hyphens, ' +
        "starting with a letter; eu-burst.yaml differs only in case: keep one of the two",
    );
  });

  it("shows file names without characters that would change the terminal or the line", () => {
    write("accounts/acme/customers/a\u001b[31m\nb.yaml", "x");
    expect(problems().every((line) => !/[\u001b\n]/.test(line))).toBe(true);
    expect(problems()[0]).toMatch(/^accounts\/acme\/customers\/a\\u001b\[31m\\u000ab\.yaml: /);
  });

  it("reports a file that this user may not read", () => {
    const tree: AccountTree = {
      name: "accounts",
      entries: [
        { path: "acme", kind: "directory" },
        { path: "acme/account.yaml", kind: "file" },
        { path: "acme/pools", kind: "unreadable" },
        { path: "acme/socket", kind: "other" },
      ],
      read: () => "unused",
    };
    const list = new ProblemList();
    discover(tree, list);
    expect(list.all().map(({ file, message }) => `${file}: ${message}`)).toEqual([
      "accounts/acme/pools: the folder cannot be listed; allow this user to read it",
      "accounts/acme/socket: neither a file nor a folder; allowed: account.yaml, customers/, pools/ and README.md; " +
        "remove it",
    ]);
    if (process.getuid?.() === 0) return; // root reads everything
    chmodSync(join(folder, "accounts/defaults.yaml"), 0);
    expect(problems()).toEqual([
      "accounts/defaults.yaml: the file cannot be read (EACCES); allow this user to read it",
    ]);
  });
});
