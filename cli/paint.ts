import pc from "picocolors";
import type { Terminal } from "./terminal";

/** Colours for one of the two outputs; without a screen the same functions change nothing. */
export type Paint = ReturnType<typeof pc.createColors>;

/**
 * Colours only where a person looks: on a screen, unless NO_COLOR is set (https://no-color.org) or TERM is `dumb`;
 * FORCE_COLOR asks for them anywhere.
 */
export function paintFor(
  terminal: Terminal,
  output: "out" | "err",
  environment: NodeJS.ProcessEnv = process.env,
): Paint {
  const { NO_COLOR: none, FORCE_COLOR: forced, TERM: term } = environment;
  const isScreen = (output === "out" ? terminal.outIsScreen : terminal.errIsScreen) ?? false;
  if (none !== undefined && none !== "") return pc.createColors(false);
  if (forced !== undefined && forced !== "" && forced !== "0") return pc.createColors(true);
  return pc.createColors(isScreen && term !== "dumb");
}
