import { childrenIn, objectIn, objectOf, textIn } from '../../../../base/json-members.js';

/** What a program has made: texts of templates and what says what is uploaded, by path. */
export type Texts = ReadonlyMap<string, string>;

/**
 * The texts of a new assembly, with the hashes that say nothing but that something is new as they were before: those by
 * which templates of nested stacks are uploaded, and those at the end of logical IDs of resources that CDK makes anew
 * whenever what they stand for changes (the deployment of an API, the version of a function).
 */
export function asNamedBefore(before: Texts, after: Texts): Texts {
  const hashes = new Map(
    [...nestedHashes(after)].flatMap(([path, hash]) => renamed(hash, nestedHashes(before).get(path))),
  );
  return new Map(
    [...after].map(([path, text]) => {
      const was = before.get(path);
      if (was === undefined || was === text) return [path, text];
      const same = replaced(text, hashes);
      return [path, replaced(same, new Map([...idsOf(was, same)]))];
    }),
  );
}

function renamed(name: string, before: string | undefined): [string, string][] {
  return before === undefined || before === name ? [] : [[name, before]];
}

function replaced(text: string, names: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [name, before] of names) result = result.replaceAll(name, before);
  return result;
}

/** The hashes by which the templates of nested stacks are uploaded, by their file. */
function nestedHashes(texts: Texts): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, text] of texts) {
    if (!path.endsWith('.assets.json')) continue;
    for (const [hash, asset] of childrenIn(objectOf(text)?.['files'])) {
      const file = textIn(objectIn(asset, 'source'), 'path');
      if (/^[0-9a-f]{64}$/.test(hash) && file?.endsWith('.nested.template.json')) found.set(`${path} ${file}`, hash);
    }
  }
  return found;
}

/** A hash as CDK has it at the end of such logical IDs; a construct's own has eight digits, which never change. */
const HASHED = /^(.+?)[0-9a-f]{32}$/;

/** The resources of which nothing but the hash in their logical ID is another, the new one by the old one. */
function idsOf(before: string, after: string): [string, string][] {
  const [was, is] = [resourcesOf(before), resourcesOf(after)];
  return [...is].flatMap(([id, type]) => {
    const stem = was.has(id) ? undefined : HASHED.exec(id)?.[1];
    if (stem === undefined) return [];
    const gone = [...was].filter(([old, each]) => each === type && !is.has(old) && HASHED.exec(old)?.[1] === stem);
    const [only] = gone;
    return only === undefined || gone.length > 1 ? [] : renamed(id, only[0]);
  });
}

function resourcesOf(text: string): Map<string, string | undefined> {
  const resources = childrenIn(objectOf(text)?.['Resources']);
  return new Map([...resources].map(([id, resource]) => [id, textIn(resource, 'Type')]));
}
