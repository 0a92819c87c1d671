import { isUtf8 } from 'node:buffer';
import { DriftError, type Problem } from '../base/errors.js';

const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1';

/**
 * Decodes a file's bytes exactly (BOM and line endings stay). Throws a `DriftError` (code `git`) naming the file, and
 * the line where there is one, for what is not UTF-8 and for Git LFS pointers, which stand in for a file elsewhere
 * (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
 */
export function decodeText(path: string, bytes: Buffer): string {
  if (!isUtf8(bytes)) throw notUtf8(path, bytes);
  const text = bytes.toString('utf8');
  if (!text.startsWith(LFS_POINTER)) return text;
  const hint = 'run `git lfs pull` and scan the work tree: at a commit, Git has only the pointer';
  throw new DriftError('git', [
    { code: 'file-lfs-pointer', file: path, message: 'this is a Git LFS pointer, not the file', hint },
  ]);
}

function notUtf8(path: string, bytes: Buffer): DriftError {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) {
    return new DriftError('git', [
      { code: 'file-not-utf8', file: path, message: 'the file is UTF-16 text', hint: 'save it as UTF-8' },
    ]);
  }
  const problem: Problem = {
    code: 'file-not-utf8',
    file: path,
    line: lineOfFirstBadByte(bytes),
    message: 'the file is not UTF-8 text',
  };
  return new DriftError('git', [{ ...problem, hint: 'save it as UTF-8' }]);
}

/** A line feed's byte is never part of a longer UTF-8 sequence, so lines can be checked apart. */
function lineOfFirstBadByte(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
