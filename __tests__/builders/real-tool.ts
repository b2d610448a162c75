import { spawnSync } from "node:child_process";

/**
 * Whether a real program, or what of Linux it needs, is here to read what we wrote. On a user's machine its absence is a visible line, and the
 * tests that need it are skipped; in CI, where `.ci/run` installs it, it is a failure.
 *
 * @param unread What stays unread without it.
 * @param probe A command that ends with 0 when the program can be used.
 */
export function hasRealTool(
  program: string,
  unread: string,
  probe: readonly [string, ...string[]] = [program, "--version"],
): boolean {
  const [command, ...words] = probe;
  if (spawnSync(command, words).status === 0) return true;
  const message = `${program} is missing: ${unread}`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
  return false;
}
