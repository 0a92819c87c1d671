import { isDay } from '../../base/calendar.js';
import { closest } from '../../base/closest.js';

/** What a comment or metadata in a template says not to count. */
export interface Directive {
  /** JSON Pointer glob into the resource's properties; covers everything below it. */
  path?: string;
  /** The last day on which it holds. */
  until?: string;
  reason: string;
}

/** What is wrong with a directive, and how to put it right. */
export interface Mistake {
  message: string;
  hint: string;
}

export type Reading = { directive: Directive } | { mistakes: Mistake[] };

export const EXAMPLE = 'write it like: # gitops-drift:ignore /DesiredCount until 2027-01-31: autoscaling owns it';

/** It begins the comment, or follows another tool's: `# checkov:skip=… # gitops-drift:ignore: …`. */
const MARK = /(?:^|\s)#+[ \t]*(gitops-drift[ \t]*:[ \t]*)([\w-]*)/i;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/**
 * Reads `# gitops-drift:ignore /path until 2027-01-31: reason`, where path and day may be left out. Undefined for a
 * comment that is no directive and does not seem to be meant as one.
 */
export function readDirective(comment: string): Reading | undefined {
  const [mark, prefix = '', word = ''] = MARK.exec(comment) ?? [];
  if (mark === undefined) return undefined;
  if (prefix + word !== 'gitops-drift:ignore') {
    // `# gitops-drift: scanned every night` is prose.
    if (/\s$/.test(prefix) && closest(word, ['ignore']) === undefined) return undefined;
    return mistaken(`"${(prefix + word).trim()}" is not known here`, 'did you mean "gitops-drift:ignore"?');
  }
  const rest = comment.slice(comment.indexOf(mark) + mark.length);
  // A path may hold colons; behind the one before the reason there is a blank.
  const colon = /:(?=\s|$)/.exec(rest);
  if (colon === null) return mistaken('this gitops-drift:ignore has no reason', EXAMPLE);
  const words = rest.slice(0, colon.index).trimEnd().split(/\s+/).slice(1);
  const path = words[0] === 'until' ? undefined : words.shift();
  const until = words[0] === 'until' ? words.splice(0, 2).slice(1).join('') : undefined;
  if (words.length > 0 || /^[^\s:]/.test(rest)) {
    const unknown = words.length > 0 ? words.join(' ') : (rest.split(/\s/, 1)[0] ?? '');
    return mistaken(`"${unknown}" is not understood in this gitops-drift:ignore`, EXAMPLE);
  }
  return checkDirective({ path, until, reason: rest.slice(colon.index + colon[0].length) });
}

/** Holds the parts of a directive to what they must be; tells all mistakes. */
export function checkDirective(parts: Partial<Record<keyof Directive, string | undefined>>): Reading {
  const { path, until } = parts;
  const reason = (parts.reason ?? '').replace(/\s+/g, ' ').trim();
  const mistakes: Mistake[] = [];
  if (path !== undefined && (path === '' || !POINTER.test(path))) {
    const hint = `write it as a JSON Pointer: /${path.replace(/^\/+/, '').replaceAll('.', '/') || 'DesiredCount'}`;
    mistakes.push({ message: `"${path}" is no path of a property`, hint });
  }
  if (until !== undefined && !isDay(until)) {
    mistakes.push({ message: `"${until}" is no day`, hint: 'write the last day on which it holds like 2027-01-31' });
  }
  if (reason === '') mistakes.push({ message: 'this gitops-drift:ignore has no reason', hint: EXAMPLE });
  if (mistakes.length > 0) return { mistakes };
  return { directive: { reason, ...(path === undefined ? {} : { path }), ...(until === undefined ? {} : { until }) } };
}

function mistaken(message: string, hint: string): Reading {
  return { mistakes: [{ message, hint }] };
}
