import type { OwnedElement } from '../model/comparison.js';

/** What a command has to say of the stack whose drift it undoes. */
export interface RootStack {
  /** The deployed stack. */
  name: string;
  /** The stack that it is scanned with, where that is another. */
  scannedWith?: string;
  region: string;
  /** Whether stacks are nested in it, and whether it is nested itself. */
  hasNested: boolean;
  isNested?: boolean;
  /** Whether other stacks that were scanned have the same template, so that an edit is proven for all of them alone. */
  isShared?: boolean;
  /** Whether there are findings of what no template declares. */
  hasUndeclared?: boolean;
}

/** What a resource of another stack put into a resource of this one. */
export interface ForeignElement extends OwnedElement {
  /** The resource that shows it. */
  parent: string;
}

/** Why what undoes a stack's drift does not undo a finding. */
export interface NotReverted {
  code: 'unmanaged' | 'notDrift' | 'undeclared' | 'twoWay' | 'createOnly';
  reason: string;
  /** The other way: a command, or words. */
  instead: string;
}
