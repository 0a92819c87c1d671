import { expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { child } from '../../src/base/json-pointer.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { UndeclaredValue } from '../../src/model/comparison.js';
import { severityRules } from '../../src/severity/rules.js';
import type { Opening, UndeclaredIn } from '../../src/severity/undeclared.js';
import { describeShared, sharedLines } from '../support/shared.js';
import { inputOf, type RecordedCase } from './recorded-cases.js';

const FILE = 'recorded/cases.jsonl.gz';
const RULES = severityRules(cloudFormationTypes);
const nameOf: UndeclaredIn['nameOf'] = (_, index) => String(index);

interface ObservedCase extends RecordedCase {
  atDefault: string[];
}

/** Keys of objects that the declared side lacks: a plain walk, which knows nothing of meanings or owners. */
function liveOnly(declared: Json | undefined, live: Json, path = ''): UndeclaredValue[] {
  if (declared === undefined) return [{ path, stablePath: path, live }];
  if (Array.isArray(declared) && Array.isArray(live)) {
    return declared.flatMap((item, index) => {
      const other = live.find((each) => ownName(each) !== undefined && ownName(each) === ownName(item)) ?? live[index];
      return other === undefined ? [] : liveOnly(item, other, child(path, index));
    });
  }
  if (!isObject(declared) || declared['$unresolved'] === true || !isObject(live)) return [];
  return Object.entries(live).flatMap(([key, member]) => liveOnly(declared[key], member, child(path, key)));
}

/** Containers come in another order than they were declared in. */
function ownName(item: Json): Json | undefined {
  return isObject(item) ? item['Name'] : undefined;
}

function openingsIn(one: ObservedCase, isAwsDefault: UndeclaredIn['isAwsDefault']): Opening[] {
  const { desired } = inputOf(one);
  const { type, logicalId } = one;
  const about = { type, stack: 'recorded', logicalId, accountId: one.context.accountId, desired, isAwsDefault, nameOf };
  return RULES.openings(liveOnly(one.declared, one.live as JsonObject), about);
}

const NOTHING: UndeclaredIn['isAwsDefault'] = () => false;

function schemaDefault({ type }: ObservedCase): UndeclaredIn['isAwsDefault'] {
  const defaults = cloudFormationTypes.get(type)?.defaults ?? {};
  return (path, value, root) => path === root && defaults[path.replaceAll(/\/\d+(?=\/|$)/g, '/*')] === value;
}

/** Where AWS's own default is open; everything else that AWS sets by itself has to be silent without knowing it. */
const OPEN_BY_DEFAULT = ['AWS::EKS::Cluster /ResourcesVpcConfig/PublicAccessCidrs/0 ingress-from-anywhere'];

describeShared(FILE, 'what AWS sets by itself, in real recorded resources that nobody has touched', () => {
  const cases = sharedLines<ObservedCase>(FILE).filter(({ drift }) => drift.length === 0);
  const found = (isDefault: (one: ObservedCase) => UndeclaredIn['isAwsDefault']) =>
    cases.flatMap((one) =>
      openingsIn(one, isDefault(one)).map(({ path, rated }) => `${one.type} ${path} ${rated.rule}`),
    );

  test('is no opening, but for what AWS leaves open', () => {
    expect([...new Set(found(() => NOTHING))]).toEqual(OPEN_BY_DEFAULT);
  });

  test('is no opening beside what schemas say', () => {
    expect([...new Set(found(schemaDefault))]).toEqual(OPEN_BY_DEFAULT);
  });

  test('is none where its value was observed', () => {
    const observed = (one: ObservedCase) => (path: string) => one.atDefault.includes(path);
    expect(found(observed)).toEqual([]);
  });
});
