import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DriftError, type Problem } from '../base/errors.js';
import { systemReason } from '../base/system-reason.js';
import { removeLeftovers, temporaryIn } from '../base/temporary.js';

/** Where a result goes: a format, and a file or stdout. */
export interface OutputTarget<F extends string> {
  format: F;
  file?: string;
}

/** Parses `-o format[=file]` (`-` is stdout), checking against the formats there are. */
export function parseOutputs<F extends string>(values: readonly string[], formats: readonly F[]): OutputTarget<F>[] {
  const targets = values.map((value): { format: string; file?: string } => {
    const at = value.indexOf('=');
    if (at === -1 || value.slice(at + 1) === '-') return { format: at === -1 ? value : value.slice(0, at) };
    return { format: value.slice(0, at), file: value.slice(at + 1) };
  });
  const problems = targets.flatMap(({ format, file }): Problem[] => {
    if (!formats.some((known) => known === format)) {
      return [
        {
          code: 'usage-bad-value',
          message: `--output: there is no format "${format}"`,
          hint: `formats: ${formats.join(', ')}`,
        },
      ];
    }
    return file === '' ? [{ code: 'usage-bad-value', message: `--output ${format}=: a file name is missing` }] : [];
  });
  const files = targets.flatMap(({ file }) => (file ? [resolve(file)] : []));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined && !twice.startsWith('/dev/')) {
    problems.push({
      code: 'usage-conflict',
      message: `--output: two formats go to ${twice}`,
      hint: 'give each a file of its own',
    });
  }
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    problems.push({
      code: 'usage-conflict',
      message: '--output: only one format can go to stdout',
      hint: 'give the others a file: -o json=drift.json',
    });
  }
  if (problems.length > 0) throw new DriftError('usage', problems);
  return targets.flatMap(({ format, file }) => {
    const known = formats.find((each) => each === format);
    if (known === undefined) return [];
    return file === undefined ? [{ format: known }] : [{ format: known, file }];
  });
}

/**
 * Writes a file whole or not at all, by writing beside it and renaming. A device, pipe or symbolic link (`/dev/stdout`)
 * is written through: renaming would replace it by a plain file.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = temporaryIn(dirname(file));
  removeLeftovers(dirname(file));
  try {
    const present = await lstat(file).catch(() => undefined);
    if (present && !present.isFile()) return await writeFile(file, text);
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new DriftError(
      'usage',
      [
        {
          code: 'usage-not-writable',
          message: `can't write: ${systemReason(cause as NodeJS.ErrnoException)}`,
          file,
          hint: 'name a file in a folder that exists and can be written to',
        },
      ],
      { cause },
    );
  }
}

/** Whether to colour a stream: `--no-color`, NO_COLOR (https://no-color.org), FORCE_COLOR, then the terminal decide. */
export function wantsColor(stream: NodeJS.WriteStream, flag: boolean | undefined): boolean {
  if (flag === false) return false;
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}
