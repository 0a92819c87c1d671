/** What a text file says before and after an edit. */
export interface FileChange {
  /** Relative to the repository's root, with forward slashes; the file itself, not a symbolic link to it. */
  readonly path: string;
  /** The decoded text, exactly as in the file (BOM and line endings kept). */
  readonly before: string;
  readonly after: string;
  /** Lines of it, by their text, that hold a secret and so can't stand in a diff, not even around a change. */
  readonly hidden?: ReadonlySet<string>;
}
