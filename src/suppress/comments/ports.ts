import type { MapNode, Node } from '../../syntax/node.js';
import type { Source } from '../../syntax/source.js';

/** A template that may say of itself what is not to be counted. */
export interface CommentedTemplate {
  source: Source;
  root: MapNode;
}

/** Where the templates of a kind have room for comments and metadata of ours. */
export interface CommentPlaces {
  /** All places that a comment can stand at. */
  spotsOf(root: MapNode): Spot[];
  /** The metadata of the template, and of its resources. */
  metadataOf(root: MapNode): MetadataPlace[];
}

/** What a template, or a resource, has to say to tools. */
export interface MetadataPlace {
  node: Node;
  /** Where the key of the resource begins that it is of; absent for the template's own. */
  owner?: number;
}

/**
 * A place in a template that a comment can stand at. What it is in a stack shows when the template is evaluated: a
 * branch may not be taken, a loop makes many of it.
 */
export interface Spot {
  /** Where it begins. */
  offset: number;
  /** A whole resource, a property by its key, or a value: a list item, or what a call gives. */
  kind: 'resource' | 'key' | 'value';
  /** Where the keys of the resources begin that it belongs to. */
  owners: number[];
  /** Where the keys or the value begin that it stands for: those in its body for a loop. */
  starts: number[];
  /** A list item, which a comment above its dash is for. */
  isItem?: boolean;
}
