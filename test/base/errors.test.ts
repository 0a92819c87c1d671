import { describe, expect, test } from '@jest/globals';
import { DriftError, describeProblem, type Problem } from '../../src/base/errors.js';

/** What moves a cursor, sets a title, reorders, or is a command to the runner of a pipeline. */
const HOSTILE = [
  '\u001b]0;x\u0007',
  '\u001b[2J',
  '\u009b31m',
  '\u202e',
  '\u2028',
  '\r',
  '\n::error::x',
  '\n  ::set-env name=A::b',
  '##[error]x',
  '\n##[add-mask]',
];

describe('a problem as text has nothing in it that a terminal or a runner obeys', () => {
  test.each(HOSTILE.flatMap((text) => ['file', 'message', 'hint'].map((part) => [part, text] as const)))(
    '%s %j',
    (part, text) => {
      const problem: Problem = { code: 'internal-error', message: 'm', [part]: `a${text}b` };
      for (const told of [describeProblem(problem), new DriftError('usage', [problem, problem]).message]) {
        expect(told).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]|^\s*::|##\[/mu);
      }
    },
  );

  test('keeps the line breaks of a message, and none in the name of a file', () => {
    expect(describeProblem({ message: 'one\ntwo', file: 'a\nb', line: 1, hint: 'do: it' })).toBe(
      'a\\nb:1: one\ntwo\n  do: it',
    );
  });
});
