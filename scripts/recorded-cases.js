/** The recorded resources of ../shared/recorded, as the comparison takes them. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { cloudFormationTypes } from '../dist/iac/cloudformation/types/types.js';
import { unresolved } from '../dist/value/value.js';

const FILE = fileURLToPath(new URL('../../shared/recorded/cases.jsonl.gz', import.meta.url));

/** All recorded resources; undefined where they are not there. */
export function recordedCases() {
  if (!existsSync(FILE)) return undefined;
  const lines = gunzipSync(readFileSync(FILE)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** What comparing a recorded resource takes. */
export function inputOf({ type, declared, live, context }) {
  const { siblingSgRules = {}, ...surroundings } = context;
  const typed = { types: cloudFormationTypes, type, resourceType: cloudFormationTypes.get(type) };
  const siblings = Object.entries(siblingSgRules).flatMap(([groupId, { ingress, egress }]) => [
    ...ingress.map((rule) => sibling('Ingress', groupId, rule)),
    ...egress.map((rule) => sibling('Egress', groupId, rule)),
  ]);
  const desired = withUnresolved(declared);
  return { ...typed, desired, live, partial: false, context: { ...surroundings, siblings } };
}

function sibling(direction, groupId, live) {
  const type = `AWS::EC2::SecurityGroup${direction}`;
  return { type, logicalId: 'Rule', physicalId: '', desired: { ...live, GroupId: groupId }, live };
}

function withUnresolved(value) {
  if (Array.isArray(value)) return value.map(withUnresolved);
  if (typeof value !== 'object' || value === null) return value;
  if (value.$unresolved === true) return unresolved('it could not be evaluated');
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withUnresolved(each)]));
}
