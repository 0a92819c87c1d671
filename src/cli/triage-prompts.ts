import * as clack from '@clack/prompts';
import type { Choice, Prompts } from './triage-session.js';

/** Asks on the terminal. */
export const terminalPrompts: Prompts = {
  show(title, lines) {
    clack.log.message([title, '', ...lines].join('\n'));
  },
  async select<Value extends string>(message: string, choices: readonly Choice<Value>[]) {
    const options = choices.map(({ value, label, hint }) => ({
      value: value as string,
      label,
      ...(hint ? { hint } : {}),
    }));
    const answer = await clack.select<string>({ message, options });
    return choices.find(({ value }) => value === answer)?.value;
  },
  async text(message, check) {
    const answer = await clack.text({ message, validate: (text) => check(text ?? '') });
    return clack.isCancel(answer) ? undefined : answer;
  },
  async confirm(message) {
    const answer = await clack.confirm({ message, initialValue: false });
    return clack.isCancel(answer) ? undefined : answer;
  },
};
