import { DriftError, type Problem } from '../base/errors.js';
import type { Iac } from '../iac/iac.js';
import type { Finding, StackReport } from '../model/report.js';
import { collectInlineSuppressions } from '../suppress/comments/suppressions.js';
import { applyEdits } from '../syntax/edit/apply-edits.js';
import { commentAbove } from '../syntax/edit/comment.js';
import { createSource, type Source } from '../syntax/source.js';
import type { Evaluated } from '../value/evaluated.js';
import { whyNotProven } from './proof.js';
import { checkRequest, type IgnoreChange, type IgnoreRequest, refusal } from './request.js';

/**
 * Writes the comment that covers a finding above its resource in the template (`source`). The edited template is read and
 * evaluated again for all `stacks` that are made from it, and must suppress that finding and no other one of a report.
 * Throws a `DriftError` where no comment can stand there, or where it would cover more.
 */
export function ignoreInTemplate(
  request: IgnoreRequest,
  findings: readonly Finding[],
  { source, stacks }: { source: Source; stacks: readonly StackReport[] },
  iac: Iac,
): IgnoreChange {
  checkRequest(request);
  const { finding } = request;
  const no = (reason: string) => new DriftError('usage', [noComment(reason, source)]);
  const resource = evaluatedFor(stacks, source, iac)[0]?.evaluated.resources.get(finding.logicalId);
  if (resource === undefined || resource.source.path !== source.path) throw no('the resource does not stand in it');
  const result = commentAbove(source, resource.keyRange.start, commentFor(request));
  if (result.refused !== undefined) throw no(result.refused);
  const edited = createSource(source.path, applyEdits(source.text, result.edits));
  const inline = collectInlineSuppressions(iac.comments);
  const template = iac.parse(edited);
  for (const { stack, evaluated } of evaluatedFor(stacks, edited, iac)) {
    const { name, region, account } = stack;
    inline.add({ stack: name, region, account }, template, evaluated);
  }
  const suppressions = inline.suppressions();
  const why = whyNotProven(request, suppressions, findings);
  if (why !== undefined) throw no(why);
  const line = suppressions.find((each) => each.covers(finding))?.line ?? 1;
  return { path: source.path, before: source.text, after: edited.text, line };
}

/** Where it stands matters less than what it says: a path leads from the resource. */
function commentFor({ finding, reason, until }: IgnoreRequest): string {
  const path = finding.path === '' ? '' : ` ${finding.path}`;
  return `gitops-drift:ignore${path}${until === undefined ? '' : ` until ${until}`}: ${reason.trim()}`;
}

/** The template for each stack. What only a deployed stack knows changes nothing about which resources there are. */
function evaluatedFor(
  stacks: readonly StackReport[],
  source: Source,
  iac: Iac,
): { stack: StackReport; evaluated: Evaluated }[] {
  const template = iac.parse(source);
  return stacks.map((stack) => {
    const { name: stackName, region } = stack;
    return { stack, evaluated: iac.evaluate(template, { configured: new Map(), mayLack: true, region, stackName }) };
  });
}

function noComment(reason: string, { path }: Source): Problem {
  const hint = 'write the rule to the configuration: --in config';
  return { ...refusal(`no comment is written: ${reason}`, hint), file: path };
}
