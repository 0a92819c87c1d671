import { expect, test } from '@jest/globals';
import { respelling } from '../../src/compare/respelling.js';
import { differing } from './comparing.js';

test.each([
  ['name', { Name: 1 }, 'Name'],
  ['Gte', { GreaterThanOrEqual: 1 }, 'GreaterThanOrEqual'],
  ['GreaterThan', { Gt: 1 }, 'Gt'],
  ['Lt', { LessThan: 1 }, 'LessThan'],
  ['Lte', { LessThanOrEqual: 1 }, 'LessThanOrEqual'],
  ['Eq', { Equals: 1 }, 'Equals'],
  ['Neq', { NotEquals: 1 }, 'NotEquals'],
  ['Gte', { GreaterThan: 1 }, undefined],
  ['name', { NAME: 1, Name: 2 }, undefined],
  ['name', {}, undefined],
])('%s comes back in %j as %s', (key, live, name) => {
  expect(respelling(key, live, true)).toBe(name);
});

test('synonyms are for names of a type, not for those of an author', () => {
  expect(respelling('Gte', { GreaterThanOrEqual: 1 }, false)).toBeUndefined();
});

test("a type's own name in another case is the same member, an author's is not", async () => {
  const certificate = 'AWS::CertificateManager::Certificate';
  expect(await differing(certificate, { domainName: 'a.example.com' }, { DomainName: 'b.example.com' })).toEqual([
    '/domainName',
  ]);
  const lambda = 'AWS::Lambda::Function';
  const variables = (value: Record<string, string>) => ({ Environment: { Variables: value } });
  expect(await differing(lambda, variables({ mode: 'on' }), variables({ MODE: 'on' }))).toEqual([
    '/Environment/Variables/mode',
    '/Environment/Variables/MODE',
  ]);
});

test('a certificate lists its own name among the others', async () => {
  const certificate = 'AWS::CertificateManager::Certificate';
  const declared = { DomainName: 'Shop.example.com', SubjectAlternativeNames: ['www.shop.example.com'] };
  const names = (...list: string[]) => ({ DomainName: 'shop.example.com', SubjectAlternativeNames: list });
  expect(await differing(certificate, declared, names('shop.example.com', 'www.shop.example.com'))).toEqual([]);
  expect(await differing(certificate, declared, names('evil.example.com', 'www.shop.example.com'))).toEqual([
    '/SubjectAlternativeNames/1',
  ]);
});

test.each([[['']], [[]]])('a blank list parameter, %j, is what is empty or absent', async (blank) => {
  const type = 'AWS::Lambda::Function';
  const groups = (list: string[]) => ({ VpcConfig: { SecurityGroupIds: list } });
  expect(await differing(type, groups(blank), groups([]))).toEqual([]);
  expect(await differing(type, groups(blank), groups(['']))).toEqual([]);
  expect(await differing(type, groups(blank), {})).toEqual([]);
  expect(await differing(type, groups(blank), groups(['sg-1']))).not.toEqual([]);
});
