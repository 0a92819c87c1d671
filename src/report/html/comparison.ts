import type { Finding } from '../../model/report.js';
import { differingParts } from '../shorten.js';
import { sidesOf, undeclaredNote } from '../sides.js';
import { markDifferences, type Segments } from './marks.js';
import { plain } from './markup.js';

/** What is on a side of a comparison: a text with its differences marked, or in words why there is none. */
export type Side = Segments | { note: string };

/** A place at which two values differ; empty label: they differ as a whole. */
export interface ComparedPart {
  label: string;
  sides: [Side, Side];
}

/** What a finding sets against each other, or in words what there is to say. */
export interface Compared {
  titles: [string, string];
  parts: ComparedPart[];
  note?: string;
}

/** What stands for a side that has nothing at a place inside of a document. */
const NOTHING = '–';

/** The two values of a finding side by side, each shortened to about `budget` characters, at most `most` places. */
export function compared(finding: Finding, budget: number, most: number): Compared {
  const [left, right] = sidesOf(finding);
  const titles: [string, string] = [left.title, right.title];
  const note = wholeNote(finding);
  if (note !== undefined) return { titles, parts: [], note };
  const parts = differingParts(left.value, right.value, budget, most);
  return {
    titles,
    parts: parts.map(({ label, desired, live }) => {
      if (left.value === undefined) return { label, sides: [{ note: left.absent }, [live]] };
      if (right.value === undefined) return { label, sides: [[desired], { note: right.absent }] };
      if (desired === NOTHING) return { label, sides: [{ note: NOTHING }, [live]] };
      if (live === NOTHING) return { label, sides: [[desired], { note: NOTHING }] };
      return { label, sides: markDifferences(desired, live) };
    }),
  };
}

/** What is said of findings that have no values. */
function wholeNote(finding: Finding): string | undefined {
  const { kind, path, desired, deployed, live, patch, reason, verdict } = finding;
  if (kind === 'deleted') return 'deleted from the cloud';
  if (kind === 'unmanaged') return plain(`in no stack${reason === undefined ? '' : `: ${reason}`}`);
  if (finding.undeclared)
    return sidesOf(finding).every(({ value }) => value === undefined) ? undeclaredNote(finding) : undefined;
  if (path !== '' || [desired, deployed, live].some((value) => value !== undefined)) return undefined;
  return plain(patch.reason?.replace(/: deploy it$/, '') ?? verdict);
}
