import { expect, test } from '@jest/globals';
import { type Json, MAX_DEPTH } from '../../src/base/json.js';
import { documentOf } from '../../src/compare/documents.js';
import type { Place } from '../../src/compare/place.js';
import type { TypeRules } from '../../src/compare/rules.js';
import { type Plain, unresolved } from '../../src/value/value.js';

const PLACE: Place = { path: '/Doc', stablePath: '/Doc', property: 'Doc', document: 'none', isAuthors: false };
const JSON_TEXT = { whole: true, kind: 'json', within: [] };
const POLICY = { Statement: [{ Effect: 'Allow' }] };

function of(desired: Plain, live: Json, place: Partial<Place> = {}, meant?: { name: string; source: string }) {
  const rules = { documents: { has: (path: string) => path === '/Doc' }, meaningAt: () => meant };
  return documentOf(desired, live, { ...PLACE, ...place }, rules as unknown as TypeRules);
}

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

test.each<[string, Plain, Json, object | undefined]>([
  ['two texts of JSON', '{"a": 1}', '{"a":1}', { ...JSON_TEXT, desired: { a: 1 }, live: { a: 1 } }],
  ['blanks before one', ' \n[1]', '\t[1]', { ...JSON_TEXT, desired: [1], live: [1] }],
  ['a text and a structure', '[1]', [1], { ...JSON_TEXT, desired: [1], live: [1] }],
  ['a structure and a text', [1], '[1]', { ...JSON_TEXT, desired: [1], live: [1], whole: false }],
  [
    'two structures where the schema has none',
    { a: 1 },
    { a: 2 },
    { ...JSON_TEXT, desired: { a: 1 }, live: { a: 2 }, whole: false },
  ],
  [
    'a policy',
    JSON.stringify(POLICY),
    POLICY,
    { desired: POLICY, live: POLICY, kind: 'policy', within: [], whole: true },
  ],
  [
    'a policy of one statement',
    { Statement: { Effect: 'Deny' } },
    '{}',
    expect.objectContaining({ kind: 'policy', within: [] }),
  ],
  ['a statement', { Effect: 'Deny' }, '{}', expect.objectContaining({ kind: 'policy', within: ['Statement'] })],
  ['an effect that is unknown', { Effect: unresolved('?') }, '{}', expect.objectContaining({ kind: 'policy' })],
  ['another effect', { Effect: 'Allows' }, '{}', expect.objectContaining({ kind: 'json' })],
  ['no effect', { Sid: 'a' }, '{}', expect.objectContaining({ kind: 'json' })],
  ['as deep as documents are', nested(MAX_DEPTH + 1), '[]', expect.objectContaining({ live: [] })],
  ['deeper', nested(MAX_DEPTH + 2), '[]', undefined],
  ['a number as text', '5', '5', undefined],
  ['a quoted text', '"a"', '"a"', undefined],
  ['no JSON', '{a', '{a', undefined],
  ['one text that is none', '{"a": 1}', 'a', undefined],
  ['nothing', '{"a": 1}', null, undefined],
  ['what is unknown', unresolved('?'), '{"a": 1}', undefined],
  ['YAML', 'a: 1', 'a: 1', undefined],
])('%s', (_, desired, live, expected) => {
  expect(of(desired, live)).toEqual(expected);
});

test.each<[string, Plain, Json, object | undefined]>([
  ['YAML', 'a: 1', '{"a": 1}', { ...JSON_TEXT, desired: { a: 1 }, live: { a: 1 } }],
  ['a text that YAML takes as it is', 'plain', 'plain', undefined],
  ['no YAML', 'a: [', 'a: [', undefined],
])('where a body may be, %s', (_, desired, live, expected) => {
  expect(of(desired, live, {}, { name: 'body', source: 'path data' })).toEqual(expected);
});

test('inside of a document nothing is YAML, and structures are no documents of their own', () => {
  expect(of('a: 1', 'a: 1', { document: 'json' }, { name: 'body', source: 'path data' })).toBeUndefined();
  expect(of({ a: 1 }, { a: 1 }, { document: 'json' })).toBeUndefined();
  expect(of({ a: 1 }, { a: 1 }, { path: '/Shaped' })).toBeUndefined();
});

test("a text under the author's own key is one, unless data says otherwise of its path", () => {
  expect(of('[1]', '[1]', { isAuthors: true })).toBeUndefined();
  expect(of('[1]', '[1]', { isAuthors: true }, { name: 'x', source: 'enum' })).toBeUndefined();
  expect(of('[1]', '[1]', { isAuthors: true }, { name: 'x', source: 'path data' })).toMatchObject(JSON_TEXT);
});
