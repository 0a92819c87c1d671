/** One page of a list, and the token of the next. */
export interface Page<Item> {
  items: Item[] | undefined;
  next: string | undefined;
}

/**
 * Reads all pages. A page may be empty and still have a next one; AWS says so of several APIs.
 * Throws when an endpoint answers with the token it was given, which would never end.
 */
export async function allPages<Item>(fetch: (token: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await fetch(token);
    for (const item of items ?? []) all.push(item);
    if (next !== undefined && next === token) throw new Error('AWS answered with the same page again');
    token = next;
  } while (token !== undefined && token !== '');
  return all;
}
