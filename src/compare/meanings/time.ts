import type { Form } from './meaning.js';

const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
const WINDOW = new RegExp(`^${DAY}:\\d{2}:\\d{2}(?:-${DAY}:\\d{2}:\\d{2})?$`, 'i');

/** `Sun:05:00-Sun:06:00` in any case. */
export const weeklyWindow: Form = {
  name: 'weekly-window',
  of: (text) => (WINDOW.test(text) ? text.toLowerCase() : text),
};

const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };

/** Five or six fields without `cron(…)` around them, as Auto Scaling takes them. */
const BARE_CRON = /^[\d*][\d*,/-]*(?: [\w*,/?#-]+){4,5}$/;

/**
 * `rate(60 minutes)` and AppFlow's `rate(1hours)` in seconds; `cron(…)` with single blanks, its days and months in one case.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const schedule: Form = {
  name: 'schedule',
  of(text) {
    const tidy = text.trim().replace(/\s+/g, ' ');
    if (BARE_CRON.test(tidy)) return tidy.toUpperCase();
    const [, count, unit = ''] = /^rate\( ?(\d{1,9}) ?(second|minute|hour|day|week)s? ?\)$/i.exec(tidy) ?? [];
    if (count !== undefined) return `rate(${Number(count) * (SECONDS[unit.toLowerCase()] ?? 0)} seconds)`;
    const [, kind = '', fields = ''] = /^(cron|at)\( ?([^()]*?) ?\)$/i.exec(tidy) ?? [];
    return kind === '' ? text : `${kind.toLowerCase()}(${fields.toUpperCase()})`;
  },
};

/** An ISO 8601 duration without months and years, whose length varies, in seconds. */
export const duration: Form = {
  name: 'duration',
  of(text) {
    const [whole, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
      /^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/i.exec(text) ?? [];
    if (whole === undefined || !/\d/.test(whole)) return text;
    const total = [weeks, days, hours, minutes, seconds].map(Number);
    const [w = 0, d = 0, h = 0, m = 0, s = 0] = total;
    return `${(((w * 7 + d) * 24 + h) * 60 + m) * 60 + s} seconds`;
  },
};
