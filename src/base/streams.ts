/** Writes to a standard stream and waits until it is drained. */
export function writeStream(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}

/** Writes to stdout and waits until it is drained, since a pipe takes 64 KiB at a time. */
export function writeStdout(text: string): Promise<void> {
  return writeStream(process.stdout, text);
}
