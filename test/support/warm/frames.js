import { readSync, writeSync } from 'node:fs';

const HEAD = 4;

/** Writes a value to a pipe: the length of its JSON, and that. */
export function send(pipe, value) {
  const body = Buffer.from(JSON.stringify(value));
  const frame = Buffer.alloc(HEAD + body.length);
  frame.writeUInt32LE(body.length);
  body.copy(frame, HEAD);
  for (let done = 0; done < frame.length; ) done += writeSync(pipe, frame, done);
}

/** Waits for a value from a pipe; undefined where the other end was closed. */
export function receive(pipe) {
  const head = readWhole(pipe, HEAD);
  const body = head && readWhole(pipe, head.readUInt32LE());
  return body && JSON.parse(body.toString());
}

function readWhole(pipe, length) {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const count = readSync(pipe, bytes, done, length - done, null);
    if (count === 0) return undefined;
    done += count;
  }
  return bytes;
}
