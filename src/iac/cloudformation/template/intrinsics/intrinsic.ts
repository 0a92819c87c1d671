import type { MapNode, Node } from '../../../../syntax/node.js';
import type { Value } from '../../../../value/value.js';
import type { Scope } from '../scope.js';

/** A call of an intrinsic function in a template. */
export interface Call {
  /** The long name. */
  name: string;
  /** The whole call. */
  node: MapNode;
  argument: Node;
  scope: Scope;
}

/** Evaluates a call; undefined is `AWS::NoValue`. */
export type Intrinsic = (call: Call) => Value | undefined;
