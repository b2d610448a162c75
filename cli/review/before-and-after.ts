/** What becomes of something that has a name. */
export type ChangeKind = "added" | "changed" | "removed";

/** What has one name before and after; `changed` may mean that it is the same. */
export interface Pair<Item> {
  readonly name: string;
  readonly change: ChangeKind;
  /** undefined for what is added. */
  readonly before: Item | undefined;
  /** undefined for what is removed. */
  readonly after: Item | undefined;
  /** As it is, or as it was where it is gone. */
  readonly last: Item;
}

/** Pairs what has the same name: first what there is after, in its order, then what is gone. */
export function beforeAndAfter<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
): readonly Pair<Item>[] {
  const [old, now] = [byName(before, nameOf), byName(after, nameOf)];
  const gone = [...old].filter(([name]) => !now.has(name));
  return [...now, ...gone].map(([name, last]) => {
    const change = !old.has(name) ? "added" : now.has(name) ? "changed" : "removed";
    return { name, change, before: old.get(name), after: now.get(name), last };
  });
}

const byName = <Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item> =>
  new Map(items.map((item) => [nameOf(item), item]));
