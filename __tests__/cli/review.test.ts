import { rmSync } from "node:fs";
import { join } from "node:path";
import { FleetCommand } from "../builders/fleet-command";

let fleet: FleetCommand;
beforeEach(() => {
  fleet = new FleetCommand();
  fleet.write();
});
afterEach(() => fleet.close());

describe("fleet review", () => {
  it.each([
    [["--allow", "everything"], '--allow everything: no such class; allowed are "none", "new calls only", '],
    [["--json", "--markdown"], "--markdown and --json: choose one."],
    [["--base", "main", "--base-dir", "x"], "--base and --base-dir: choose one."],
  ])("refuses %p as called wrongly", async (args, words) => {
    const { code, out, err } = await fleet.run(["review", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });

  it("says when there is nothing to compare with, in the form that was asked for", async () => {
    const args = ["review", "--base-dir", join(fleet.folder, "nowhere")];
    const words = `${join(fleet.folder, "nowhere")} is no base: it has no synthesized/manifest.json.`;
    expect(await fleet.run(args)).toEqual({ code: 1, out: "", err: `${words}\n` });
    const json = await fleet.run([...args, "--json"]);
    expect(json).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(json.out)).toMatchObject({
      outcome: "refused",
      problem: words,
      isAllowed: false,
      stacks: [],
      ...{ capacity: null, cost: null, policies: null },
    });
    expect((await fleet.run([...args, "--markdown"])).out).toContain(
      `## Fleet review: not possible\n\n\`\`\`\n${words}`,
    );
  });

  it("says what is wrong with the accounts first", async () => {
    rmSync(join(fleet.accounts, "acme/account.yaml"));
    const { code, err } = await fleet.run(["review"]);
    expect(code).toBe(1);
    expect(err).toContain("account.yaml");
  });

  it("says it where the review is read: in the comment, and in the object for machines", async () => {
    fleet.write({ "accounts/acme/account.yaml": "gcp: { projekt: x }\n" });
    const markdown = await fleet.run(["review", "--markdown"]);
    expect(markdown).toMatchObject({ code: 1, err: "" });
    expect(markdown.out).toMatch(
      /^<!-- fleet review -->\n## Fleet review: not possible\n\n```\n[^`]*account\.yaml:\d+:\d+ {2}gcp\.projekt: /,
    );
    const json = await fleet.run(["review", "--json"]);
    expect([json.code, JSON.parse(json.out)]).toMatchObject([
      1,
      { outcome: "refused", isAllowed: false, problem: expect.stringContaining("gcp.projekt") },
    ]);
  });
});
