import type { Fix, Replacement } from 'sarif';
import { cleanShort } from '../../base/clean.js';
import { groupBy } from '../../base/group.js';
import type { Finding, PatchEdit } from '../../model/report.js';
import { patchLine } from '../finding-text.js';
import { artifactLocation, regionOf } from './region.js';

/** Longer edits are left to the diff of `gitops-drift patch`: an alert is no place for them. */
const LONGEST_EDIT = 20_000;

/** The proven edit that adopts the live value, as a fix that an editor can apply; none where there is none. */
export function fixesOf(finding: Finding): { fixes?: Fix[] } {
  const { status, edits = [] } = finding.patch;
  const length = edits.reduce((sum, { text }) => sum + text.length, 0);
  if (status !== 'patchable' || edits.length === 0 || length > LONGEST_EDIT) return {};
  const artifactChanges = [...groupBy(edits, ({ file }) => file)].map(([file, same]) => ({
    artifactLocation: artifactLocation(file),
    replacements: same.map(replacement),
  }));
  return { fixes: [{ description: { text: cleanShort(patchLine(finding), 1000) }, artifactChanges }] };
}

/** What is put in is the exact text; a region without length is a place to put it. */
function replacement(edit: PatchEdit): Replacement {
  const deletedRegion = regionOf(edit);
  return edit.text === '' ? { deletedRegion } : { deletedRegion, insertedContent: { text: edit.text } };
}
