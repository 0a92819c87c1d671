/** The units of CDK's `Duration`, in milliseconds. */
const SIZES: Readonly<Record<string, number>> = {
  millis: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};
/** Templates have durations in one of these, mostly in the first. */
const TOLD_IN = ['seconds', 'days', 'minutes', 'millis', 'hours'];

/** Whether a name is that of a unit. */
export function isUnit(name: string): boolean {
  return Object.hasOwn(SIZES, name);
}

/** The unit in which a duration has a number; undefined for none. */
export function unitOf(amount: number, unit: string, number: number): string | undefined {
  return TOLD_IN.find((told) => amount * size(unit) === number * size(told) && number !== 0);
}

/** A number of one unit in another, or in its own where the other has no whole number for it. */
export function inUnit(number: number, told: string, unit: string): { amount: number; unit: string } {
  const amount = (number * size(told)) / size(unit);
  return Number.isInteger(amount) ? { amount, unit } : { amount: number, unit: told };
}

function size(unit: string): number {
  return SIZES[unit] ?? 1;
}
