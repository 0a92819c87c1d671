import type { Problem } from '../base/errors.js';
import type { Checkout } from '../git/repository.js';
import type { Maker } from '../patch/ports.js';

/** A program that a configuration names, whose output are templates. */
export interface MakingProgram {
  /** The configuration that names it. */
  file: string;
  /** The folder that it is run in, relative to the repository's root. */
  folder: string;
  /** Where its output stands, relative to the repository's root. */
  out: string;
  /** The program and its arguments; absent where nothing says how it is run. */
  words?: readonly string[] | undefined;
  /** Whether it is to be run for every scan. */
  run: boolean;
  /** After so many seconds it is stopped. */
  timeout?: number | undefined;
}

/** What may be run: all programs, or those that are to be run for every scan. */
export type Allowed = 'all' | 'configured';

/** What running programs needs. */
export interface ToSynthesise {
  programs: readonly MakingProgram[];
  /** Nothing is run without it. */
  allowed: Allowed | undefined;
  checkout: Checkout;
  /** The work tree in the file system; undefined for a bare repository. */
  root: string | undefined;
  /** The files that differ from the commit, as they are now. */
  dirtyFiles(): Promise<readonly string[]>;
  signal?: AbortSignal | undefined;
  /** Told what programs print, without what looks like a secret. */
  onOutput?: ((text: string) => void) | undefined;
}

/** The files of a repository with what its programs make of them. */
export interface Synthesised {
  checkout: Checkout;
  /** Makes it again of edited files; absent where nothing was run. */
  maker?: Maker | undefined;
  warnings: Problem[];
}
