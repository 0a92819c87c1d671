import type { Equivalence } from './equivalence.js';

/**
 * Weekly windows in another case: `Sun:05:00-Sun:06:00` comes back as `sun:05:00-sun:06:00` from RDS, ElastiCache,
 * Redshift, DAX and others (seen on recorded resources; the days are keywords).
 */
export const weeklyWindow: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string' || !WINDOW.test(desired)) return false;
  return desired.toLowerCase() === live.toLowerCase();
};

const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
const WINDOW = new RegExp(`^${DAY}:\\d{2}:\\d{2}(?:-${DAY}:\\d{2}:\\d{2})?$`, 'i');
