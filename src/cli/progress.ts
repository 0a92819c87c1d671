import type { Progress } from '../scan/request.js';

/** Shows progress in one line on stderr; only on a terminal, since a log is no place for it. */
export interface ProgressLine {
  update(progress: Progress): void;
  clear(): void;
}

const REDRAW_MS = 100;

export function createProgressLine(stream: NodeJS.WriteStream, enabled: boolean): ProgressLine {
  if (!enabled || stream.isTTY !== true) return { update() {}, clear() {} };
  let drawn = 0;
  return {
    update({ stacks, resources }) {
      const now = Date.now();
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      const text = `scanning: ${stacks.done}/${stacks.total} stacks, ${resources.done}/${resources.total} resources`;
      stream.write(`\r\u001b[2K${text}`);
    },
    clear() {
      if (drawn > 0) stream.write('\r\u001b[2K');
    },
  };
}
