import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellCommand, shellWords } from '../../src/base/shell.js';

function wordsOf(command: string): string[] {
  const script = `set -- ${command}\nfor word; do printf '%s\\0' "$word"; done`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a command as text', () => {
  test('plain words stay as they are', () => {
    expect(shellCommand(['gitops-drift', 'patch', '--stack', 'shop-prod', '/tmp/a.b'])).toBe(
      'gitops-drift patch --stack shop-prod /tmp/a.b',
    );
  });

  test('a shell reads the very words, whatever is in them', () => {
    const word = fc.string({ unit: fc.constantFrom(...`ab '"\\$\`!;&|<>(){}[]*?~#=%:,./-@é`) });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        expect(wordsOf(shellCommand(words))).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });

  test('what a terminal would act on is left out', () => {
    expect(shellCommand(['a\u001b[2J\nb\u202e'])).toBe("'a[2Jb'");
  });
});

test.each([[['gitops-drift', 'patch', "it's", 'a b', '', '--finding', '1f0c']], [["'", "''", 'x=1', '~']]])(
  'the words of %j come back from the command',
  (words) => {
    expect(shellWords(shellCommand(words))).toEqual(words);
  },
);

test.each(['a; b', 'a $(b)', '"a"', 'a  b', "'open", 'a\nb'])('%j is no such command', (text) => {
  expect(shellWords(text)).toBeUndefined();
});
