import type { Form, Relation } from './meaning.js';

/** A decimal: `1`, `1.0` and `1.00` are one number. Without leading zeros: `012345678901` is an account. */
export const decimal: Form = { name: 'number', of: (text) => (isDecimal(text) ? String(Number(text)) : text) };

/** Only true and false; whatever else is written there stays as it is. */
export const trueOrFalse: Form = {
  name: 'boolean',
  of: (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : text),
};

/** Settings of database engines: `ON`, `true` and `1` are one, as are `OFF`, `false` and `0` (MySQL, "Using System Variables"). */
export const engineSwitch: Form = {
  name: 'engine-switch',
  of(text) {
    if (/^(?:on|true|1)$/i.test(text)) return '1';
    return /^(?:off|false|0)$/i.test(text) ? '0' : text;
  },
};

const MIB: Readonly<Record<string, number>> = { mb: 1, mib: 1, gb: 1024, gib: 1024, tb: 1_048_576, tib: 1_048_576 };

/** CPU and memory as people write them, in the units that services count: 1,024 a vCPU, mebibytes. */
export const size: Form = {
  name: 'size',
  of(text) {
    const [, amount = '', unit = ''] = /^(\d{0,6}(?:\.\d{1,4})?) ?(vcpus?|[mgt]i?b)$/i.exec(text.trim()) ?? [];
    if (amount === '') return text;
    const factor = /^v/i.test(unit) ? 1024 : (MIB[unit.toLowerCase()] ?? Number.NaN);
    return String(Number(amount) * factor);
  },
};

/** A time in seconds, rounded down to the hour by the service. */
export const wholeHour: Relation = {
  name: 'whole-hour',
  holds(desired, live) {
    const seconds = Number(desired);
    return Number.isInteger(seconds) && seconds - (seconds % 3600) === Number(live);
  },
};

/** A longer version that begins with the declared one (`8.0.45` for `8.0` or `8.x`): the template leaves the rest to AWS. */
export const versionPrefix: Relation = {
  name: 'version-prefix',
  holds: (desired, live) => isLonger(desired.replace(/\.x$/, ''), live),
};

/** Whether a service tells less of a version than was declared (`1.6` for `1.6.22`), so that the rest can't be compared. */
export function isToldInPart(desired: string, live: string): boolean {
  return isLonger(live, desired);
}

function isLonger(version: string, longer: string): boolean {
  return /^\w*\d/.test(longer) && /\d$/.test(version) && longer.startsWith(`${version}.`);
}

function isDecimal(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text);
}
