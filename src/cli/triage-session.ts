import { reasonProblems } from '../ignore/request.js';
import type { Finding } from '../model/report.js';
import { commandsOf } from '../report/finding-text.js';

/** What somebody decided about a finding. */
export type Decision =
  | { finding: Finding; way: 'adopt' | 'revert' | 'skip' }
  | { finding: Finding; way: 'ignore'; reason: string };

/** How a person is asked: the one way in which triage talks to a terminal. Each answer is undefined where it was cancelled. */
export interface Prompts {
  show(title: string, lines: readonly string[]): void;
  select<Value extends string>(message: string, choices: readonly Choice<Value>[]): Promise<Value | undefined>;
  /** `check` says what is wrong with an answer; undefined for nothing. */
  text(message: string, check: (answer: string) => string | undefined): Promise<string | undefined>;
  confirm(message: string): Promise<boolean | undefined>;
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
}

type Answer = Decision['way'] | 'undo' | 'finish';

/**
 * Goes through findings one by one. Gives what was decided, also where somebody finished before the last; undefined where
 * it was cancelled. `linesOf` describes a finding.
 */
export async function decide(
  findings: readonly Finding[],
  prompts: Prompts,
  linesOf: (finding: Finding) => readonly string[],
): Promise<Decision[] | undefined> {
  const decisions: Decision[] = [];
  while (decisions.length < findings.length) {
    const finding = findings[decisions.length];
    if (finding === undefined) break;
    const title = `${decisions.length + 1} of ${findings.length}: ${finding.severity}`;
    prompts.show(title, linesOf(finding));
    const answer = await prompts.select('What is to become of it?', choicesFor(finding, decisions.length));
    if (answer === undefined) return undefined;
    if (answer === 'finish') break;
    if (answer === 'undo') {
      decisions.pop();
      continue;
    }
    if (answer !== 'ignore') {
      decisions.push({ finding, way: answer });
      continue;
    }
    const reason = await prompts.text('Why may it stay?', (text) =>
      reasonProblems(text)[0]?.message.replace('--reason: ', ''),
    );
    if (reason === undefined) return undefined;
    decisions.push({ finding, way: 'ignore', reason });
  }
  return decisions;
}

/** The ways that are open, in the order that its rule advises. */
function choicesFor(finding: Finding, done: number): Choice<Answer>[] {
  const { patch, remedies = [] } = finding;
  const ways = remedies.flatMap(({ way }): Choice<Answer>[] => {
    if (way === 'adopt' && patch.status === 'patchable')
      return [{ value: 'adopt', label: 'Adopt', hint: 'the proven edit brings it into Git' }];
    if (way === 'revert' && commandsOf(finding, 'revert').length > 0)
      return [{ value: 'revert', label: 'Revert later', hint: 'the commands are printed at the end' }];
    return way === 'ignore' ? [{ value: 'ignore', label: 'Ignore', hint: 'a rule with a reason' }] : [];
  });
  return [
    ...ways,
    { value: 'skip', label: 'Skip' },
    ...(done > 0 ? [{ value: 'undo' as const, label: 'Undo', hint: 'back to the one before' }] : []),
    { value: 'finish', label: 'Finish here', hint: 'go to the summary' },
  ];
}
