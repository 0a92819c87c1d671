import { accountPrincipal, arnOrName, logGroupStar, partialArn } from './arn.js';
import { sameKey } from './kms.js';
import {
  accessString,
  finalNewline,
  finalSlash,
  hexDigits,
  httpsScheme,
  lowerCase,
  notation,
  sshKeyComment,
  trimmed,
  wordBreaks,
} from './letters.js';
import type { Form, Meaning, Relation } from './meaning.js';
import type { MeaningName } from './names.js';
import { address, block, dnsLetters, finalDot, protocol } from './network.js';
import { decimal, engineSwitch, size, trueOrFalse, versionPrefix, wholeHour } from './numbers.js';
import { duration, schedule, weeklyWindow } from './time.js';

/** What each meaning is made of: its forms, in the order in which they are applied, and its one-sided relations. */
const MEANINGS: Record<MeaningName, { forms: readonly Form[]; stands?: readonly Relation[] }> = {
  text: { forms: [finalNewline, logGroupStar] },
  number: { forms: [decimal] },
  boolean: { forms: [trueOrFalse] },
  keyword: { forms: [lowerCase, wordBreaks] },
  identifier: { forms: [logGroupStar], stands: [arnOrName, partialArn] },
  'lower-identifier': { forms: [logGroupStar, lowerCase], stands: [arnOrName] },
  'kms-key': { forms: [], stands: [sameKey, arnOrName] },
  principal: { forms: [accountPrincipal] },
  'dns-name': { forms: [dnsLetters, finalDot], stands: [arnOrName] },
  'header-name': { forms: [lowerCase] },
  hex: { forms: [hexDigits] },
  'ip-address': { forms: [address] },
  cidr: { forms: [block] },
  protocol: { forms: [protocol] },
  'weekly-window': { forms: [weeklyWindow] },
  schedule: { forms: [schedule] },
  duration: { forms: [duration, decimal] },
  'whole-hour': { forms: [decimal], stands: [wholeHour] },
  size: { forms: [size, decimal] },
  version: { forms: [], stands: [versionPrefix] },
  body: { forms: [finalNewline] },
  'body-format': { forms: [notation] },
  'ssh-key': { forms: [trimmed, sshKeyComment] },
  'access-string': { forms: [accessString] },
  folder: { forms: [finalSlash] },
  url: { forms: [httpsScheme, finalSlash] },
  trimmed: { forms: [trimmed] },
  'engine-parameter': { forms: [engineSwitch, decimal] },
};

const NAMED: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(MEANINGS).map(([name, { forms, stands = [] }]) => [
    name,
    { name: name as MeaningName, forms, stands },
  ]),
);

/** The meaning of that name; undefined where there is none. */
export function meaning(name: string): Meaning | undefined {
  return NAMED.get(name);
}
