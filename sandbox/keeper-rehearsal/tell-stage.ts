import type { Stage } from "../stage/stage";

const HOUR = 3600;

/** `07:30` of the stage's day. @param from hour at which it began */
export function timeOfDay(seconds: number, from: number): string {
  const minutes = Math.floor(from * 60 + seconds / 60) % (24 * 60);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** How the pool stands, in one line. */
export function tellMoment({ machines, bridges, group, autoscaler, jicofo, ledger }: Stage): string {
  const draining = bridges.filter(({ jvb }) => jvb!.drain).length;
  const stress = bridges.map(({ jvb }) => jvb!.stress);
  return [
    `${jicofo.people} people`,
    `${bridges.length} bridges (${draining} draining)`,
    `${machines.length - bridges.length} booting`,
    `target ${group.target}, recommended ${autoscaler.recommendedSize ?? "?"}`,
    `stress ${Math.max(0, ...stress).toFixed(2)}`,
    `cut ${ledger.cuts.length}, moved ${ledger.moves.length}, refused ${ledger.refused}`,
  ].join(" · ");
}

/** What a rehearsal gave, as lines. @param keeper its name in the ledger */
export function tellResult({ ledger, clock }: Stage, keeper: string, machineSeconds: number): string[] {
  const count = (what: string): number => ledger.actsOf(what, keeper).length;
  return [
    `${(clock.now / HOUR).toFixed(1)} hours, ${ledger.joined} people joined, ${(machineSeconds / HOUR).toFixed(1)} bridge-hours`,
    `calls cut by the keeper: ${ledger.cutsBy(keeper).length}, by others: ${ledger.cuts.length - ledger.cutsBy(keeper).length}`,
    `moved by Jicofo: ${ledger.moves.length}, turned away: ${ledger.refused}`,
    `drained ${count("drain/enable")}, taken back ${count("drain/disable")}, deleted ${count("deleteInstances")}`,
  ];
}
