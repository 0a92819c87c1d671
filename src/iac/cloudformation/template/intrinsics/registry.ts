import { cidr } from './cidr.js';
import { allOrAny, equals, not } from './conditions.js';
import { findInMap } from './find-in-map.js';
import { getAtt } from './get-att.js';
import { getAzs } from './get-azs.js';
import { fnIf } from './if.js';
import { importValue } from './import-value.js';
import type { Intrinsic } from './intrinsic.js';
import { join } from './join.js';
import { ref } from './ref.js';
import { select } from './select.js';
import { split } from './split.js';
import { sub } from './sub.js';
import { base64, getStackOutput, length, toJsonString, transform } from './text-functions.js';

/** Every intrinsic by its long name; `Fn::ForEach` makes entries, not values, and is in expand.ts. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::And', allOrAny],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::Equals', equals],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAZs', getAzs],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::If', fnIf],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Not', not],
  ['Fn::Or', allOrAny],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Transform', transform],
]);
