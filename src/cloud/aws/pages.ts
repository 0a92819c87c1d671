/** One page of a list, and the token of the next. */
export interface Page<Item> {
  items: Item[] | undefined;
  next: string | undefined;
}

/** Of a hundred items each, which is more than AWS lets an account have of anything that is listed here. */
const MOST_PAGES = 2000;

/**
 * Reads all pages. A page may be empty and still have a next one; AWS says so of several APIs.
 * Throws when an endpoint answers with a token that it was given before, or goes on for ever with new ones.
 */
export async function allPages<Item>(
  fetch: (token: string | undefined) => Promise<Page<Item>>,
  mostPages = MOST_PAGES,
): Promise<Item[]> {
  const all: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { items, next } = await fetch(token);
    for (const item of items ?? []) all.push(item);
    if (next !== undefined && seen.has(next)) throw new Error('AWS answered with the same page again');
    if (seen.size >= mostPages) throw new Error(`the list goes on after ${mostPages} pages`);
    token = next;
    if (token !== undefined) seen.add(token);
  } while (token !== undefined && token !== '');
  return all;
}
