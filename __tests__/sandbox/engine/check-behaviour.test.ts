import { checkBehaviour } from "../../../sandbox/engine/check-behaviour";
import { UNKNOWN } from "../../../sandbox/protocol/value";
import type { Behaviour } from "../../../sandbox/engine/behaviour";
import type { Values } from "../../../sandbox/protocol/value";

const behaviour: Behaviour = {
  id_format: "{{name}}",
  requires_replace: [],
  enums: { "nic.type": ["A", "B"] },
  conflicts_with: { "nic.ip": ["nic.ipv6"] },
  required_with: { secret: ["version"] },
  exactly_one_of: { allow: ["allow", "deny"], deny: ["allow", "deny"] },
  at_least_one_of: { "log.rate": ["log.rate", "log.filter"], "log.filter": ["log.rate", "log.filter"] },
};
const valid: Values = { allow: [{}], deny: [], nic: [], log: [], secret: null, version: null };
const check = (given: Values): string[] =>
  checkBehaviour(behaviour, [], { ...valid, ...given }).map(({ summary, detail, path }) =>
    [path!.join("."), summary, detail].filter((part) => part !== undefined).join(" | "),
  );

describe("checkBehaviour", () => {
  it("passes what is right and what is not known yet", () => {
    expect(check({})).toEqual([]);
    expect(
      check({ nic: [{ type: UNKNOWN, ip: UNKNOWN, ipv6: null }], allow: UNKNOWN, log: UNKNOWN }),
    ).toEqual([]);
  });

  it("refuses a value outside a list, in the block where it is", () => {
    const nic = [
      { type: "A", ip: null, ipv6: null },
      { type: "C", ip: null, ipv6: null },
    ];
    expect(check({ nic })).toEqual(['nic.1.type | expected nic.1.type to be one of ["A" "B"], got C']);
  });

  it("refuses arguments that exclude each other in one block, and not in two", () => {
    const both = { type: "A", ip: "1", ipv6: "2" };
    expect(check({ nic: [both] })).toEqual([
      'nic.0 | Conflicting configuration arguments | "nic.0.ip": conflicts with nic.0.ipv6',
    ]);
    expect(
      check({
        nic: [
          { ...both, ip: null },
          { ...both, ipv6: null },
        ],
      }),
    ).toEqual([]);
  });

  it("refuses an argument without its companion", () => {
    expect(check({ secret: "x" })).toEqual([
      ' | Missing required argument | "secret": all of `secret,version` must be specified',
    ]);
  });

  it("says once that one of several is needed, or that there are too many", () => {
    expect(check({ allow: [] })).toEqual([
      ' | Invalid combination of arguments | "allow": one of `allow,deny` must be specified',
    ]);
    expect(check({ deny: [{}] })).toEqual([
      ' | Invalid combination of arguments | "allow": only one of `allow,deny` can be specified, but `allow,deny` were specified.',
    ]);
  });

  it("asks for at least one argument only in a block that is there", () => {
    expect(check({ log: [{ rate: null, filter: null }] })).toEqual([
      'log.0 | Missing required argument | "log.0.rate": one of `log.0.filter,log.0.rate` must be specified',
    ]);
  });
});
