/** What Terraform did in one stack. */
export interface StackResult {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

const STEP = /^(.+): (?:Creation|Modifications|Destruction) complete/;
const APPLIED = /Resources: (?:\d+ imported, )?(\d+) added, (\d+) changed, (\d+) destroyed/;
const DESTROYED = /Resources: (\d+) destroyed/;

/** The address of an object that was made, changed or removed, by a line of an apply or a destroy. */
export const stepIn = (line: string): string | undefined => STEP.exec(line)?.[1];

/** The numbers at the end of an apply or a destroy. */
export function resultIn(line: string): StackResult | undefined {
  const applied = APPLIED.exec(line);
  if (applied) {
    const [added, changed, destroyed] = applied.slice(1).map(Number) as [number, number, number];
    return { added, changed, destroyed };
  }
  const destroyed = DESTROYED.exec(line);
  return destroyed ? { added: 0, changed: 0, destroyed: Number(destroyed[1]) } : undefined;
}
