import type { Json } from '../../json.js';

/** Whether a declared value says no more than leaving it out: empty, off, or made of such values only. */
export function saysNothing(desired: Json): boolean {
  if (desired === null || desired === '' || desired === false || desired === 'false') return true;
  if (Array.isArray(desired)) return desired.length === 0;
  return typeof desired === 'object' && Object.values(desired).every(saysNothing);
}
