/** A place in a file of the machine that ran the app; lines and columns from 1. */
export interface Frame {
  file: string;
  line: number;
  column: number;
}

/** Folders of packages and of what runs an app: what they hold is nobody's own code. */
const NOT_OWN =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.yarn|\.pnpm|\.pnp\.[cm]?js|jsii-runtime[^/]*)(?:\/|$)/;
/** `new DataStack (/builds/shop/lib/data-stack.ts:63:5)`, `/builds/shop/bin/app.ts:3:1`, `at f (file:///…:3:1)`. */
const SCRIPT = /^(?:.*\()?(\/?(?:[A-Za-z]:)?[^():]+):(\d{1,7})(?::(\d{1,7}))?\)?$/;
/** `File "/builds/shop/stack.py", line 12, in __init__`. */
const PYTHON = /^File "([^"]+)", line (\d{1,7})/;
const MAX_LENGTH = 4096;

/** The frames of a stack trace in an app's own code, as far as a text tells them; what is folded or internal is none. */
export function ownFrames(trace: readonly string[]): Frame[] {
  return trace.flatMap((text) => {
    const frame = frameOf(text);
    return frame === undefined || NOT_OWN.test(frame.file) ? [] : [frame];
  });
}

function frameOf(text: string): Frame | undefined {
  if (text.length > MAX_LENGTH || text.startsWith('...')) return undefined;
  const written = text.trim().replace(/^at /, '').replace('file://', '').replaceAll('\\', '/');
  const [, file, line, column = '1'] = PYTHON.exec(written) ?? SCRIPT.exec(written) ?? [];
  if (file === undefined || !/^(?:\/|[A-Za-z]:\/)/.test(file)) return undefined;
  return {
    file: file.replace(/^\/(?=[A-Za-z]:\/)/, ''),
    line: Math.max(1, Number(line)),
    column: Math.max(1, Number(column)),
  };
}
