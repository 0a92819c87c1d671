import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser, wellKnownFunctions } from '@actions/expressions';
import { parse } from 'yaml';
import { outputsOf, run } from './pipeline.js';

export interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
  'continue-on-error'?: boolean;
}

export interface ActionFile {
  name: string;
  description: string;
  inputs: Record<string, { description: string; default: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { using: string; steps: Step[] };
}

/** What a run of the action came to. */
export interface ActionRun {
  exitCode: number;
  /** What the steps printed, stdout before stderr of each. */
  log: string;
  /** The action's own outputs. */
  outputs: Record<string, string>;
  /** Other actions that would have run, with their inputs. */
  used: { uses: string; with: Record<string, string> }[];
  summary: string;
}

interface ActionOptions {
  /** Folder with action.yml. */
  action: string;
  workspace: string;
  /** For the runner's own files. */
  temporary: string;
  inputs?: Record<string, string>;
  env: Record<string, string>;
  /** Other actions that fail. */
  failing?: string[];
}

/**
 * Runs the steps of a composite action in order, as GitHub's runner does: expressions by GitHub's own evaluator, scripts
 * by their shell; other actions are only noted.
 */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { action, workspace, temporary, env, failing = [] } = options;
  const file = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as ActionFile;
  const github = { token: env['GITHUB_TOKEN'] ?? '', workspace };
  const steps: Record<string, { outputs: Record<string, string>; outcome: string }> = {};
  const inputs: Record<string, string> = {};
  const context = () => ({ inputs, steps, github });
  for (const [name, { default: value }] of Object.entries(file.inputs)) {
    inputs[name] = options.inputs?.[name] ?? interpolate(String(value), context());
  }
  const result: ActionRun = { exitCode: 0, log: '', outputs: {}, used: [], summary: '' };
  const summary = join(temporary, 'summary.md');
  for (const [index, step] of file.runs.steps.entries()) {
    if (step.if !== undefined && !isTrue(step.if, context())) continue;
    const values = (map: Record<string, unknown> = {}) =>
      Object.fromEntries(Object.entries(map).map(([key, value]) => [key, interpolate(String(value), context())]));
    const output = join(temporary, `output-${index}`);
    let failed = false;
    if (step.uses !== undefined) {
      result.used.push({ uses: step.uses, with: values(step.with) });
      failed = failing.some((name) => step.uses?.startsWith(name));
    } else {
      const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''];
      const own = {
        GITHUB_ACTION_PATH: action,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: temporary,
      };
      const { GITHUB_TOKEN: _, ...runner } = env;
      const done = await run('bash', shell, { cwd: workspace, env: { ...runner, ...own, ...values(step.env) } });
      result.log += done.stdout + done.stderr;
      failed = done.exitCode !== 0;
      if (failed) result.exitCode = done.exitCode ?? 1;
    }
    const outputs = read(output) === '' ? {} : outputsOf(output);
    if (step.id !== undefined) steps[step.id] = { outputs, outcome: failed ? 'failure' : 'success' };
    if (failed && step['continue-on-error'] !== true) break;
  }
  for (const [name, { value }] of Object.entries(file.outputs)) result.outputs[name] = interpolate(value, context());
  result.summary = read(summary);
  return result;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function interpolate(text: string, context: object): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluate(expression, context).coerceString());
}

function isTrue(condition: string, context: object): boolean {
  return ['true'].includes(evaluate(`(${condition}) && true || false`, context).coerceString());
}

function evaluate(expression: string, context: object): data.ExpressionData {
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(context), Object.values(wellKnownFunctions)).parse();
  const values = JSON.parse(JSON.stringify(context), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values).evaluate();
}
