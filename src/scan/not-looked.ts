import { count } from '../base/count.js';
import { groupBy } from '../base/group.js';
import type { NotLooked } from '../model/not-looked.js';
import type { PlaceError } from '../model/report.js';

const MOST_PLACES = 3;

/** The same as errors of the scan, one for each stack that they belong to: a stack set may have thousands of instances. */
export function notLookedErrors(notLooked: readonly NotLooked[]): PlaceError[] {
  return [...groupBy(notLooked, ({ name }) => name)].flatMap(([name, all]) => {
    const [first] = all;
    if (first === undefined) return [];
    const shown = all
      .slice(0, MOST_PLACES)
      .map(({ region, account, reason }) => `${[region, account].filter(Boolean).join(' ')}: ${reason}`);
    const more = all.length > MOST_PLACES ? `; and ${all.length - MOST_PLACES} more` : '';
    const error = `${count(all.length, 'stack')} of ${name} not looked at: ${shown.join('; ')}${more}`;
    return [{ region: first.region, account: first.account, error }];
  });
}
