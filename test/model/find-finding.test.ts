import { expect, test } from '@jest/globals';
import { findingsById } from '../../src/model/find-finding.js';
import type { Finding } from '../../src/model/report.js';

const IDS = ['1f0c2a9b8d7e6f50', '1f0c2a9b00000000', '1f0d000000000000'];
const FINDINGS = IDS.map((id, index) => ({ id, stack: 'shop', logicalId: `R${index}`, path: '/A' }) as Finding);

function found(...asked: string[]): string[] {
  return findingsById(asked, FINDINGS, '--finding ').map(({ id }) => id);
}

test('an id is found whole, or by at least four digits that only it begins with', () => {
  expect(found(IDS[0] ?? '')).toEqual([IDS[0]]);
  expect(found('1f0d')).toEqual([IDS[2]]);
  expect(found('1F0D0', '1f0c2a9b8')).toEqual([IDS[2], IDS[0]]);
  expect(found('1f0d', '1f0d0')).toEqual([IDS[2]]);
  expect(found()).toEqual([]);
});

test('all that are wrong are told at once; of one that several begin with, those', () => {
  const wrong = () => found('1f0', '1f0c', 'abcd', '1f0d');
  expect(wrong).toThrow('--finding 1f0: there is no such finding\n  give at least 4 digits of an id');
  expect(wrong).toThrow('--finding 1f0c: 2 findings have ids that begin with it');
  expect(wrong).toThrow(/1f0c2a9b8d7e6f50 {2}shop R0 \/A\n {2,}1f0c2a9b00000000 {2}shop R1 \/A/);
  expect(wrong).toThrow('--finding abcd: there is no such finding');
});
