import type { Json } from '../base/json.js';
import { type Finding, isDrift } from '../model/report.js';

/** One of two versions of a value that a finding sets against each other. */
export interface Side {
  title: string;
  value: Json | undefined;
  /** What is said where there is no value. */
  absent: string;
}

/**
 * What was and what is: of drift Git and the cloud, of what no template declares the baseline and the cloud, of what is
 * pending the deployed template and Git.
 */
export function sidesOf({ verdict, desired, deployed, live, undeclared, accepted, change }: Finding): [Side, Side] {
  if (undeclared) {
    const absent = change === undefined ? 'not in the template' : 'not in the baseline';
    return [
      { title: 'Accepted', value: accepted, absent },
      { title: 'Live', value: live, absent: 'gone' },
    ];
  }
  const git = { title: 'Git', value: desired, absent: 'not in Git' };
  if (isDrift(verdict)) return [git, { title: 'Live', value: live, absent: 'missing' }];
  // What waits for its deployment goes from what is deployed to what Git says.
  const was = { title: 'Deployed', value: deployed, absent: 'not deployed' };
  return [was, verdict === 'adopted' ? { ...git, title: 'Git, live' } : git];
}

/** That a finding is about what no template declares, and how it is other than was accepted; undefined of others. */
export function undeclaredNote({ undeclared, change }: Finding): string | undefined {
  if (!undeclared) return undefined;
  return change === undefined ? 'undeclared' : `undeclared, ${change}`;
}
