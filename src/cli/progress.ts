import { clean } from '../base/clean.js';
import { textWidth } from '../base/width.js';
import type { Progress } from '../scan/request.js';

/** Shows progress in one line on stderr; only on a terminal, since a log is no place for it. */
export interface ProgressLine {
  update(progress: Progress): void;
  /** Says something else in its place. */
  say(text: string): void;
  clear(): void;
}

const REDRAW_MS = 100;
/** Sooner, and with less done, nothing can be said of what is left. */
const ESTIMATE_AFTER_MS = 2_000;
const ESTIMATE_FROM = 0.03;

/** A line on `stream`; `now` gives milliseconds. */
export function createProgressLine(stream: NodeJS.WriteStream, enabled: boolean, now = Date.now): ProgressLine {
  if (!enabled || stream.isTTY !== true) return { update() {}, say() {}, clear() {} };
  let started = now();
  let drawn: number | undefined;

  function draw(text: string, at: number): void {
    drawn = at;
    stream.write(`\r\u001b[2K${fitting(text, (stream.columns || 80) - 1)}`);
  }

  return {
    update(progress) {
      const at = now();
      if (drawn === undefined) started = at;
      else if (at - drawn < REDRAW_MS) return;
      draw(textOf(progress, at - started), at);
    },
    say: (text) => draw(text, now()),
    clear() {
      if (drawn !== undefined) stream.write('\r\u001b[2K');
      drawn = undefined;
    },
  };
}

/** `reading shop-app: 12/40 stacks, 340/1020 resources, about 14 s left`. */
function textOf({ phase, stack, stacks, resources }: Progress, elapsed: number): string {
  if (phase === 'unmanaged') return 'looking for resources that no stack owns';
  if (phase === 'who') return 'looking for who made the changes';
  if (stacks.total === 0) return 'looking for stacks';
  const what = stack === undefined ? 'finishing' : `reading ${clean(stack)}`;
  const { done, expected } = resources;
  const counts = `${stacks.done}/${stacks.total} stacks, ${done}/${expected} resources`;
  const left = timeLeft(expected === 0 ? 0 : done / expected, elapsed);
  return `${what}: ${counts}${left === undefined ? '' : `, about ${left} left`}`;
}

/** As long again as it took so far, for each share that is still to be done. */
function timeLeft(share: number, elapsed: number): string | undefined {
  if (elapsed < ESTIMATE_AFTER_MS || share < ESTIMATE_FROM || share >= 1) return undefined;
  const seconds = Math.ceil((elapsed / 1000) * ((1 - share) / share));
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** The counts are at the end: of a long line the beginning gives way. */
function fitting(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = text;
  while (kept !== '' && textWidth(kept) > width - 1) kept = kept.slice(1);
  return `…${kept}`;
}
