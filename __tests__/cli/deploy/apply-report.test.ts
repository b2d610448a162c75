import { ApplyReport } from "../../../cli/deploy/apply-report";
import type { Purpose } from "../../../cli/deploy/deployer";
import type { PlannedChange } from "../../../rollout/judge-plan";

const POOL = "bridges-acme-nl-static";
const CUSTOMER = "customer-abc";
const change = (action: PlannedChange["action"], address = "a.b"): PlannedChange => ({ action, address });
const done = { end: "done", said: "" } as const;

/** A report on two stacks, a clock that is set by hand, and what was printed and shown. */
function reported({ purpose = "deploy", verbose = false }: { purpose?: Purpose; verbose?: boolean } = {}) {
  const [said, shown] = [[] as string[], [] as string[]];
  const clock = { milliseconds: 0 };
  const plans = new Map([
    [POOL, [change("create", "a.b"), change("replace", "a.c")]],
    [CUSTOMER, [change("update")]],
  ]);
  const report = new ApplyReport([POOL, CUSTOMER], plans, {
    purpose,
    verbose,
    say: (text) => said.push(...text.trimEnd().split("\n")),
    show: (text) => shown.push(text),
    now: () => clock.milliseconds,
  });
  return { report, said, shown, clock };
}

describe("ApplyReport", () => {
  it("has a line for each beginning and each end, with counts, seconds and outputs", () => {
    const { report, said, clock } = reported();
    clock.milliseconds = 3100;
    for (const text of [
      "a.b: Creating...",
      "a.b: Creation complete after 0s [id=x]",
      "",
      "Apply complete! Resources: 2 added, 0 changed, 1 destroyed.",
      "",
      "Outputs:",
      "",
      "name-servers = tolist([",
      '  "ns-cloud-a1.googledomains.com.",',
      "])",
      "Warning: something is deprecated",
      "for a reason of its own",
    ])
      report.line(POOL, text);
    report.ended(POOL, done);
    clock.milliseconds = 14_000;
    report.ended(CUSTOMER, { end: "failed", said: "Error: no" });
    expect(said).toEqual([
      "  bridges-acme-nl-static  deploying …",
      "  customer-abc            deploying …",
      "  bridges-acme-nl-static  deployed: 2 added, 0 changed, 1 destroyed  (3 s)",
      "    name-servers = tolist([",
      '      "ns-cloud-a1.googledomains.com.",',
      "    ])",
      "  customer-abc            failed  (14 s)",
    ]);
  });

  it("shows Terraform's last line, with how much of all plans is done: a replacement takes two steps", () => {
    const { report, shown } = reported();
    report.line(POOL, "a.c: Destruction complete after 0s");
    report.line(CUSTOMER, "");
    report.line(CUSTOMER, "a.b: Still modifying... [id=x, 10s elapsed]");
    expect(shown).toEqual([
      "1/4  bridges-acme-nl-static  a.c: Destruction complete after 0s",
      "1/4  customer-abc  a.b: Still modifying... [id=x, 10s elapsed]",
    ]);
  });

  it("counts what a destroy removes, and says what cdktf did not begin", () => {
    const { report, said } = reported({ purpose: "destroy" });
    report.line(POOL, "Apply complete! Resources: 0 added, 0 changed, 1 destroyed.");
    report.ended(POOL, done);
    report.ended(CUSTOMER, { end: "not begun", said: "cdktf has gone" });
    expect(said.slice(2)).toEqual([
      "  bridges-acme-nl-static  destroyed: 1 object  (0 s)",
      "  customer-abc            not begun",
    ]);
  });

  it("prints every line when it is verbose, and the outputs not twice", () => {
    const { report, said } = reported({ verbose: true });
    for (const text of ["a.b: Creating...", "", "Outputs:", 'address = "203.0.113.1"'])
      report.line(POOL, text);
    report.ended(POOL, done);
    expect(said.slice(2)).toEqual([
      "  bridges-acme-nl-static  a.b: Creating...",
      "  bridges-acme-nl-static  Outputs:",
      '  bridges-acme-nl-static  address = "203.0.113.1"',
      "  bridges-acme-nl-static  deployed  (0 s)",
    ]);
  });
});
