/** Lines around each change. */
const CONTEXT = 2;
/** Cells of the table of common lines; a longer comparison shows everything as replaced. */
const LARGEST_TABLE = 4_000_000;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** A unified diff of two texts without its head; empty when they are the same. `@@` stands between distant changes. */
export function unifiedDiff(before: string, after: string): string[] {
  if (before === after) return [];
  const lines = diffLines(linesOf(before), linesOf(after));
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== " "),
  );
  return lines.flatMap(({ sign, text }, index) =>
    shown[index]
      ? [
          ...(index > 0 && !shown[index - 1] && shown.slice(0, index).some(Boolean) ? ["@@"] : []),
          `${sign}${text}`,
        ]
      : [],
  );
}

const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const same = (texts: readonly string[]): Line[] => texts.map((text) => ({ sign: " ", text }));
  return [
    ...same(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

/** By the longest common subsequence, what goes before what comes. */
function middle(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const all = (sign: "-" | "+", texts: readonly string[]): Line[] => texts.map((text) => ({ sign, text }));
  if (before.length * width > LARGEST_TABLE) return [...all("-", before), ...all("+", after)];
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ sign: " ", text: before[i]! });
      i++;
      j++;
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) {
      lines.push({ sign: "-", text: before[i++]! });
    } else {
      lines.push({ sign: "+", text: after[j++]! });
    }
  }
  return [...lines, ...all("-", before.slice(i)), ...all("+", after.slice(j))];
}
