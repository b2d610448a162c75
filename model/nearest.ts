/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row.push(best);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}

/**
 * The candidate that a writer most likely meant, or undefined when none is near: at most one edit per `lettersPerEdit`
 * letters (a short list of candidates may be less strict), always one and never more than four.
 */
export function nearest(word: string, candidates: Iterable<string>, lettersPerEdit = 3): string | undefined {
  const lower = word.toLowerCase().slice(0, 64);
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of candidates) {
    if (Math.abs(name.length - lower.length) > 4) continue;
    const edits = distance(lower, name.toLowerCase());
    if (!best || edits < best.edits || (edits === best.edits && name < best.name)) best = { name, edits };
  }
  const tolerated = Math.min(4, Math.max(1, Math.floor(word.length / lettersPerEdit)));
  return best && best.edits <= tolerated ? best.name : undefined;
}
