import { describe, expect, test } from '@jest/globals';
import { readDirective } from '../../../src/suppress/comments/directive.js';

const reason = 'autoscaling owns it';

describe('a directive', () => {
  test.each([
    ['# gitops-drift:ignore: autoscaling owns it', { reason }],
    ['#gitops-drift:ignore : autoscaling owns it  ', { reason }],
    ['## gitops-drift:ignore /DesiredCount: autoscaling owns it', { path: '/DesiredCount', reason }],
    ['# gitops-drift:ignore until 2027-01-31: autoscaling owns it', { until: '2027-01-31', reason }],
    [
      '# gitops-drift:ignore  /Tags/*/Value  until  2027-01-31:  autoscaling   owns it',
      { path: '/Tags/*/Value', until: '2027-01-31', reason },
    ],
    [
      '# gitops-drift:ignore /Condition/aws:SourceArn: it: moves #12',
      { path: '/Condition/aws:SourceArn', reason: 'it: moves #12' },
    ],
    ['# checkov:skip=CKV_1: x # gitops-drift:ignore: autoscaling owns it', { reason }],
  ])('%s', (comment, directive) => {
    expect(readDirective(comment)).toEqual({ directive });
  });
});

describe('a mistake is told', () => {
  test.each<[string, RegExp[]]>([
    ['# gitops-drift:ignore', [/has no reason/]],
    ['# gitops-drift:ignore:', [/has no reason/]],
    ['# gitops-drift:ignore /DesiredCount', [/has no reason/]],
    ['# gitops-drift:ignore autoscaling owns it', [/has no reason/]],
    ['# gitops-drift:ignore /DesiredCount:autoscaling owns it', [/has no reason/]],
    [
      '# gitops-drift:ignore DesiredCount: x',
      [/"DesiredCount" is no path of a property .*JSON Pointer: \/DesiredCount/],
    ],
    ['# gitops-drift:ignore Tags.0: x', [/JSON Pointer: \/Tags\/0/]],
    ['# gitops-drift:ignore /a~2: x', [/"\/a~2" is no path/]],
    ['# gitops-drift:ignore until tomorrow: x', [/"tomorrow" is no day/]],
    ['# gitops-drift:ignore until 2027-02-30: x', [/"2027-02-30" is no day/]],
    ['# gitops-drift:ignore until: x', [/"" is no day/]],
    ['# gitops-drift:ignore Tags until 31.1.2027:', [/no path/, /no day/, /no reason/]],
    ['# gitops-drift:ignore /A /B: x', [/"\/B" is not understood/]],
    ['# gitops-drift:ignore /A till 2027-01-31: x', [/"till 2027-01-31" is not understood/]],
    ['# gitops-drift:ignor /A: x', [/"gitops-drift:ignor" is not known here .*did you mean "gitops-drift:ignore"/]],
    ['# gitops-drift:ignore-next-line: x', [/"gitops-drift:ignore-next-line" is not known/]],
    ['# gitops-drift: ignore /A: x', [/is not known here/]],
    ['# gitops-drift : ignore: x', [/is not known here/]],
    ['# GitOps-Drift:Ignore: x', [/is not known here/]],
  ])('%s', (comment, messages) => {
    const reading = readDirective(comment);
    const mistakes = reading && 'mistakes' in reading ? reading.mistakes : [];
    expect(mistakes.map(({ message, hint }) => `${message} ${hint}`)).toEqual(
      messages.map((message) => expect.stringMatching(message)),
    );
  });
});

test.each([
  '# a comment',
  '# gitops-drift scans this',
  '# gitops-drift: scanned every night',
  '# see my-gitops-drift:ignore',
  '# we write gitops-drift:ignore above what autoscaling owns',
])('%s is prose', (comment) => {
  expect(readDirective(comment)).toBeUndefined();
});
