import { spawnSync } from "node:child_process";

/**
 * Whether a real program is here to read what we wrote. On a user's machine its absence is a visible line, and the
 * tests that need it are skipped; in CI, where `.ci/run` installs it, it is a failure.
 *
 * @param words What it is called with to see whether it is there; it has to end with 0.
 * @param unread What stays unread without it.
 */
export function hasRealTool(program: string, words: readonly string[], unread: string): boolean {
  if (spawnSync(program, words).status === 0) return true;
  const message = `${program} is not installed: ${unread}`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
  return false;
}
