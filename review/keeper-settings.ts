import type { KeeperPool } from "../model/keeper-file";
import type { Json } from "../rollout/planned-object";
import { sameJson } from "./changed-values";
import { COMPOSE, composeOf } from "./compose-file";
import { isShort } from "./drain-deadline";
import { KEEPER_FILE, nameOf, poolsActedOn } from "./keeper-modes";
import type { MachineFiles } from "./machine-files";
import type { PlacedVerdict } from "./verdict";

/** Which way a setting lets a keeper drain earlier, more bridges, or for less long. What is not here counts both ways. */
const REMOVES_MORE: Readonly<Record<string, "up" | "down">> = {
  min: "down",
  drainsAtOnce: "up",
  fullStress: "up",
  releaseStress: "up",
  surplusSeconds: "down",
  protectSeconds: "down",
  drainDeadlineSeconds: "down",
  moveAtDeadline: "up",
  moveEarlyBelow: "up",
  moveEarlySeconds: "down",
  staleSeconds: "up",
  settleSeconds: "down",
  mixedSeconds: "up",
  lookaheadSeconds: "down",
};

/** How often it looks, for how long it waits for an answer, what it writes on its points, what it says about a renewal. */
const HARMLESS = ["intervalSeconds", "requestSeconds", "tags", "bootSeconds"];

/** What it means that a keeper which acts, before and after, decides by other settings, or is another program. */
export function keeperSettings(before: MachineFiles, after: MachineFiles): PlacedVerdict[] {
  const [was, is] = [poolsActedOn(before), poolsActedOn(after)];
  const kept = [...is.values()].flatMap((pool) => {
    const old = was.get(pool.pool);
    return old ? [[old, pool] as const] : [];
  });
  return [
    ...kept.flatMap(([old, now]) => otherSettings(old, now)),
    ...(kept.length > 0 && programOf(before) !== programOf(after)
      ? [
          {
            notice: "drains bridges" as const,
            says: "the keeper is another program from now on: which bridges it drains, and when, may be otherwise",
            instead:
              "Read what changes in keeper/decide/ and docs/scaling.md, and deploy it to one customer first.",
            at: [COMPOSE],
          },
        ]
      : []),
  ];
}

function otherSettings(before: KeeperPool, after: KeeperPool): PlacedVerdict[] {
  const [was, is] = [flat(before), flat(after)];
  const more = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (key) => !sameJson(was[key], is[key]) && !HARMLESS.includes(key) && removesMore(key, was[key], is[key]),
  );
  if (more.length === 0) return [];
  const atOnce = more.includes("drainDeadlineSeconds") && isShort(Number(is["drainDeadlineSeconds"]) / 60);
  return [
    {
      notice: atOnce && is["moveAtDeadline"] !== false ? "moves calls" : "drains bridges",
      says: `the keeper of ${nameOf(after)} drains earlier, more bridges or for less long than before (${more.join(", ")})`,
      at: [KEEPER_FILE],
    },
  ];
}

const flat = ({ settings, ...pool }: KeeperPool): Readonly<Record<string, Json>> =>
  ({ ...pool, ...settings }) as unknown as Readonly<Record<string, Json>>;

function removesMore(key: string, was: Json | undefined, is: Json | undefined): boolean {
  if (key === "schedules") return !schedulesStay(was, is);
  const way = Object.hasOwn(REMOVES_MORE, key) ? REMOVES_MORE[key] : undefined;
  const [before, after] = [Number(was), Number(is)];
  return way === undefined || !(way === "up" ? after < before : after > before);
}

/** Each schedule of before is still there, and asks for as many bridges. */
const schedulesStay = (was: Json | undefined, is: Json | undefined): boolean =>
  schedulesIn(was).every(({ minBridges, ...times }) =>
    schedulesIn(is).some(
      (now) =>
        sameJson({ ...now, minBridges: 0 }, { ...times, minBridges: 0 }) && now.minBridges >= minBridges,
    ),
  );

type Schedule = { readonly minBridges: number } & { readonly [key: string]: Json };

const schedulesIn = (value: Json | undefined): readonly Schedule[] =>
  (Array.isArray(value) ? value : []) as unknown as readonly Schedule[];

/** The hash by which the keeper's program is fetched. */
const programOf = (files: MachineFiles): string =>
  /--sha256=(\w+)/.exec(JSON.stringify(composeOf(files).services?.["keeper"] ?? {}))?.[1] ?? "";
