import type { Change, Step } from '../change.js';
import { asDocument } from '../document.js';
import type { ChangedPlace } from '../places.js';
import type { OpeningName } from '../rule.js';
import type { RatedTypes } from '../types.js';
import { adminGranted } from './admin-granted.js';
import { anotherAccount } from './another-account.js';
import { denyWeakened } from './deny-weakened.js';
import { ingressToWorld } from './ingress-to-world.js';
import { policyToEveryone } from './policy-to-everyone.js';
import { tlsWeakened } from './tls-weakened.js';
import { trustWidened } from './trust-widened.js';

/** The openings by their names, which rules give in `opens`. */
export const OPENINGS: Readonly<Record<OpeningName, (step: Step, types: RatedTypes) => boolean>> = {
  'ingress-to-world': ingressToWorld,
  'policy-to-everyone': policyToEveryone,
  'another-account': anotherAccount,
  'trust-widened': trustWidened,
  'admin-granted': adminGranted,
  'deny-weakened': denyWeakened,
  'tls-weakened': tlsWeakened,
};

/**
 * Whether a change opens something: by itself, or on top of the resource's other changes, so that it counts where two of
 * them do it together. It has to be open after all of them: where one undoes another, as when a statement is split in two,
 * nothing is.
 */
export function opensSomething(change: Change, name: OpeningName, types: RatedTypes): boolean {
  const opens = (step: Step) => OPENINGS[name](step, types);
  if (change.undeclared && name !== 'ingress-to-world' && isPlainText(change.place())) return false;
  const [altogether, atLast, alone] = [change.altogether(), change.atLast(), change.alone()];
  if (!opens(altogether)) return false;
  return altogether === alone || opens(atLast) || opens(alone);
}

/** Whether there is a text or number where nothing was before, which is no policy, nor a part of one. */
function isPlainText({ old, new: live }: ChangedPlace): boolean {
  return old === undefined && typeof asDocument(live) !== 'object';
}
