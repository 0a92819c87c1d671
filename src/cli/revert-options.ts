import { DriftError } from '../base/errors.js';
import type { Severity } from '../model/report.js';
import type { SourceOptions } from './options.js';

export interface RevertOptions extends SourceOptions {
  finding?: string[];
  severity?: Severity;
  report?: string;
  plan?: boolean;
  execute?: boolean;
  clean?: boolean;
  changeSet?: string;
  digest?: string;
  allowReplacement?: boolean;
  wholeStack?: boolean;
  yes?: boolean;
  role?: string;
  record?: string;
  output?: 'text' | 'json';
}

/** Throws a `DriftError` for options that don't go together; `hasTerminal`: whether somebody can be asked. */
export function mustFit(options: RevertOptions, hasTerminal: boolean): void {
  const { execute, plan, clean, changeSet, digest, yes, record, output } = options;
  if ((changeSet === undefined) !== (digest === undefined)) {
    throw usage('usage-missing', '--change-set and --digest go together', 'revert --plan prints both');
  }
  if (changeSet !== undefined && !execute) {
    throw usage('usage-missing', '--change-set is executed only with --execute', 'add --execute');
  }
  if (
    changeSet !== undefined &&
    !/^arn:[\w-]+:cloudformation:[a-z0-9-]+:\d{12}:changeSet\/[^/]+\/[^/]+$/.test(changeSet)
  ) {
    throw usage('usage-bad-value', '--change-set takes the ARN of a change set', 'revert --plan prints it');
  }
  if (digest !== undefined && !/^[0-9a-f]{64}$/i.test(digest)) {
    throw usage('usage-bad-value', '--digest takes 64 hexadecimal digits', 'revert --plan prints it');
  }
  if (yes && !execute && !clean) {
    throw usage('usage-missing', '--yes confirms what --execute does', 'add --execute, or leave it out to look only');
  }
  if (record !== undefined && !execute && !plan) {
    throw usage('usage-missing', '--record tells what --plan or --execute did', 'add one of them, or leave it out');
  }
  if (execute && output === 'json') {
    throw usage('usage-conflict', '--execute prints text', 'use --record <file> for what was done');
  }
  if (execute && !yes && !hasTerminal) {
    const hint = 'add --yes in a pipeline, after an approval: --change-set <arn> --digest <d>';
    throw usage('usage-no-terminal', '--execute asks for a confirmation, and needs a terminal for that', hint);
  }
}

function usage(
  code: 'usage-missing' | 'usage-bad-value' | 'usage-conflict' | 'usage-no-terminal',
  message: string,
  hint: string,
) {
  return new DriftError('usage', [{ code, message, hint }]);
}
