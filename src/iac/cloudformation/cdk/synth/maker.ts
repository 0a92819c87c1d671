import { join } from 'node:path';
import { DriftError } from '../../../../base/errors.js';
import { lazily } from '../../../../base/lazily.js';
import { isBelow } from '../../../../git/file-tree.js';
import type { Checkout } from '../../../../git/repository.js';
import type { Maker } from '../../../../patch/ports.js';
import { createSource, type Source } from '../../../../syntax/source.js';
import { type Copy, copyOf } from './copy.js';
import { asNamedBefore, type Texts } from './normalise.js';
import { mustDeployAlike } from './settings.js';
import { type App, nameOf, synthesise, type Watching, type WrittenFiles } from './synthesise.js';

/** An app that was run, and what it made. */
export interface Ran {
  app: App;
  /** Where its assembly stands, relative to the repository's root. */
  out: string;
  files: WrittenFiles;
}

/** Where apps are run again. */
interface Surroundings extends Watching {
  root: string;
  checkout: Pick<Checkout, 'list'>;
}

/** Runs apps again, on a copy of the repository in which files are edited. */
export function makerOf(ran: readonly Ran[], around: Surroundings): Maker {
  const scanned = textsOf(ran);
  const templates = templatesOf(scanned);
  const making = new Map<string, Promise<ReadonlyMap<string, Source>>>();
  const made = new Map<string, ReadonlyMap<string, Source>>();
  let copied: Promise<Copy> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function textsWith(edited: readonly Source[]): Promise<Texts> {
    copied ??= copyOf(around.root, around.checkout);
    const copy = await copied;
    try {
      for (const { path, text } of edited) await copy.write(path, text);
      const made: Ran[] = [];
      for (const { app, out } of ran) {
        const again = { ...app, directory: join(copy.root, app.folder) };
        const files = await synthesise(again, { ...around, isTraced: false });
        made.push({ app, out, files });
      }
      return textsOf(made);
    } finally {
      for (const { path } of edited) await copy.restore(path);
    }
  }

  const unedited = lazily(() => textsWith([]));

  async function remade(edited: readonly Source[]): Promise<ReadonlyMap<string, Source>> {
    const before = await unedited();
    const other = [...templates.keys()].find((path) => before.get(path) !== scanned.get(path));
    if (other !== undefined) throw unsteady(ran, other);
    const after = await textsWith(edited);
    mustDeployAlike(before, after);
    return templatesOf(asNamedBefore(scanned, after), templates);
  }

  return {
    templates,
    makes: (path) => templates.has(path),
    make(edited) {
      if (edited.size === 0) return Promise.resolve(templates);
      const key = keyOf(edited);
      const known = making.get(key);
      if (known !== undefined) return known;
      // One after the other: they share a copy.
      const next = last.then(async () => {
        const result = await remade([...edited.values()]);
        made.set(key, result);
        return result;
      });
      last = next.catch(() => undefined);
      making.set(key, next);
      return next;
    },
    isOther: (path, edited) => edited.size > 0 && made.get(keyOf(edited))?.get(path) !== templates.get(path),
    async close() {
      await last;
      (await copied?.catch(() => undefined))?.remove();
    },
  };
}

function keyOf(edited: ReadonlyMap<string, Source>): string {
  return JSON.stringify([...edited.values()].map(({ path, text }) => [path, text]).sort());
}

function textsOf(ran: readonly Ran[]): Texts {
  return new Map(
    ran.flatMap(({ out, files }) =>
      [...files].map(([path, bytes]) => [`${out}/${path}`, bytes.toString('utf8')] as const),
    ),
  );
}

/** The templates among the files of an assembly; those with the text that they had before are the same. */
function templatesOf(texts: Texts, before?: ReadonlyMap<string, Source>): ReadonlyMap<string, Source> {
  const own = [...texts].filter(([path]) => path.endsWith('.template.json'));
  return new Map(
    own.map(([path, text]) => {
      const source = before?.get(path);
      return [path, source?.text === text ? source : createSource(path, text)];
    }),
  );
}

function unsteady(ran: readonly Ran[], path: string): DriftError {
  const { app } = ran.find(({ out }) => isBelow(out, path)) ?? ran[0] ?? {};
  const message = `${nameOf(app ?? { folder: '' })} makes another ${path} of a copy of the repository, so that no edit can be proven`;
  const hint = 'it may read the time, a random number, or a file that Git ignores';
  return new DriftError('template', [{ code: 'cdk-app-not-steady', message, hint }]);
}
