import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackLog } from "../../../cli/deploy/stack-log";

const folder = mkdtempSync(join(tmpdir(), "stack-log-"));
const path = join(folder, "customer-abc.log");
afterAll(() => rmSync(folder, { recursive: true }));

describe("StackLog", () => {
  it("gives each whole line once, while somebody still writes", () => {
    writeFileSync(path, "of an earlier run\n");
    const log = new StackLog(folder, "customer-abc");
    expect([existsSync(path), log.newLines()]).toEqual([false, []]);
    const text = Buffer.from("one\n• two\nthr");
    writeFileSync(path, text.subarray(0, 5)); // in the middle of a letter
    expect(log.newLines()).toEqual(["one"]);
    appendFileSync(path, text.subarray(5));
    expect(log.newLines()).toEqual(["• two"]);
    expect([log.newLines(), log.lastLines(), log.lastLines()]).toEqual([[], ["thr"], []]);
  });
});
