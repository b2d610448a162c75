import { readFileSync } from "node:fs";
import { RESTARTS_BRIDGE } from "../../review/rules/linode-push-rules";

describe("RESTARTS_BRIDGE", () => {
  it("is what fleet-push drains and restarts a bridge for", () => {
    const program = readFileSync("programs/fleet-push.py", "utf8");
    const [, pattern] = /re\.match\(r"(\/etc\/fleet\/[^"]+)", path\)/.exec(program) ?? [];
    expect(RESTARTS_BRIDGE.source.replace("^", "").replaceAll("\\/", "/")).toBe(pattern);
  });
});
