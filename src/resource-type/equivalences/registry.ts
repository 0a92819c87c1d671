import { arnOrName } from './arn-or-name.js';
import type { Equivalence } from './equivalence.js';
import { kmsKey } from './kms-key.js';
import { networkAddress } from './network-address.js';
import { accountPrincipal, anyonePrincipal } from './principal.js';
import { protocol } from './protocol.js';
import { textForm } from './text-form.js';
import {
  accessString,
  dnsTrailingDot,
  ignoreCase,
  sshKeyComment,
  trailingNewline,
  versionPrefix,
  wholeHour,
} from './text-spelling.js';
import { weeklyWindow } from './weekly-window.js';

/** Rules that the shape of the two values alone makes safe; tried for every pair of unlike scalars. */
export const EVERYWHERE: ReadonlyMap<string, Equivalence> = new Map([
  ['text-form', textForm],
  ['arn-or-name', arnOrName],
  ['kms-key', kmsKey],
  ['network-address', networkAddress],
  ['dns-trailing-dot', dnsTrailingDot],
  ['trailing-newline', trailingNewline],
  ['account-principal', accountPrincipal],
  ['anyone-principal', anyonePrincipal],
  ['ssh-key-comment', sshKeyComment],
  ['protocol', protocol],
  ['weekly-window', weeklyWindow],
]);

/** Rules that only a quirk applies. */
export const BY_QUIRK: ReadonlyMap<string, Equivalence> = new Map([
  ['ignore-case', ignoreCase],
  ['version-prefix', versionPrefix],
  ['whole-hour', wholeHour],
  ['access-string', accessString],
]);
