import type { Json } from '../base/json.js';

/** Whether a value is empty, or made of empty values only. */
export function isBlank(value: Json): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(isBlank);
}

/** Whether a declared value says no more than leaving it out: empty, off, or made of such values only. */
export function saysNothing(desired: Json): boolean {
  if (desired === null || desired === '' || desired === false) return true;
  if (Array.isArray(desired)) return isBlankList(desired);
  return typeof desired === 'object' && Object.values(desired).every(saysNothing);
}

/** A list without elements; CloudFormation makes one blank text of a list parameter that is left blank. */
export function isBlankList(list: readonly unknown[]): boolean {
  return list.length === 0 || (list.length === 1 && list[0] === '');
}
