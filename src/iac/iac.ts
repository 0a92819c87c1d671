import type { ReadableTypes } from '../cloud/types.js';
import type { TypeSystem } from '../compare/types.js';
import type { OwnedElement } from '../model/comparison.js';
import type { Finding, Patch, Remedy } from '../model/report.js';
import type { Editor } from '../patch/ports.js';
import type { SecretTypes } from '../secrets/types.js';
import type { RatedTypes } from '../severity/types.js';
import type { CommentPlaces } from '../suppress/comments/ports.js';

/** A kind of infrastructure as code: all that the rest of the tool asks of it. One folder beside this file each. */
export interface Iac {
  readonly name: 'cloudformation';
  readonly types: IacTypes;
  /** Where its templates have room for comments and metadata of ours. */
  readonly comments: CommentPlaces;
  /** Knows how its sources are edited; the patch engine proves what it proposes. */
  readonly editor: Editor;
  /**
   * How to resolve a finding, with the exact commands. `root` is its stack; `foreign` is what other stacks put into
   * the root's resources and those of stacks nested in it, since undoing covers them all; `scanned` are the words that
   * say what was scanned, such as `--config` and its file; `patch` is what came of looking for an edit.
   */
  remedies(
    finding: Finding,
    root: RootStack | undefined,
    scanned: readonly string[],
    given?: { foreign?: readonly ForeignElement[] | undefined; patch?: Patch },
  ): Remedy[];
}

/** What is known of a kind's resource types; each floor asks it through a port of its own. */
export interface IacTypes extends SecretTypes, TypeSystem, RatedTypes, ReadableTypes {}

/** What a command has to say of the stack whose drift it undoes. */
export interface RootStack {
  /** The deployed stack; of a nested one the root that it belongs to. */
  name: string;
  /** The stack that it is scanned with, where that is another. */
  scannedWith?: string;
  region: string;
  /** Names of its parameters, which keep their values only when they are named. */
  parameters: readonly string[];
  /** Types of the resources that its template declares. */
  types: readonly string[];
  /** Whether macros make a part of its template. */
  hasMacros: boolean;
  /** Whether stacks are nested in it. */
  hasNested: boolean;
  /** Whether there are findings of what no template declares. */
  hasUndeclared?: boolean;
}

/** What a resource of another stack put into a resource of this one. */
export interface ForeignElement extends OwnedElement {
  /** The resource that shows it. */
  parent: string;
}
