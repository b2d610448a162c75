import type { App } from "cdktf";

/** cdktf's words around what the policies find. Its way to ignore that is none here: a stack with a finding is never written. */
const FINDINGS = /^Encountered Annotations with level "ERROR":\n([^]*?)\s*\n\nEither fix the issues above/;

/** Writes the stacks. @returns what to tell people where a policy is broken; undefined when all is written */
export function synthApp(app: Pick<App, "synth">): string | undefined {
  try {
    app.synth();
  } catch (error) {
    const [, findings] = FINDINGS.exec(error instanceof Error ? error.message : "") ?? [];
    if (findings === undefined) throw error;
    return (
      `A policy is broken:\n\n${findings}\n\n` +
      "Mend it, or name a waiver in account.yaml (docs/operations.md, Before you merge). " +
      "The stack was not written, and none after it.\n"
    );
  }
  return undefined;
}
