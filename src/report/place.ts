import { head } from '../base/clean.js';
import { stackKey } from '../base/group.js';
import type { Finding, Report } from '../model/report.js';
import type { Location } from '../syntax/location.js';

/** A region of a file, never empty, for formats that want one of everything they show. */
export interface Place extends Omit<Location, 'lastChange' | 'excerpt'> {
  /** Whether it only stands in: no template declares what was found. */
  isStandIn: boolean;
}

/** Where the configuration is by default: the last resort, where a report has no template at all. */
const CONFIGURATION = 'gitops-drift.yaml';
const LONGEST_PATH = 4096;

/**
 * Gives the place of a finding: its own; without one the beginning of its stack's template (of a nested stack that Git has
 * none for: of the stack's that it is nested in), or else of the first template of its account and region, so that it is
 * shown where its neighbours are.
 */
export function placesOf({ stacks }: Report): (finding: Finding) => Place {
  const byStack = new Map(stacks.map(({ name, ...of }) => [stackKey({ ...of, stack: name }), of.template]));
  const byPlace = new Map([...stacks].reverse().map((of) => [stackKey({ ...of, stack: '' }), of.template]));
  const first = stacks.find(({ template }) => template !== null)?.template ?? CONFIGURATION;
  return (finding) => {
    if (finding.location !== undefined) return { ...filled(finding.location), isStandIn: false };
    const own = byStack.get(stackKey(finding));
    const file = own ?? above(finding) ?? byPlace.get(stackKey({ ...finding, stack: '' })) ?? first;
    return { ...beginning(file), isStandIn: finding.kind === 'unmanaged' || own == null };
  };

  function above({ stack, ...of }: Finding): string | undefined {
    for (let end = stack.lastIndexOf('/'); end > 0; end = stack.lastIndexOf('/', end - 1)) {
      const template = byStack.get(stackKey({ ...of, stack: stack.slice(0, end) }));
      if (template != null) return template;
    }
    return undefined;
  }
}

/** The first character of a file. */
export function beginning(file: string): Omit<Place, 'isStandIn'> {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
}

/** The last line of which a place has something. */
export function lastLine({ line, endLine, endColumn }: Pick<Place, 'line' | 'endLine' | 'endColumn'>): number {
  return Math.max(line, endColumn === 1 ? endLine - 1 : endLine);
}

/**
 * A path as an address relative to the repository's root: percent-encoded, and never out of it, since reports come from
 * anywhere.
 */
export function relativeAddress(file: string): string {
  const path = repositoryPath(file);
  if (/^[\w./-]*$/.test(path)) return path;
  const parts = path.split('/');
  return parts.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD'))).join('/');
}

/** The path without what leads out of the repository, and no longer than a path can be. */
export function repositoryPath(file: string): string {
  const parts = head(file, LONGEST_PATH)
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.length === 0 ? CONFIGURATION : parts.join('/');
}

function filled({ file, line, column, endLine, endColumn }: Location): Omit<Place, 'isStandIn'> {
  if (endLine > line) return { file, line, column, endLine, endColumn };
  return { file, line, column, endLine: line, endColumn: Math.max(endColumn, column + 1) };
}
