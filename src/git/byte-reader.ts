import type { Readable } from 'node:stream';

/** Takes lines and counted bytes off a stream, in order. Every method rejects when the stream ends too early. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The bytes up to the next line feed, which is taken too. Meant for short lines. */
  async line(): Promise<string> {
    let text = '';
    for (;;) {
      const end = this.#rest.indexOf('\n');
      if (end !== -1) {
        text += this.#rest.toString('latin1', 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return text;
      }
      text += this.#rest.toString('latin1');
      this.#rest = await this.#next();
    }
  }

  async bytes(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    await this.#take(count, (part) => parts.push(part));
    return Buffer.concat(parts);
  }

  /** Drops bytes as they come, so that memory does not grow with `count`. */
  async skip(count: number): Promise<undefined> {
    await this.#take(count, () => undefined);
  }

  async #take(count: number, use: (part: Buffer) => void): Promise<void> {
    let missing = count;
    for (;;) {
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      use(part);
      if (missing === 0) return;
      this.#rest = await this.#next();
    }
  }

  async #next(): Promise<Buffer> {
    const { done, value } = await this.#chunks.next();
    if (done === true) throw new Error('the stream ended too early');
    return value;
  }
}
