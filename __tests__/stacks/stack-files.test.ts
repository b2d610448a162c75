import { Lazy, Token } from "cdktf";
import { StackFiles } from "../../stacks/stack-files";

const role = (path: string, text: string) => {
  const files = new StackFiles("customer-abc");
  return { files, add: () => files.addRole("server", new Map([[path, text]])) };
};
const token = Lazy.anyValue({ produce: () => "later" });

describe("StackFiles", () => {
  it("keeps a machine's file below its role, and tells where", () => {
    const { files, add } = role("/etc/fleet/web.env", "A=1\n");
    expect(add()).toEqual(new Map([["/etc/fleet/web.env", "files/server/etc/fleet/web.env"]]));
    expect(files.all).toEqual(new Map([["files/server/etc/fleet/web.env", "A=1\n"]]));
  });

  it("takes text as it is: nothing in it is Terraform's", () => {
    const text = 'a=${HOME} b=%{x} c="\'\\n" d=$${x}\n';
    const { files, add } = role("/etc/fleet/web.env", text);
    add();
    expect([...files.all.values()]).toEqual([text]);
  });

  it.each([
    ["a text", () => Token.asString(token)],
    ["part of a text", () => `https://${Token.asString(token)}/`],
    ["a number in a text", () => `port=${Token.asNumber(token)}`],
    ["a list in a text", () => `hosts=${Token.asList(token).join(",")}`],
  ])("refuses a value that is known only after apply: %s", (_, text) => {
    expect(role("/etc/fleet/web.env", `${text()}\n`).add).toThrow(
      "customer-abc: files/server/etc/fleet/web.env holds a value that is known only after apply, but its text is " +
        "fixed at synth. Fix the value in the model, or let the machine read it at boot.",
    );
  });

  it("lets ordinary numbers pass", () => {
    expect(role("/etc/fleet/web.env", "-8.5e+298 -1.8881545897087503e+289\n").add).not.toThrow();
  });

  it.each(["etc/fleet", "/", "/etc/../passwd", "/etc//fleet", "/etc/./fleet"])(
    "refuses the path %s",
    (path) => {
      expect(role(path, "").add).toThrow(`"${path}" is no place for a machine's file.`);
    },
  );

  it("keeps a document beside the roles", () => {
    const files = new StackFiles("customer-abc");
    expect(files.addDocument("cloud-init.yaml", "#cloud-config\n")).toBe("files/cloud-init.yaml");
  });
});
