/** What a text file says before and after an edit. */
export interface FileChange {
  /** Relative to the repository's root, with forward slashes; the file itself, not a symbolic link to it. */
  readonly path: string;
  /** The decoded text, exactly as in the file (BOM and line endings kept). */
  readonly before: string;
  readonly after: string;
}
