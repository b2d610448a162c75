import { loadAccounts } from "../../cli/load-accounts";
import { MODELINES } from "../builders/account-files";
import { FleetCommand } from "../builders/fleet-command";

describe("loadAccounts", () => {
  const fleet = new FleetCommand();
  afterAll(() => fleet.close());

  // 5 files of the fleet of tests, and 40 that are as good as empty.
  const more = Array.from({ length: 40 }, (_, index) => [
    `accounts/acme/customers/more${index}.yaml`,
    MODELINES.customer,
  ]);
  beforeAll(() => fleet.write(Object.fromEntries(more) as Record<string, string>));

  /** What is on the screen of `err`, when each look at the clock is `milliseconds` after the one before. */
  function shown(milliseconds: number, errIsScreen = true): readonly string[] {
    let [now, err] = [-milliseconds, ""];
    const terminal = { out: () => undefined, err: (text: string) => void (err += text), errIsScreen };
    const loaded = loadAccounts(terminal, fleet.accounts, { now: () => (now += milliseconds) });
    expect((loaded.ok ? loaded.fleet : loaded.readable).accounts).toHaveLength(1);
    return err.split("\r\u001b[K").slice(1);
  }

  it("says from one second on how many files are read, then that they are checked, and takes it away", () => {
    expect(shown(500)).toEqual(["reading accounts/: 40 of 45 files …", "checking accounts/: 45 files …", ""]);
  });

  it("says nothing when it took no second, or where there is no screen", () => {
    expect(shown(300)).toEqual([]);
    expect(shown(500, false)).toEqual([]);
  });
});
