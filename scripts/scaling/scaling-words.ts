import { KEEPER_DEFAULTS, KEEPER_TIMES } from "../../model/keeper-defaults";

/** What each policy does. @param target How plain's target compares with the keeper's; `plain-target.ts` says it. */
export const policyParagraphs = (target: string): readonly string[] => [
  "- **plain** is Google's autoscaler of a managed instance group alone, with a target of 0.5 for the processors and a",
  "  cool-down of 200 s, as this project's predecessor ran it. Ten minutes after a load is gone it deletes machines, whichever",
  "  it likes: everybody on them is cut off, and comes back to another bridge after 15 to 30 seconds.",
  `  Its target is ${target}`,
  "- **jitsi** is Jitsi's own autoscaler with the numbers that 8x8 runs bridges with: one more when the mean stress has been 0.3",
  "  or more for two minutes, one less when it has been below 0.1 for ten, ten minutes of rest after each, victims leave when",
  "  they are empty. It knows no schedules.",
  "- **keeper** is ours: the autoscaler only adds, by stress and by processors, the keeper takes away. It is the keeper's own",
  "  `decide` (`keeper/decide/`), asked every 30 seconds, with the defaults of a pool's file: the bridge of fewest calls is drained",
  "  when the others would stay below `fullStress`, load that returns takes drains back first, whoever is left at",
  `  \`drainDeadlineMinutes\` is moved by Jicofo, ${KEEPER_DEFAULTS.moveEarlyBelow} or fewer (\`moveEarlyBelow\`) already from`,
  `  ${KEEPER_TIMES.moveEarlySeconds / 60} minutes after the drain on, and only an empty machine is deleted.`,
  "- **keeper-never-moves** is the same with `moveAtDeadline: false`: it waits until the last one has left by himself.",
  "- **clairvoyant** is no policy but a bound: at each moment the fewest bridges that carry everybody at stress 0.8 and the",
  "  pool's minimum, as if all calls could be packed anew every second and everything were known before, and a machine boots",
  "  or runs on, whichever is cheaper. No policy that cuts no call and overloads no bridge gets below it.",
];

/** How the simulator models the world, what of it is known and what is not. */
export const MODEL: readonly string[] = [
  "## The model, and its limits",
  "",
  "An event for each join, leave, boot and presence; everything that happens by chance is drawn from the seed, the same for",
  "every policy. All bridges are in one region and of one release.",
  "",
  "| part | how it is modelled | from |",
  "| --- | --- | --- |",
  "| choice of a bridge | Jicofo's order: not shutting down, rather not draining, not overloaded (stress 0.8, or 80 of one conference), one that has the conference, the least stress; joins of the last 20 s count ahead | its source, and runs |",
  "| what Jicofo knows | presences every 5 s, with a stress that the bridge counted within the 10 s before | runs |",
  "| drain, move, shutdown | heard of with the next presence; a move invites everybody anew; a told bridge goes 45 s later | runs |",
  "| autoscaler | the largest answer of its signals and schedules, rounded up; a peak of ten minutes before it takes away; loads of machines that initialise are no reason to add | Google's documentation |",
  "| metrics | means of whole minutes, readable one to two minutes later; a look each minute | inferred |",
  "| whom the plain autoscaler deletes | anybody, by chance | inferred: Google does not say |",
  "| boot | `bootSeconds`, times 0.9 to 1.2 | inferred |",
  "| load | 25 participants a processor are stress 1; with a camera 1.4, without 0.4 of the mean; two people alone load no bridge, they send to each other | inferred (`model/capacity.ts`) |",
  "| relays | each participant is a fifth of one for every other bridge that his conference is on, both ways, less where `lastN` is small | inferred |",
  "| overload | a bridge above stress 0.8 goes on; somebody is refused where there is no bridge, or all that take calls are at stress 1 | inferred |",
  "| who was cut off or refused | tries again after 15 to 30 s, until he would have left anyway | inferred |",
  "| meetings | two to eighty people, a third of them in large ones, 40 minutes in the mean; seven in ten begin at round times, most end at one | inferred |",
  "",
  "Not in it: machines and programs that fail, zones that are out of machines, preemption, other regions and pools, networks,",
  "a steal of processors by neighbours, deploys and renewals, clients that come back late. A bridge's stress has no noise, so",
  "measured weeks (`--trace file.csv`) and the dashboards decide, not this page.",
];
