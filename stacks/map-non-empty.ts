/** Array.map that keeps the promise of at least one element. */
export const mapNonEmpty = <T, U>(
  [first, ...rest]: readonly [T, ...T[]],
  convert: (element: T) => U,
): readonly [U, ...U[]] => [convert(first), ...rest.map(convert)];
