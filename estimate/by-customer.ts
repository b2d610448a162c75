/** By customer, the items that are about it, in their order. @param customersOf ids */
export function byCustomer<Item>(
  items: readonly Item[],
  customersOf: (item: Item) => readonly string[],
): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    for (const id of customersOf(item)) {
      const others = found.get(id);
      if (others) others.push(item);
      else found.set(id, [item]);
    }
  }
  return found;
}
