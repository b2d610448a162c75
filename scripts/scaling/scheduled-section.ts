import { figure } from "../../model/figure";
import type { PolicyName, Totals } from "../../simulate/result";
import { markdownTable } from "./markdown-table";
import { percent } from "./ratios-of";
import type { Run, ScalingResults, Scheduled } from "./scaling-results";

/** "What a schedule does": each trace that has a schedule, without it and with it. */
export function scheduledSection(results: ScalingResults): readonly string[] {
  const traces = [...new Set(results.scheduled.map(({ trace }) => trace))];
  return [
    "## What a schedule does",
    "",
    "The same traces and seeds, the pool with a schedule for its fullest hours, and without one. To plain: bridge-hours",
    "against plain without a schedule; and against plain with the same one.",
    "",
    ...traces.flatMap((trace) => ofTrace(results, trace)),
    ...LESSONS,
    "",
  ];
}

/** A test holds them against the data. */
const LESSONS = [
  "**A schedule for a steep rush pays for itself.** Without one the first lesson finds two bridges, and the autoscaler answers",
  "their overload with up to all 30 that it may have; with 8 that are there before, hardly anybody is refused, and it costs",
  "fewer bridge-hours. An office fills over hours, and the autoscaler follows: 4 bridges change little there, and 8 buy fewer",
  "refused with an eighth more bridge-hours. So ask for what the fullest hours need, not for half of it.",
  "",
  "The keeper interrupts nobody with a schedule either. With 8 bridges for the school it has a quarter more overload than",
  "plain with as many, in part because it drains already in the short breaks between lessons, where plain waits for ten",
  "minutes; with 12 it has no more.",
];

const totalsOf = (runs: readonly Run[], policy: PolicyName, trace: string): Totals =>
  runs.find((run) => run.policy === policy && run.trace === trace)!.totals;

function ofTrace({ runs, scheduled }: ScalingResults, trace: string): readonly string[] {
  const own = scheduled.filter((one) => one.trace === trace);
  const plain = totalsOf(runs, "plain", trace);
  const policies = own[0]!.runs.map(({ policy }) => policy);
  const rows = (name: string, of: readonly Run[], bare: boolean) =>
    policies.map((policy) => {
      const totals = totalsOf(of, policy, trace);
      return [
        name,
        policy,
        figure(totals.interrupted, 0),
        `${percent(totals.moved, totals.participants).toFixed(2)} %`,
        figure(totals.overloadMinutes, 0),
        figure(totals.joinsRefused, 0),
        figure(totals.bridgeHours, 0),
        (totals.bridgeHours / plain.bridgeHours).toFixed(3),
        bare ? "" : (totals.bridgeHours / totalsOf(of, "plain", trace).bridgeHours).toFixed(3),
      ];
    });
  return [
    `**${trace}**, ${inWords(own[0]!.schedule)}:`,
    "",
    ...markdownTable(
      [
        ...["`minBridges`", "policy", "interrupted", "moved", "overload min", "refused", "bridge-hours"],
        ...["to plain", "to plain with it"],
      ],
      [
        ...rows("none", runs, true),
        ...own.flatMap((one) => rows(String(one.schedule.minBridges), one.runs, false)),
      ],
      2,
    ),
    "",
  ];
}

const inWords = ({ start, durationMinutes }: Scheduled["schedule"]): string =>
  `\`start: ${start}\` and \`durationMinutes: ${durationMinutes}\``;
