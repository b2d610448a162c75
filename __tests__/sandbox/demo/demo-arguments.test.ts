import { readDemoArguments } from "../../../sandbox/demo/demo-arguments";

const read = (...args: string[]): unknown => readDemoArguments(args, "accounts");

describe("readDemoArguments", () => {
  it("reads an account, or none, or the wish to destroy", () => {
    expect(read()).toEqual({ destroy: false, account: undefined });
    expect(read("globex")).toEqual({ destroy: false, account: "globex" });
    expect(read("--destroy")).toEqual({ destroy: true, account: undefined });
  });

  it.each([
    [["--foo"], /^Unknown option '--foo'\.\nUsage: /],
    [["acme", "globex"], /^The demo deploys one account, not acme and globex\.\nUsage: /],
    [["--destroy", "acme"], /^--destroy removes everything and takes no account: leave out acme\.$/],
    [["acmee"], /^There is no account acmee; there are acme, globex\.$/],
    [["../accounts/acme"], /^There is no account/],
  ])("refuses %j", (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});
