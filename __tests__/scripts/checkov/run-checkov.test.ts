import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCheckovWaivers, WAIVERS_FILE } from "../../../scripts/checkov/read-waivers";

const ROOT = join(__dirname, "../../..");

/** Without Checkov: proofs/checkov.test.ts asks the real one. */
describe("npm run checkov", () => {
  const on = (today: string) =>
    spawnSync(process.execPath, ["--import", "tsx", "scripts/run-checkov.ts", "--today", today], {
      cwd: ROOT,
      encoding: "utf8",
    });

  it("fails the day after a waiver has ended, and says where and what to do", () => {
    const { waivers } = readCheckovWaivers(readFileSync(join(ROOT, WAIVERS_FILE)));
    const first = waivers.reduce((one, other) => (other.until < one.until ? other : one));
    const after = new Date(Date.parse(first.until) + 86_400_000).toISOString().slice(0, 10);
    const { status, stdout, stderr } = on(after);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const [line] = stderr.split("\n").filter((each) => each.includes(`${first.rule} on ${first.on} ended`));
    expect(line).toMatch(
      /^scripts\/checkov\/waivers\.yaml:\d+:\d+ {2}waivers\[\d+\]\.until: the waiver of .* ended on .*; mend the finding and /,
    );
    expect(stderr).toMatch(/ problems? .*in 1 file\. Checkov was not asked\.\n/);
  });

  it("takes no day that the calendar does not have: no waiver would end on it", () =>
    expect(on("2027-02-30")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: '--today: "2027-02-30" is no day; allowed: one such as 2027-01-31; leave it out for today\n',
    }));
});
