/** Does the same with each item, so many at a time; after a failure nothing else is begun. @throws the first failure */
export async function severalAtATime<Item>(
  items: readonly Item[],
  number: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && failures.length === 0; item = waiting.shift()) {
      await work(item).catch((error: unknown) => void failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: number }, worker));
  if (failures.length > 0) throw failures[0];
}
