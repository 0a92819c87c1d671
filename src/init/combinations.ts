/** A value for each of some names. */
export type Values = ReadonlyMap<string, string>;

/** The values that each name takes, in their order. */
export function listsOf(all: readonly Values[]): Map<string, string[]> {
  const names = [...(all[0]?.keys() ?? [])];
  return new Map(names.map((name) => [name, [...new Set(all.map((values) => values.get(name) ?? ''))]]));
}

/** What says which combinations of the lists there are not: each of the fewest names that it takes. */
export function except(lists: ReadonlyMap<string, readonly string[]>, all: readonly Values[]): Values[] {
  const there = new Set(all.map(keyOf));
  let missing = product(lists).filter((values) => !there.has(keyOf(values)));
  const said: Values[] = [];
  for (const names of subsets([...lists.keys()])) {
    const others = [...lists].filter(([name]) => !names.includes(name));
    const size = others.reduce((count, [, values]) => count * values.length, 1);
    const counts = new Map<string, { values: Values; count: number }>();
    for (const each of missing) {
      const values = new Map(names.map((name) => [name, each.get(name) ?? '']));
      counts.set(keyOf(values), { values, count: (counts.get(keyOf(values))?.count ?? 0) + 1 });
    }
    const whole = [...counts.values()].filter(({ count }) => count === size).map(({ values }) => values);
    said.push(...whole);
    missing = missing.filter(
      (each) => !whole.some((part) => [...part].every(([name, value]) => each.get(name) === value)),
    );
  }
  return said;
}

function keyOf(values: Values): string {
  return JSON.stringify([...values].sort());
}

function product(lists: ReadonlyMap<string, readonly string[]>): Values[] {
  return [...lists].reduce<Values[]>(
    (found, [name, values]) => found.flatMap((each) => values.map((value) => new Map([...each, [name, value]]))),
    [new Map()],
  );
}

/** All parts of a list that have something in them, the smallest first. */
function subsets(names: readonly string[]): string[][] {
  const all = names.reduce<string[][]>((found, name) => found.concat(found.map((each) => [...each, name])), [[]]);
  return all.filter(({ length }) => length > 0).sort((one, other) => one.length - other.length);
}
