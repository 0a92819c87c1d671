/** One source text: a template, a parameter file or the configuration. */
export interface Source {
  /** Path relative to the repository's root, with forward slashes. */
  readonly path: string;
  /** The decoded text, exactly as in the file (BOM and CRLF kept), so that offsets index it. */
  readonly text: string;
  /** Offsets at which lines begin. */
  readonly lineStarts: readonly number[];
  /** Made by the service, of what somebody wrote elsewhere: nothing in it can be edited. */
  readonly isMade?: boolean;
}

/** Makes a source from a path and its text. */
export function createSource(path: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { path, text, lineStarts };
}

/** Line and column (both from 1, columns in UTF-16 code units) of an offset. */
export function positionAt(source: Source, offset: number): { line: number; column: number } {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** Half-open range of offsets (UTF-16 code units) in a source text. */
export interface Range {
  start: number;
  end: number;
}
