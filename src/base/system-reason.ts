/** What the file system's codes say. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'there is something else by this name',
  EISDIR: 'this is a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'this is not permitted',
  EROFS: 'the file system is read-only',
};

/** Why the file system refused something, in words where it is one of the usual reasons. */
export function systemReason(error: { code?: string | undefined; message?: string }): string {
  return REASONS[error.code ?? ''] ?? error.code ?? error.message ?? 'no reason given';
}
