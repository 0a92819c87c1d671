import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe } from '@jest/globals';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** `describe` for suites that need a file of `../shared`; where it is absent they are skipped and say so. */
export function describeShared(file: string, name: string, suite: () => void): void {
  if (existsSync(SHARED + file)) {
    describe(name, suite);
    return;
  }
  console.warn(`skipped: ${name} (../shared/${file} is not there)`);
  describe.skip(name, suite);
}

/** The objects of a JSON-lines file of `../shared`, gzipped or not; none where it is absent. */
export function sharedLines<T>(file: string): T[] {
  if (!existsSync(SHARED + file)) return [];
  const bytes = readFileSync(SHARED + file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}
