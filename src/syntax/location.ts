/** A place in a file: lines and columns from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Where templates are made of a source: whether this is the very place, what it was made of, or the code that made it. */
  readonly origin?: 'exact' | 'owner' | 'construct';
  /** Where code makes templates: the construct that was created there, `Data/Orders`. */
  readonly construct?: string;
  /** Absent where Git does not know: not committed yet, or before the history of a shallow clone. */
  readonly lastChange?: LastChange;
  /** The lines around it, secrets masked. */
  readonly excerpt?: Excerpt;
}

/** Some lines of a file as they were scanned; long ones are cut. */
export interface Excerpt {
  /** Number of the first one, from 1. */
  line: number;
  lines: string[];
}

/** The last commit that touched the lines of a location. */
export interface LastChange {
  /** Full object name. */
  commit: string;
  author: string;
  /** When it was written, ISO 8601 in UTC. */
  date: string;
  subject: string;
}
