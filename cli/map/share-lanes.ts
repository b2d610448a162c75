/** From where to where a line runs, in whatever unit. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The lane of each span, from 0: spans that overlap or touch get different lanes, and short ones the first lanes, so that
 * long ones go around them.
 */
export function shareLanes(spans: readonly Span[]): readonly number[] {
  const lanes: Span[][] = [];
  const result = spans.map(() => 0);
  const order = spans
    .map((span, index) => ({ span, index }))
    .sort((a, b) => lengthOf(a.span) - lengthOf(b.span) || a.span.from - b.span.from || a.index - b.index);
  for (const { span, index } of order) {
    let lane = lanes.findIndex((taken) => taken.every(({ from, to }) => to < span.from || from > span.to));
    if (lane === -1) lane = lanes.push([]) - 1;
    lanes[lane]!.push(span);
    result[index] = lane;
  }
  return result;
}

const lengthOf = ({ from, to }: Span): number => to - from;
