/** A new array in random order (Fisher and Yates). */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return [...drawn(items, random)];
}

/**
 * The items in random order, each once, worked out one by one: a few out of many cost as much as a few out of few.
 * The array must not change meanwhile.
 */
function* drawn<T>(items: readonly T[], random: () => number): Generator<T, void> {
  // Fisher and Yates on an array of places that is only thought of: `moved` has those that are not at home.
  const moved = new Map<number, number>();
  for (let left = items.length; left > 0; left--) {
    const pick = Math.floor(random() * left);
    const place = moved.get(pick) ?? pick;
    moved.set(pick, moved.get(left - 1) ?? left - 1);
    // A place below the length holds an item, be it undefined.
    yield items[place] as T;
  }
}

/** Up to `count` different items in random order, of those that `accept` takes. */
export function sample<T>(
  items: readonly T[],
  count: number,
  random: () => number,
  accept: (item: T) => boolean = () => true,
): T[] {
  const chosen: T[] = [];
  if (count <= 0) return chosen;
  for (const item of drawn(items, random)) {
    if (!accept(item)) continue;
    chosen.push(item);
    if (chosen.length >= count) break;
  }
  return chosen;
}
