import type { KeeperFile, KeeperPool, KeeperSchedule } from "../model/keeper-file";
import type { KeeperSettings } from "./decide/settings";
import { scheduledBridges } from "./scheduled-bridges";

/** Every setting of `decide`, with its type: the file comes from another program than this one, maybe of another age. */
const SETTINGS: Readonly<Record<keyof KeeperSettings, "number" | "boolean">> = {
  min: "number",
  drainsAtOnce: "number",
  fullStress: "number",
  releaseStress: "number",
  surplusSeconds: "number",
  protectSeconds: "number",
  drainDeadlineSeconds: "number",
  moveAtDeadline: "boolean",
  moveEarlyBelow: "number",
  moveEarlySeconds: "number",
  staleSeconds: "number",
  settleSeconds: "number",
  bootSeconds: "number",
  mixedSeconds: "number",
};

/**
 * What a keeper is told, checked as far as a wrong value would make it do wrong.
 * @throws Error with a sentence that names the field
 */
export function readKeeperFile(text: string): KeeperFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
  const file = record(json, "the file");
  assertText(file["customer"], "customer");
  assertAddress(file["jicofo"], "jicofo");
  const influxdb = record(file["influxdb"], "influxdb");
  assertAddress(influxdb["url"], "influxdb.url");
  assertText(influxdb["database"], "influxdb.database");
  assertText(influxdb["username"], "influxdb.username");
  if (file["endpoints"] !== undefined) {
    const endpoints = record(file["endpoints"], "endpoints");
    for (const name of ["compute", "storage", "metadata"])
      assertAddress(endpoints[name], `endpoints.${name}`);
  }
  if (file["bridgePort"] !== undefined) assertNumber(file["bridgePort"], "bridgePort");
  if (!Array.isArray(file["pools"])) throw new Error("pools: missing; allowed: a list");
  for (const [index, pool] of file["pools"].entries()) checkPool(pool, `pools[${index}]`);
  const names = (file["pools"] as KeeperPool[]).map(({ pool }) => pool);
  if (new Set(names).size < names.length) throw new Error("pools: two have the same name");
  return json as KeeperFile;
}

function checkPool(value: unknown, at: string): void {
  const pool = record(value, at);
  for (const field of ["pool", "project", "region", "group"]) assertText(pool[field], `${at}.${field}`);
  if (pool["mode"] !== "act" && pool["mode"] !== "observe")
    throw new Error(`${at}.mode: allowed: act, observe`);
  const store = record(pool["store"], `${at}.store`);
  assertText(store["bucket"], `${at}.store.bucket`);
  assertText(store["prefix"], `${at}.store.prefix`);
  if (!(assertNumber(pool["intervalSeconds"], `${at}.intervalSeconds`) > 0))
    throw new Error(`${at}.intervalSeconds: allowed: more than 0`);
  if (
    pool["requestSeconds"] !== undefined &&
    !(assertNumber(pool["requestSeconds"], `${at}.requestSeconds`) > 0)
  )
    throw new Error(`${at}.requestSeconds: allowed: more than 0`);
  assertNumber(pool["lookaheadSeconds"], `${at}.lookaheadSeconds`);
  if (!Array.isArray(pool["schedules"])) throw new Error(`${at}.schedules: missing; allowed: a list`);
  for (const [index, each] of pool["schedules"].entries()) checkSchedule(each, `${at}.schedules[${index}]`);
  for (const [tag, value] of Object.entries(record(pool["tags"], `${at}.tags`)))
    assertText(value, `${at}.tags.${tag}`);
  const settings = record(pool["settings"], `${at}.settings`);
  for (const [name, type] of Object.entries(SETTINGS)) {
    if (type === "number") assertNumber(settings[name], `${at}.settings.${name}`);
    else if (typeof settings[name] !== "boolean")
      throw new Error(`${at}.settings.${name}: allowed: true, false`);
  }
}

function checkSchedule(value: unknown, at: string): void {
  const schedule = record(value, at);
  for (const field of ["start", "timeZone"]) assertText(schedule[field], `${at}.${field}`);
  for (const field of ["durationSeconds", "minBridges"]) assertNumber(schedule[field], `${at}.${field}`);
  try {
    scheduledBridges([{ ...(value as KeeperSchedule), minBridges: 1 }], 0, 0);
  } catch (error) {
    throw new Error(`${at}: ${(error as Error).message}`);
  }
}

/** The settings of a pool from a file that was checked. */
export const settingsOf = (pool: KeeperPool): KeeperSettings => pool.settings as unknown as KeeperSettings;

/** Longest time that one request of a pool's keeper may take. */
export const requestSecondsOf = ({ requestSeconds, intervalSeconds }: KeeperPool): number =>
  requestSeconds ?? intervalSeconds / 6;

function record(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(`${at}: missing; allowed: an object`);
}

function assertText(value: unknown, at: string): void {
  if (typeof value !== "string" || value === "") throw new Error(`${at}: missing; allowed: a text`);
}

function assertAddress(value: unknown, at: string): void {
  if (typeof value !== "string" || !URL.canParse(value))
    throw new Error(`${at}: missing; allowed: a URL without a path`);
}

function assertNumber(value: unknown, at: string): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${at}: missing; allowed: a number, 0 or more`);
}
