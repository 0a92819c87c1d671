import { describe, expect, test } from '@jest/globals';
import type { Difference } from '../../src/model/comparison.js';
import { changeOf, type Intent, intentOf, isChangedAsIntended, isSame } from '../../src/patch/intent.js';
import type { MapValue, Plain } from '../../src/value/value.js';
import { unresolved } from '../../src/value/value.js';
import { evaluateText, shown } from '../support/evaluate.js';

/** Evaluated properties, written as a flow map. */
function propertiesOf(text: string): MapValue {
  const resource = evaluateText(`Resources: {It: {Type: "A::B::C", Properties: ${text}}}`).resources.get('It');
  if (!resource) throw new Error('no resource');
  return resource.properties;
}

type Sides = Pick<Difference, 'desired' | 'live' | 'insertAt'>;

/** A change as text: its kind and place, and what it is of. */
function changed(properties: string, path: string, sides: Sides): unknown {
  const change = changeOf({ path, stablePath: path, ...sides }, propertiesOf(properties));
  if (change === undefined) return undefined;
  const at = change.keys.join('/');
  const intent = intentOf(change);
  const meant = `${intent.kind} ${intent.keys.join('/')}${intent.kind === 'insert' ? `@${intent.index}` : ''}`;
  if (change.kind === 'add-item') return [change.kind, at, shown(change.list), change.index, meant];
  if (change.kind === 'add-entry') return [change.kind, at, shown(change.map), change.key, meant];
  return [change.kind, at, shown(change.value), shown(change.parent), meant];
}

const SET = { desired: 1, live: 2 };
const REMOVE = { desired: 1 };
const ADD = { live: 2 };

describe('a difference as a change of what Git says', () => {
  test.each<[string, string, Sides, unknown]>([
    ['{A: 1}', '/A', SET, ['set', 'A', 1, { A: 1 }, 'set A']],
    ['{A: 1}', '/A', REMOVE, ['remove', 'A', 1, { A: 1 }, 'remove A']],
    ['{A: {B: 1}}', '/A/B', SET, ['set', 'A/B', 1, { B: 1 }, 'set A/B']],
    ['{A: [1, 2]}', '/A/1', SET, ['set', 'A/1', 2, [1, 2], 'set A/1']],
    ['{A: [1, 2]}', '/A/0', REMOVE, ['remove', 'A/0', 1, [1, 2], 'remove A/0']],
    ['{A: [1]}', '/A/1', ADD, ['add-item', 'A', [1], 1, 'insert A@1']],
    ['{A: [1, 2]}', '/A/2', { ...ADD, insertAt: 1 }, ['add-item', 'A', [1, 2], 1, 'insert A@1']],
    ['{A: [1, 2]}', '/A/2', { ...ADD, insertAt: 0 }, ['add-item', 'A', [1, 2], 0, 'insert A@0']],
    // An added element of an ordered list may carry the index of another one.
    ['{A: [1, 2]}', '/A/0', ADD, ['add-item', 'A', [1, 2], 2, 'insert A@2']],
    ['{A: []}', '/A/0', ADD, ['add-item', 'A', [], 0, 'insert A@0']],
    ['{A: {}}', '/A/B', ADD, ['add-entry', 'A', {}, 'B', 'set A/B']],
    ['{A: {}}', '/A/0', ADD, ['add-entry', 'A', {}, '0', 'set A/0']],
    ['{A: 1}', '/B', ADD, ['add-entry', '', { A: 1 }, 'B', 'set B']],
    ['{A: 1}', '/A', ADD, undefined],
    ['{A: {B: 1}}', '/A/B', ADD, undefined],
    ['{A: 1}', '/A/B', SET, undefined],
    ['{A: 1}', '/B/C', SET, undefined],
    ['{A: 1}', '/A/B/C', SET, undefined],
    ['{A: [1]}', '/A/1/B', SET, undefined],
    ['{A: 1}', '', SET, undefined],
    ['{A: !Ref "AWS::StackId"}', '/A/B', SET, undefined],
  ])('%s at %s, %j', (properties, path, sides, expected) => {
    expect(changed(properties, path, sides)).toEqual(expected);
  });

  test.each<[string, string, Sides, unknown]>([
    ['{A: 1}', '/A/0', SET, ['set', 'A', 1, { A: 1 }, 'set A']],
    ['{A: 1}', '/A/1', ADD, ['widen', 'A', 1, { A: 1 }, 'set A']],
    ['{A: 1}', '/A/0', ADD, ['widen', 'A', 1, { A: 1 }, 'set A']],
    ['{A: 1}', '/A/0', REMOVE, undefined],
    ['{A: 1}', '/A/1', SET, undefined],
    ['{A: 1}', '/A/x', ADD, undefined],
    ['{A: [1]}', '/A/0/0', SET, ['set', 'A/0', 1, [1], 'set A/0']],
  ])('one value for a list of one: %s at %s, %j', (properties, path, sides, expected) => {
    expect(changed(properties, path, sides)).toEqual(expected);
  });

  const LONE = '{P: {Statement: {Effect: Allow, Action: a}}}';
  const statement = { Effect: 'Allow', Action: 'a' };
  test.each<[string, string, Sides, unknown]>([
    [LONE, '/P/Statement/0/Action', SET, ['set', 'P/Statement/Action', 'a', statement, 'set P/Statement/Action']],
    [LONE, '/P/Statement/0/Sid', ADD, ['add-entry', 'P/Statement', statement, 'Sid', 'set P/Statement/Sid']],
    [LONE, '/P/Statement/0/Action/0', SET, ['set', 'P/Statement/Action', 'a', statement, 'set P/Statement/Action']],
    [LONE, '/P/Statement/1', ADD, ['widen', 'P/Statement', statement, { Statement: statement }, 'set P/Statement']],
    [LONE, '/P/Statement/0', SET, ['set', 'P/Statement', statement, { Statement: statement }, 'set P/Statement']],
    [LONE, '/P/Statement/1/Action', SET, undefined],
    [
      '{P: {Statement: {"0": {A: 1}}}}',
      '/P/Statement/0/A',
      SET,
      ['set', 'P/Statement/0/A', 1, { A: 1 }, 'set P/Statement/0/A'],
    ],
    ['{P: {Statement: {"0": 1}}}', '/P/Statement/0', SET, ['set', 'P/Statement/0', 1, { 0: 1 }, 'set P/Statement/0']],
    ['{P: {Other: {A: 1}}}', '/P/Other/0/A', SET, undefined],
    ['{P: {Other: {A: 1}}}', '/P/Other/1', ADD, ['add-entry', 'P/Other', { A: 1 }, '1', 'set P/Other/1']],
    [
      '{P: {Statement: [{Action: a}]}}',
      '/P/Statement/0/Action',
      SET,
      ['set', 'P/Statement/0/Action', 'a', { Action: 'a' }, 'set P/Statement/0/Action'],
    ],
  ])('a lone statement: %s at %s, %j', (properties, path, sides, expected) => {
    expect(changed(properties, path, sides)).toEqual(expected);
  });
});

