import { createHash } from 'node:crypto';

/** Git's object name of a file's content, as `git hash-object --no-filters` gives it (gitformat-object, "blob"). */
export function blobId(text: string, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
