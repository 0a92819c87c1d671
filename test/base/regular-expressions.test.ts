import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';

const SOURCES = join(import.meta.dirname, '../../src');
const SIZE = 100_000;
/** A first look at each text: what is quadratic takes 50 ms and more for so much, what is linear mostly far less than 1 ms. */
const SHORT = { size: 10_000, milliseconds: 2 };
/** A guard against hanging, not a measure: a linear search of such a text takes a millisecond, a quadratic one minutes. */
const HANGS_AFTER = 30_000;
interface Literal {
  place: string;
  source: string;
  flags: string;
}

/** The regular expression literals of the sources, each once: behind what can't end a value, up to the unescaped slash. */
function literals(): Literal[] {
  const pattern =
    /(?<=(?:[(,=:[!&|?{};>]|return|=>)\s*)\/((?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g;
  const found = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(SOURCES, file), 'utf8')
        .replace(/\/\*\*[\s\S]*?\*\//g, '')
        .replace(/^\s*\/\/.*$/gm, '');
      return [...text.matchAll(pattern)]
        .map(([, source = '', flags = '']) => ({ place: file, source, flags }))
        .filter(isPattern);
    });
  return [...new Map(found.map((each) => [`/${each.source}/${each.flags}`, each])).values()];
}

/** Slashes in a template text may look like one. */
function isPattern({ source, flags }: Literal): boolean {
  try {
    return new RegExp(source, flags) !== undefined;
  } catch {
    return false;
  }
}

/** What a text begins with, what is repeated in it, and how it ends. */
type Attack = [head: string, unit: string, tail: string];

/** Texts that repeat each character that a pattern speaks of, alone and in pairs, so that it nearly matches. */
function attacks({ source }: Literal): Attack[] {
  const words = new Set([' ', '\n', 'a', '0', '/', ...(source.match(/[A-Za-z]{2,}/g) ?? [])]);
  for (const [character] of source.matchAll(/[^\\^$.*+?()[\]{}|A-Za-z0-9]/g)) words.add(character);
  for (const [, escaped = ''] of source.matchAll(/\\([.*+?^${}()|[\]\\/])/g)) words.add(escaped);
  const units = [...words];
  const pairs = units.slice(0, 8).flatMap((one) => units.slice(0, 8).map((other) => one + other));
  const heads = ['', 'x', units.join('')];
  return [...new Set([...units, ...pairs])].flatMap((unit) => heads.map((head): Attack => [head, unit, '\u0001x']));
}

/** Told before each pattern, so that the one that hangs is known; the last message is empty. */
const WORK = `
const { parentPort, workerData } = require('node:worker_threads');
const { patterns, size, short } = workerData;
function milliseconds(pattern, [head, unit, tail], size) {
  const start = performance.now();
  pattern.lastIndex = 0;
  pattern.test(head + unit.repeat(size / unit.length) + tail);
  return performance.now() - start;
}
for (const { place, source, flags, texts } of patterns) {
  parentPort.postMessage(place + ' /' + source + '/' + flags);
  const pattern = new RegExp(source, flags.replace('g', ''));
  for (const text of texts) {
    if (milliseconds(pattern, text, short.size) > short.milliseconds) milliseconds(pattern, text, size);
  }
}
parentPort.postMessage('');`;

/** The pattern that is still at it when nothing was heard for long, if there is one. */
function hanging(workerData: unknown): Promise<string> {
  const worker = new Worker(WORK, { eval: true, workerData });
  return new Promise((resolve, reject) => {
    let last = 'the first one';
    let guard = setTimeout(() => {}, 0);
    const done = (told: string) => {
      clearTimeout(guard);
      void worker.terminate();
      resolve(told);
    };
    worker.on('error', reject);
    worker.on('message', (told: string) => {
      last = told;
      clearTimeout(guard);
      if (told === '') done('');
      else guard = setTimeout(() => done(last), HANGS_AFTER);
    });
  });
}

test('no regular expression takes more than linear time on 100 KB of its worst', async () => {
  const found = literals();
  expect(found.length).toBeGreaterThan(200);
  const patterns = found.map((each) => ({ ...each, texts: attacks(each) }));
  expect(await hanging({ patterns, size: SIZE, short: SHORT })).toBe('');
}, 300_000);
