import type { Json } from '../base/json.js';
import type { Comparing } from './comparing.js';
import type { Place } from './place.js';

/** Whether a live element only repeats another property of the resource. */
export function isEchoed(item: Json, { path, document }: Place, { types, type, desired }: Comparing): boolean {
  if (document !== 'none' || typeof item !== 'string') return false;
  return types.echoes(type).some((echo) => {
    const name = desired[echo.of];
    return echo.list === path && typeof name === 'string' && name.toLowerCase() === item.toLowerCase();
  });
}
