import { clean, cleanLines, cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import type { Json } from '../base/json.js';
import { shellCommand } from '../base/shell.js';
import type { Finding } from '../model/report.js';
import type { JudgedEffect, Refusal } from '../revert/judge.js';
import type { StackPlan } from '../revert/plan.js';
import type { LeftOut } from '../revert/select.js';

/** Longer values are cut. */
const MOST = 100;

const DOES: Readonly<Record<JudgedEffect['action'], string>> = {
  add: 'creates',
  modify: 'changes',
  remove: 'removes',
  import: 'imports',
  dynamic: 'may change',
  sync: 'notes the live state of',
};

/** What a change set would do, resource by resource, beside what was asked. */
export function planText({ request: { stack }, changeSet, effects, leftOut, refusals }: StackPlan): string {
  const where = [stack.region, ...(stack.account === null ? [] : [stack.account])].join(', ');
  const what =
    changeSet === undefined ? (refusals.length > 0 ? 'refused' : 'nothing to do') : `change set ${changeSet.name}`;
  const lines = [
    `Stack ${clean(stack.name)} (${where}): ${what}`,
    ...effects.flatMap(effectLines),
    ...leftOutLines(leftOut),
    ...refusalLines(refusals),
  ];
  return cleanLines(`${lines.join('\n')}\n`);
}

function effectLines(effect: JudgedEffect): string[] {
  const { logicalId, type, action, values, ignored, foreign } = effect;
  const does = action === 'add' && effect.isGone ? 'creates again' : DOES[action];
  const marks = [
    ...(effect.asked ? [] : ['NOT ASKED FOR']),
    ...(effect.replacement === 'always' ? ['REPLACES IT'] : []),
    ...(effect.replacement === 'maybe' ? ['MAY REPLACE IT'] : []),
    ...(effect.deletes ? ['DELETES IT'] : []),
    ...(foreign.length > 0 ? ["ANOTHER STACK'S"] : []),
    ...(effect.isUncompared ? ['live state not compared'] : []),
  ];
  const head = `  ${does} ${clean(logicalId)} (${clean(type)})`;
  return [
    marks.length === 0 ? head : `${head}  [${marks.join(', ')}]`,
    ...values.map(({ path, before, after, asked, replaces }) => {
      const notes = [...(asked || effect.asked ? [] : ['not asked for']), ...(replaces ? ['replaces'] : [])];
      const note = notes.length === 0 ? '' : `  [${notes.join(', ')}]`;
      return `    ${clean(path)}: ${valueText(before)} → ${valueText(after)}${note}`;
    }),
    ...ignored.map(({ path, reason }) => `    ${clean(path)}: left alone (${clean(reason)})`),
    ...foreign.map(
      (each) => `    ${clean(each.path)}: ${clean(each.logicalId)} of stack ${clean(each.stack)} put something there`,
    ),
  ];
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return 'none';
  return cleanShort(typeof value === 'string' ? value : JSON.stringify(value), MOST);
}

/** What was asked for and is not undone, with the other way. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  return leftOut.flatMap(({ finding, reason, instead }) => [
    `  not undone: ${placeText(finding)} of stack ${clean(finding.stack)}: ${clean(reason)}`,
    `    instead: ${clean(instead)}`,
  ]);
}

function refusalLines(refusals: readonly Refusal[]): string[] {
  return refusals.flatMap(({ reason, instead }) => [`  refused: ${clean(reason)}`, `    instead: ${clean(instead)}`]);
}

/** Where a finding is, in its stack. */
export function placeText({ logicalId, path }: Pick<Finding, 'logicalId' | 'path'>): string {
  return clean(`${logicalId}${path}`);
}

/** What a kept change set is executed with. */
export function keptText(id: string, digest: string): string {
  const command = shellCommand([
    'gitops-drift',
    'revert',
    '--execute',
    '--change-set',
    id,
    '--digest',
    digest,
    '--yes',
  ]);
  return `  kept: ${clean(id)}\n  digest: ${digest}\n  when it is approved: ${command}\n`;
}

/** What is still there after a revert. */
export function notConvergedText(findings: readonly Finding[]): string {
  const lines = findings.map((finding) => `  ${finding.id}  ${placeText(finding)}`);
  return [`still drifted: ${count(findings.length, 'finding')}, which AWS did not undo`, ...lines].join('\n');
}
