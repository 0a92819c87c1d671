/** Where a JSON value stands in the bytes of its document. */
export interface Span {
  start: number;
  /** Exclusive. */
  end: number;
}

/** Bytes of JSON's own characters; in UTF-8 no other character has them. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BLANKS = new Set(Buffer.from(' \t\r\n'));
/** What ends a number or a word. */
const ENDS = new Set(Buffer.from(' \t\r\n,:{}[]"'));

/**
 * Finds the stacks in a snapshot's JSON (the items of `stacks` in each region) without making values of anything. What is found is JSON
 * only if both the spans and what is left without them are; here, strings and brackets alone are looked at.
 * Undefined where these do not match.
 */
export function stackSpans(bytes: Uint8Array): Span[] | undefined {
  const spans: Span[] = [];
  try {
    readDocument(createReader(bytes), spans);
    return spans;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readDocument(reader: Reader, spans: Span[]): void {
  reader.members((key) => {
    if (key !== 'regions') return reader.skip();
    reader.members(() => {
      reader.members((part) => {
        if (part !== 'stacks') return reader.skip();
        reader.items(() => spans.push(reader.skip()));
      });
    });
  });
}

/** Walks through the bytes of a JSON document. Every method starts at a value and throws a `SyntaxError` if it is no such one. */
interface Reader {
  /** Reads an object; `read` has to read each member's value. */
  members(read: (key: string) => unknown): void;
  /** Reads a list; `read` has to read each item. */
  items(read: () => unknown): void;
  skip(): Span;
}

function createReader(bytes: Uint8Array): Reader {
  let at = 0;

  function peek(): number | undefined {
    while (BLANKS.has(bytes[at] ?? 0)) at += 1;
    return bytes[at];
  }

  function take(wanted: number): void {
    if (peek() !== wanted) throw new SyntaxError(`unexpected byte at ${at}`);
    at += 1;
  }

  function separated(open: number, close: number, read: () => void): void {
    take(open);
    if (peek() !== close) {
      read();
      while (peek() === COMMA) {
        at += 1;
        read();
      }
    }
    take(close);
  }

  function skipString(): void {
    const start = at + 1;
    do {
      at = bytes.indexOf(QUOTE, at + 1);
      if (at === -1) throw new SyntaxError('unterminated string');
    } while (isEscaped(start, at));
    at += 1;
  }

  /** By an odd number of backslashes in front. */
  function isEscaped(start: number, quote: number): boolean {
    let first = quote;
    while (first > start && bytes[first - 1] === BACKSLASH) first -= 1;
    return (quote - first) % 2 === 1;
  }

  function skipWord(): void {
    const start = at;
    while (at < bytes.length && !ENDS.has(bytes[at] ?? 0)) at += 1;
    if (at === start) throw new SyntaxError(`no value at ${at}`);
  }

  /** Up to the bracket that closes the one here. */
  function skipNested(): void {
    for (let depth = 0; ; ) {
      const byte = bytes[at];
      if (byte === undefined) throw new SyntaxError('unclosed bracket');
      if (byte === QUOTE) {
        skipString();
        continue;
      }
      at += 1;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
      if (depth === 0) return;
    }
  }

  return {
    members(read) {
      separated(OPEN_BRACE, CLOSE_BRACE, () => {
        if (peek() !== QUOTE) throw new SyntaxError(`no key at ${at}`);
        const start = at + 1;
        skipString();
        const key = Buffer.from(bytes.subarray(start, at - 1)).toString();
        take(COLON);
        read(key);
      });
    },
    items(read) {
      separated(OPEN_BRACKET, CLOSE_BRACKET, read);
    },
    skip() {
      const first = peek();
      const start = at;
      if (first === QUOTE) skipString();
      else if (first === OPEN_BRACE || first === OPEN_BRACKET) skipNested();
      else skipWord();
      return { start, end: at };
    },
  };
}
