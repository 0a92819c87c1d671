import { DriftError } from '../base/errors.js';
import { CONFIG_FILE } from '../config/find.js';
import { loadConfig } from '../config/load.js';
import type { Iac } from '../iac/iac.js';
import type { Finding } from '../model/report.js';
import { configuredSuppressions } from '../suppress/suppressions.js';
import { applyEdits } from '../syntax/edit/apply-edits.js';
import { type EditResult, openDocument } from '../syntax/edit/document.js';
import { get, type Node } from '../syntax/node.js';
import { parseNode } from '../syntax/parse.js';
import { createSource, type Source } from '../syntax/source.js';
import { whyNotProven } from './proof.js';
import { checkRequest, type IgnoreChange, type IgnoreRequest, refusal } from './request.js';

/**
 * Writes an entry of `ignore:` that covers a finding: into the configuration (`source`), or into a new one. The edited file
 * is read again, and must suppress that finding and no other one of a report. Throws a `DriftError` where it can't be.
 */
export async function ignoreInConfig(
  request: IgnoreRequest,
  findings: readonly Finding[],
  source: Source | undefined,
  iac: Iac,
): Promise<IgnoreChange> {
  checkRequest(request);
  let reason = '';
  for (const rule of rulesFor(request)) {
    const edited = withRule(source, rule, iac);
    if ('refused' in edited) {
      reason = edited.refused;
      continue;
    }
    const { ignore } = await loadConfig(edited.source, iac.types);
    const suppressions = configuredSuppressions(ignore);
    const why = whyNotProven(request, suppressions, findings);
    const line = suppressions.find((each) => each.covers(request.finding))?.line ?? 1;
    const before = source === undefined ? {} : { before: source.text };
    if (why === undefined) return { path: edited.source.path, ...before, after: edited.source.text, line };
    reason = why;
  }
  const file = source?.path ?? CONFIG_FILE;
  const hint = 'write the rule by hand, or put the suppression into the template: --in template';
  throw new DriftError('usage', [{ ...refusal(`no rule is written: ${reason}`, hint), file }]);
}

/** The narrowest rule in few words; where a stack of the same name is elsewhere, too, one that also says where. */
function rulesFor({ finding, reason, until }: IgnoreRequest): Record<string, string>[] {
  const { stack, logicalId, path, region, account } = finding;
  const what = { logicalId, ...(path === '' ? {} : { path }) };
  const why = { reason: reason.trim(), ...(until === undefined ? {} : { until }) };
  const places: Record<string, string>[] = [{}, { region }, ...(account === null ? [] : [{ region, account }])];
  return places.map((place) => ({ stack, ...place, ...what, ...why }));
}

function withRule(
  source: Source | undefined,
  rule: Record<string, string>,
  iac: Iac,
): { source: Source } | { refused: string } {
  const { dialect } = iac.editor;
  if (source === undefined) {
    const empty = createSource(CONFIG_FILE, 'version: 1\n');
    return withRule(empty, rule, iac);
  }
  const root = parseNode(source, 'config', dialect);
  const result = inserted(source, root, rule, iac);
  if (result.refused !== undefined) return { refused: result.refused };
  return { source: createSource(source.path, applyEdits(source.text, result.edits)) };
}

function inserted(source: Source, root: Node, rule: Record<string, string>, { editor }: Iac): EditResult {
  const document = openDocument(source, editor.dialect);
  const list = get(root, 'ignore');
  if (list === undefined) return document.insertEntry(root.range, 'ignore', [rule]);
  if (list.kind !== 'list') return { refused: 'ignore: is no list' };
  return document.insertItem(list.range, list.items.length, rule);
}
