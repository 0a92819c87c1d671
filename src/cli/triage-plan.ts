import type { FileChange } from '../git/file-change.js';
import type { Checkout } from '../git/repository.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import { ignoreInConfig } from '../ignore/in-config.js';
import type { Finding, Report } from '../model/report.js';
import { savedPatches } from '../patch/saved.js';
import { writtenConfig } from '../scan/sources.js';
import { createSource, type Source } from '../syntax/source.js';
import type { Decision } from './triage-session.js';

/** The files that decisions change; nothing is written yet. */
export interface TriagePlan {
  changes: FileChange[];
  /** A configuration that is not there yet. */
  made?: { path: string; text: string };
}

/**
 * Works out what decisions change: the proven edits of what is adopted, and a proven rule for each finding that is ignored.
 * Throws a `DriftError` where that can't be done together.
 */
export async function planTriage(
  decisions: readonly Decision[],
  { findings }: Pick<Report, 'findings'>,
  checkout: Checkout,
  { today, config: path }: { today: string; config?: string | undefined },
): Promise<TriagePlan> {
  const { types, editor } = DEFAULT_IAC;
  const adopted = decisions.flatMap(({ way, finding }) => (way === 'adopt' ? [finding] : []));
  const patched = await savedPatches(adopted, checkout, types, editor.dialect);
  const written = (await writtenConfig(checkout, path, DEFAULT_IAC))?.source;
  const edited = patched.find((change) => change.path === written?.path);
  let source = edited && written ? createSource(written.path, edited.after) : written;
  const ignored = new Map<Finding, Finding>();
  for (const decision of decisions) {
    if (decision.way !== 'ignore') continue;
    const { finding, reason } = decision;
    const others = findings.map((each) => ignored.get(each) ?? each);
    const change = await ignoreInConfig({ finding, reason, today }, others, source, DEFAULT_IAC);
    source = createSource(change.path, change.after);
    ignored.set(finding, { ...finding, suppressed: { reason } });
  }
  if (ignored.size === 0 || source === undefined) return { changes: patched };
  return withConfig(patched, written, source);
}

function withConfig(patched: readonly FileChange[], before: Source | undefined, after: Source): TriagePlan {
  const changes = patched.filter(({ path }) => path !== before?.path);
  if (before === undefined) return { changes, made: { path: after.path, text: after.text } };
  return { changes: [...changes, { path: before.path, before: before.text, after: after.text }] };
}