const set = (...keys: string[]): Intent => ({ kind: 'set', keys });
const remove = (...keys: string[]): Intent => ({ kind: 'remove', keys });
const insert = (index: number, ...keys: string[]): Intent => ({ kind: 'insert', keys, index });

describe('what has changed is what was meant', () => {
  test.each<[string, Plain, Plain, Intent[], boolean]>([
    ['nothing', { A: 1 }, { A: 1 }, [], true],
    ['something that was not meant', { A: 1 }, { A: 2 }, [], false],
    ['a value', { A: 1, B: 2 }, { A: 9, B: 2 }, [set('A')], true],
    ['a value, to one of any kind', { A: 1 }, { A: { B: [1] } }, [set('A')], true],
    ['a value and another one', { A: 1, B: 2 }, { A: 9, B: 9 }, [set('A')], false],
    ['two values', { A: 1, B: 2 }, { A: 9, B: 9 }, [set('A'), set('B')], true],
    ['a value that went', { A: 1, B: 2 }, { B: 2 }, [set('A')], false],
    ['a value in depth', { A: { B: [1, 2] } }, { A: { B: [1, 9] } }, [set('A', 'B', '1')], true],
    ['its neighbour in depth', { A: { B: [1, 2] } }, { A: { B: [9, 2] } }, [set('A', 'B', '1')], false],
    ['an entry that came', { A: {} }, { A: { B: 1 } }, [set('A', 'B')], true],
    ['an entry that came elsewhere', { A: {}, C: {} }, { A: {}, C: { B: 1 } }, [set('A', 'B')], false],
    ['an entry with others of its own', {}, { A: { B: 1 } }, [set('A', 'B')], true],
    ['an entry with a name of JavaScript', {}, { toString: 1 }, [set('toString')], true],
    ['an entry that went', { A: 1, B: 2 }, { B: 2 }, [remove('A')], true],
    ['an entry that stays', { A: 1, B: 2 }, { A: 1, B: 2 }, [remove('A')], false],
    ['another entry that went', { A: 1, B: 2 }, { A: 1 }, [remove('A')], false],
    ['an element that went', { A: [1, 2, 3] }, { A: [1, 3] }, [remove('A', '1')], true],
    ['another element that went', { A: [1, 2, 3] }, { A: [1, 2] }, [remove('A', '1')], false],
    ['an element that came at the start', { A: [1, 2] }, { A: [9, 1, 2] }, [insert(0, 'A')], true],
    ['an element that came in between', { A: [1, 2] }, { A: [1, 9, 2] }, [insert(1, 'A')], true],
    ['an element that came at the end', { A: [1, 2] }, { A: [1, 2, 9] }, [insert(2, 'A')], true],
    ['an element that came elsewhere', { A: [1, 2] }, { A: [9, 1, 2] }, [insert(2, 'A')], false],
    ['an element in what is no list', { A: 1 }, { A: [1] }, [insert(0, 'A')], false],
    ['the whole', { A: 1 }, { B: 2 }, [set()], true],
    ['what is not there', { A: 1 }, { A: 1 }, [remove('B')], true],
    ['what can not hold anything', { A: 1 }, { A: 1 }, [set('A', 'B')], true],
  ])('%s', (_, before, after, intents, expected) => {
    expect(isChangedAsIntended(before, after, intents)).toBe(expected);
    expect(isChangedAsIntended(before, after, [...intents].reverse())).toBe(expected);
  });

  // In whatever order they are meant: indices are those from before.
  test.each<[string, Plain, Plain, Intent[]]>([
    ['two that went', { A: [1, 2, 3, 4] }, { A: [1, 4] }, [remove('A', '1'), remove('A', '2')]],
    [
      'the tenth and the second',
      { A: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
      { A: [0, 1, 3, 4, 5, 6, 7, 8, 9] },
      [remove('A', '2'), remove('A', '10')],
    ],
    ['one that went, one set behind it', { A: [1, 2, 3] }, { A: [2, 9] }, [remove('A', '0'), set('A', '2')]],
    [
      'one that went, and one that came in its place',
      { A: [1, 2, 3] },
      { A: [1, 9, 3] },
      [remove('A', '1'), insert(1, 'A')],
    ],
    ['one that came before one that went', { A: [1, 2, 3] }, { A: [9, 1, 2] }, [insert(0, 'A'), remove('A', '2')]],
    ['two that came', { A: [1, 2] }, { A: [9, 1, 9, 2] }, [insert(0, 'A'), insert(1, 'A')]],
    ['two that came at one place', { A: [1, 2] }, { A: [1, 9, 9, 2] }, [insert(1, 'A'), insert(1, 'A')]],
    [
      'in lists of lists',
      {
        A: [
          [1, 2],
          [3, 4],
        ],
      },
      { A: [[1], [9, 3, 4]] },
      [remove('A', '0', '1'), insert(0, 'A', '1')],
    ],
    [
      'in an element, and the element before it',
      { A: [[1], [2, 3]] },
      { A: [[2]] },
      [remove('A', '0'), remove('A', '1', '1')],
    ],
    ['an element, and one in it', { A: [[1, 2], [3]] }, { A: [[3]] }, [remove('A', '0'), set('A', '0', '1')]],
    ['of two maps', { A: [1, 2], B: [1, 2] }, { A: [2], B: [1] }, [remove('A', '0'), remove('B', '1')]],
    [
      'a value in an element behind one that came',
      { A: [{ B: 1 }] },
      { A: [9, { B: 9 }] },
      [insert(0, 'A'), set('A', '0', 'B')],
    ],
  ])('%s', (_, before, after, intents) => {
    expect(isChangedAsIntended(before, after, intents)).toBe(true);
    expect(isChangedAsIntended(before, after, [...intents].reverse())).toBe(true);
    expect(isChangedAsIntended(before, { A: ['other'] }, intents)).toBe(false);
  });
});

describe('two evaluated values are the same', () => {
  test.each<[Plain, Plain, boolean]>([
    [1, 1, true],
    [1, '1', false],
    [null, null, true],
    [null, false, false],
    [null, {}, false],
    [{}, null, false],
    [[], [], true],
    [[], {}, false],
    [{}, [], false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [[null], [], false],
    [{ A: 1, B: 2 }, { B: 2, A: 1 }, true],
    [{ A: 1 }, { A: 1, B: 2 }, false],
    [{ A: 1, B: 2 }, { A: 1 }, false],
    [{ A: 1 }, { B: 1 }, false],
    [{ toString: null }, { A: null }, false],
    [{ A: null }, { toString: null }, false],
    [{ A: 1 }, 1, false],
    [1, { A: 1 }, false],
    [{ A: [{ B: 1 }] }, { A: [{ B: 2 }] }, false],
    [unresolved('a'), unresolved('a'), true],
    [unresolved('a'), unresolved('b'), false],
    [unresolved('a'), 1, false],
    [1, unresolved('a'), false],
    [unresolved('a'), { message: 'a' }, false],
    [{ A: unresolved('a') }, { A: unresolved('a') }, true],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(isSame(one, other)).toBe(expected);
  });
});
