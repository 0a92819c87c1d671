import type { MapNode } from '../syntax/node.js';
import type { Plain, PlainObject } from '../value/value.js';
import type { MaskEdit } from './mask-edits.js';

/** What masking asks of a kind of infrastructure as code. */
export interface SecretTypes extends SecretPlaces {
  /** The parameters that a template declares to be secret, or calls so. */
  declaredSecrets(root: MapNode): SecretParameter[];
  /** The names of a template's secret parameters, also of those that are given to something secret; none of what is no template. */
  secretParameters(text: string): ReadonlySet<string>;
  /** A template's text with its secrets and those `texts` masked; undefined when it is no template at all. */
  maskTemplate(text: string, texts: readonly string[]): string | undefined;
  /** The same as edits, of a template that is parsed already, without its comments; in no order, and some may be there twice. */
  maskEdits(text: string, root: MapNode, texts: readonly string[]): MaskEdit[];
}

/** Where secrets stand in properties. */
export interface SecretPlaces {
  /** Pointers of the places where resources of a type keep secrets; `*` for list indices and keys. */
  secretPlaces(type: string): readonly string[];
  readonly calls: SecretCalls;
}

/** How properties call functions, where they are not evaluated. */
export interface SecretCalls {
  /**
   * What the arguments of a call are, by the key that stands alone in a map: `names` of things, and no part of the value
   * that the call makes; with a `head`, only the first is no part of it. Undefined for a key like any other.
   */
  argumentsOf(key: string): 'names' | 'head' | 'value' | undefined;
  /** Where the end of the text stands that a call makes. */
  endOf(call: PlainObject): Plain | undefined;
}

/** A parameter that is secret. */
export interface SecretParameter {
  name: string;
  /** Its value where none is given. */
  preset: string | undefined;
  /** Whether it is declared so, and not only called so. */
  isDeclared: boolean;
}
