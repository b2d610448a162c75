/** What happens later, earliest first; of two at the same time the one that was set first. */
export class Timers<T> {
  private readonly heap: { at: number; order: number; what: T }[] = [];
  private order = 0;

  get nextAt(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  set(at: number, what: T): void {
    const { heap } = this;
    const item = { at, order: this.order++, what };
    let i = heap.length;
    heap.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(item, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = item;
  }

  /** Takes the first out; there must be one. */
  pop(): T {
    const { heap } = this;
    const first = heap[0]!;
    const item = heap.pop()!;
    if (heap.length > 0) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
        if (!isBefore(heap[child]!, item)) break;
        heap[i] = heap[child]!;
        i = child;
      }
      heap[i] = item;
    }
    return first.what;
  }
}

const isBefore = (a: { at: number; order: number }, b: { at: number; order: number }): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);
